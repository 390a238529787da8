import { type Browser, chromium, expect, type Page, test as base } from "@playwright/test";
import type { VirtualUsbDevice } from "../../src/virtual/usb/device.ts";
import { UsbIpServer } from "../support/usbip-server.ts";
import { Bed } from "../support/testbed/bed.ts";
import { CHROMIUM, missingForBed } from "../support/testbed/packages.ts";
import { GRANTED_ORIGIN, PAGE } from "./origins.ts";

/** A virtual token as a test holds it: plugged into the machine the browser thinks it runs on. */
export interface PluggedToken<Model> {
  readonly model: Model;
  /** Its USB/IP server: `server.faults` lets the next transfers go wrong. */
  readonly server: UsbIpServer;
  /** The test page, under the origin that may use the token. */
  readonly page: Page;
  /** Plugs it in (again). `busy` names interfaces that another program holds. */
  plug(options?: { readonly busy?: readonly number[] }): Promise<void>;
  /** Pulls it out; its power is gone. */
  unplug(): Promise<void>;
}

/** What a model is, as far as the bed cares. */
export interface HasUsb {
  readonly usb: VirtualUsbDevice;
}

/** Makes a token of a model and plugs it in, unless told otherwise. */
export type TokenFactory = <Model extends HasUsb>(
  model: Model,
  options?: { readonly plugged?: boolean; readonly busy?: readonly number[] },
) => Promise<PluggedToken<Model>>;

interface WorkerFixtures {
  readonly bed: Bed;
  readonly browser: Browser;
}

interface TestFixtures {
  readonly needsBed: void;
  /** Every bus has its own numbers; a test may plug several tokens. */
  readonly token: TokenFactory;
}

const missing = missingForBed();
/** Bus numbers go up for good: a place never means two devices. */
let places = 0;

/** Playwright's test with a real Chromium that sees virtual tokens. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  baseURL: GRANTED_ORIGIN,

  needsBed: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from the pattern
    async ({}, use, testInfo) => {
      testInfo.skip(missing !== null, missing ?? "");
      await use();
    },
    { auto: true },
  ],

  bed: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from the pattern
    async ({}, use) => {
      const log = process.env["BED_LOG"];
      const bed = await Bed.start(log === undefined ? {} : { log });
      await use(bed);
      await bed.close();
    },
    { scope: "worker" },
  ],

  browser: [
    async ({ bed }, use) => {
      const env = { ...(process.env as Record<string, string>), ...bed.env };
      const browser = await chromium.launch({ executablePath: CHROMIUM, env });
      await use(browser);
      await browser.close();
    },
    { scope: "worker" },
  ],

  token: async ({ bed, page }, use) => {
    await page.goto(PAGE);
    await page.waitForFunction(() => "hardware" in window);
    const servers: UsbIpServer[] = [];
    await use(async (model, { plugged = true, busy = [] } = {}) => {
      places += 1;
      const server = await UsbIpServer.start(model.usb, { busId: `1-${places}` });
      servers.push(server);
      const token = {
        model,
        server,
        page,
        plug: (options: { readonly busy?: readonly number[] } = {}) => bed.plug(server, options),
        async unplug() {
          await bed.unplug(server);
          model.usb.powerOff();
        },
      };
      if (plugged) await token.plug({ busy });
      return token;
    });
    for (const server of servers) {
      await server.close();
      await bed.unplug(server);
    }
  },
});

/** Waits until the page sees so many devices; plugging reaches it through udev, a moment later. */
export async function expectDevices(page: Page, api: "usb" | "hid", count: number): Promise<void> {
  const seen = () => page.evaluate(async (name) => (await navigator[name].getDevices()).length, api);
  await expect.poll(seen, { timeout: 10_000 }).toBe(count);
}

export { expect };
