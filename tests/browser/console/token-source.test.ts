import { describe, expect, it } from "vitest";
import type { TokenEvent } from "../../../src/bridge/index.ts";
import { ConsoleTokenSource } from "../../../src/console/token-source.ts";
import { UsbPort } from "../../../src/console/usb-port.ts";
import { pageSurroundings } from "../../../src/console/usb-surroundings.ts";
import { USB_TOKEN_KINDS, USB_TOKENS } from "../../../src/console/usb-token-models.ts";
import { SAMPLE_SERIAL_NUMBERS } from "../../../src/virtual/sample-inventory.ts";
import { ScriptedToken, ScriptedTokenSource, UNREACHABLE } from "../../support/scripted-token-source.ts";

function setUp(...tokens: ScriptedToken[]) {
  const port = new UsbPort(pageSurroundings);
  const browser = new ScriptedTokenSource(...tokens);
  return { port, browser, source: new ConsoleTokenSource(browser, port) };
}

const namesOf = (tokens: readonly { info: { name: string } }[]) => tokens.map(({ info }) => info.name);

describe("ConsoleTokenSource", () => {
  it("joins the browser's tokens and the virtual ones that are plugged in", async () => {
    const real = new ScriptedToken();
    const { port, source } = setUp(real);
    expect(await source.grantedTokens()).toEqual([real]);
    port.plugIn("nitrokey");
    port.plugIn("canokey");
    port.plugIn("canokey");
    expect(namesOf(await source.grantedTokens())).toEqual([
      "Virtual CanoKey",
      "Virtual Nitrokey Pro",
      real.info.name,
    ]);
    port.pullOut("canokey");
    port.pullOut("canokey");
    port.pullOut("pico");
    expect(namesOf(await source.grantedTokens())).toEqual(["Virtual Nitrokey Pro", real.info.name]);
  });

  it("marks virtual tokens as such, and each is a token of the sample inventory", async () => {
    const { port, source } = setUp();
    for (const kind of USB_TOKEN_KINDS) port.plugIn(kind);
    const tokens = await source.grantedTokens();
    expect(tokens).toHaveLength(3);
    for (const { info } of tokens) {
      expect(info.api).toBe("virtual");
      expect(info.name).toMatch(/^Virtual /u);
      expect(SAMPLE_SERIAL_NUMBERS).toContain(info.serialNumber);
    }
    expect(new Set(tokens.map(({ info }) => info.serialNumber)).size).toBe(3);
  });

  it("tells of tokens of both kinds until it is to stop", () => {
    const real = new ScriptedToken();
    const { port, browser, source } = setUp(real);
    const events: string[] = [];
    const stop = new AbortController();
    const listener = ({ kind, token }: TokenEvent) => events.push(`${kind} ${token.info.name}`);
    source.watchTokens(listener, { signal: stop.signal });
    port.watch(() => events.push("too late"), AbortSignal.abort());
    port.plugIn("pico");
    port.pullOut("pico");
    browser.unplug(real);
    stop.abort();
    port.plugIn("pico");
    expect(events).toEqual([
      "plugged Virtual Pico FIDO",
      "unplugged Virtual Pico FIDO",
      `unplugged ${real.info.name}`,
    ]);
    expect(browser.watchers).toBe(0);
  });

  it("keeps a token in one piece over plugging, with what was written to it", async () => {
    const { port, source } = setUp();
    port.plugIn("pico");
    const [token] = await source.grantedTokens();
    const secret = new Uint8Array(20).fill(7);
    const session = await token?.open();
    const account = { issuer: "AWS", account: "root", digits: 6, periodSeconds: 30 } as const;
    await session?.put({ ...account, type: "totp", algorithm: "SHA1" }, secret);
    port.pullOut("pico");
    await expect(session?.list()).rejects.toMatchObject({ code: "unplugged" });
    await expect(token?.open()).rejects.toMatchObject({ code: "device-in-use" });
    await session?.close();
    await expect(token?.open()).rejects.toMatchObject({ code: "unplugged" });
    port.plugIn("pico");
    expect((await source.grantedTokens())[0]).toBe(token);
    const again = await token?.open();
    expect((await again?.list())?.map(({ account: name }) => name)).toEqual(["OBDT10000031", "root"]);
    await again?.close();

    port.reset();
    expect(await source.grantedTokens()).toEqual([]);
    port.plugIn("pico");
    const fresh = await (await source.grantedTokens())[0]?.open();
    expect((await fresh?.list())?.map(({ account: name }) => name)).toEqual(["OBDT10000031"]);
    await fresh?.close();
  });

  it("forgets a virtual token, and gives it back where a chooser for its kind is asked for", async () => {
    const { port, browser, source } = setUp();
    port.plugIn("nitrokey");
    const [token] = await source.grantedTokens();
    await token?.forget();
    expect(await source.grantedTokens()).toEqual([]);
    browser.expectRequest(null);
    expect(await source.requestToken()).toBeNull();
    expect(await source.requestToken({ api: "webhid" })).toBe(token);
    expect(await source.grantedTokens()).toEqual([token]);
    browser.expectRequest(null);
    expect(await source.requestToken({ api: "webhid" })).toBeNull();
  });

  it("does not tell of a forgotten token that is pulled out, and has it again when it comes back", async () => {
    const { port, source } = setUp();
    port.plugIn("canokey");
    await (await source.grantedTokens())[0]?.forget();
    const events: string[] = [];
    const stop = new AbortController();
    source.watchTokens(({ kind }) => events.push(kind), { signal: stop.signal });
    port.pullOut("canokey");
    port.plugIn("canokey");
    stop.abort();
    expect(events).toEqual(["plugged"]);
    expect(namesOf(await source.grantedTokens())).toEqual(["Virtual CanoKey"]);
    expect(() => port.grant("pico")).toThrow(RangeError);
  });

  it("offers virtual tokens where the browser reaches none, and only there", async () => {
    const { port, browser, source } = setUp();
    expect(source.supportedTokens()).toEqual(browser.supportedTokens());
    browser.catalogue = UNREACHABLE;
    const [first, ...rest] = source.supportedTokens();
    expect(first).toMatchObject({ name: "Virtual USB token of this demo", reachable: true });
    expect(rest).toEqual(UNREACHABLE);
    port.plugIn("nitrokey");
    expect((await source.requestToken())?.info.name).toBe(USB_TOKENS.nitrokey.name);
  });
});
