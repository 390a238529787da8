import { afterEach, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/console/app.ts";
import type { ConsoleApp } from "../../../src/console/app.ts";
import "../../../src/console/console.css";
import { DEMO_DATABASE, type DemoService } from "../../../src/console/demo-service.ts";
import { TokenDesk } from "../../../src/console/token-desk.ts";
import "../../../src/define.ts";
import type { LocalMfaService } from "../../../src/mfa/local-contract.ts";
import { deepActiveElement } from "../../support/elements.ts";
import { makeDevice, ScriptedMfaService } from "../../support/scripted-mfa-service.ts";

const fakeService = Object.assign(new ScriptedMfaService(), {
  close: async () => undefined,
  vaultState: async () => "new",
  autoLock: async () => null,
});

async function place(width: number, height: number): Promise<ConsoleApp> {
  await page.viewport(width, height);
  localStorage.clear();
  sessionStorage.setItem(
    "oath-console.signed-in",
    JSON.stringify({ userName: "root@example.com", lostSerialNumber: null }),
  );
  history.replaceState(null, "", "#/security-credentials");
  fakeService.devices = Array.from({ length: 4 }, (_, index) =>
    makeDevice({ deviceName: `Fob-${index}`, serialNumber: `OBDT-${index}` }),
  );
  const app = document.createElement("console-app");
  app.start = async (): Promise<DemoService> => ({
    service: fakeService as unknown as LocalMfaService,
    imported: 0,
  });
  app.desk = await TokenDesk.open({ now: () => Date.now(), storage: localStorage });
  document.body.append(app);
  await expect.element(page.getByRole("radio", { name: "Select Fob-3" })).toBeInTheDocument();
  return app;
}

const told = () => document.documentElement.style.getPropertyValue("--console-foot-height");
const footOf = (app: ConsoleApp) => app.shadowRoot?.querySelector("aside")?.getBoundingClientRect();

afterEach(() => {
  document.body.replaceChildren();
  localStorage.clear();
  sessionStorage.clear();
  history.replaceState(null, "", "#");
  indexedDB.deleteDatabase(DEMO_DATABASE);
});

it.each([
  [360, 640, 16],
  [320, 568, 16],
  [320, 568, 24],
])(
  "keeps what has the focus clear of the token's bar at %i × %i, text of %i px",
  async (width, height, text) => {
    document.documentElement.style.fontSize = `${text}px`;
    try {
      const app = await place(width, height);
      await page.getByRole("button", { name: "Assign MFA device" }).click();
      await page.getByLabelText("Device name").fill("Blue-key-fob");
      await page.getByRole("button", { name: "Next", exact: true }).click();
      window.scrollTo(0, 0);
      page.getByLabelText("Serial number").element().setAttribute("data-first", "");

      const seen: string[] = [];
      for (let count = 0; count < 12; count += 1) {
        await userEvent.keyboard("{Tab}");
        const active = deepActiveElement();
        const foot = footOf(app);
        if (!active || !foot || active.closest(".bar") || active === document.body) break;
        const { bottom, top } = active.getBoundingClientRect();
        expect(bottom, active.outerHTML).toBeLessThanOrEqual(foot.top + 0.5);
        expect(top, active.outerHTML).toBeGreaterThanOrEqual(-0.5);
        seen.push(active.id || active.localName);
      }

      expect(seen).toContain("serial-number");
      expect(seen.length).toBeGreaterThan(5);
    } finally {
      document.documentElement.style.fontSize = "";
    }
  },
);

it("tells the height of the bar, closed and open, and takes it back with the console", async () => {
  const app = await place(360, 640);
  const height = () => `${Math.ceil(footOf(app)?.height ?? 0)}px`;
  await expect.poll(told).toBe(height());
  const closed = told();

  await page.getByRole("button", { name: "Show the virtual token" }).click();
  await expect.poll(told).not.toBe(closed);
  await expect.poll(told).toBe(height());
  const padding = parseFloat(getComputedStyle(document.documentElement).scrollPaddingBlockEnd);
  expect(padding).toBeGreaterThanOrEqual(footOf(app)?.height ?? Infinity);

  app.remove();
  expect(told()).toBe("");
});
