import { afterEach, describe, expect, it } from "vitest";
import { describeDrift } from "../../../src/console/clock-text.ts";
import { isDemoLogin } from "../../../src/console/demo-account.ts";
import { parseHash, resolveRoute } from "../../../src/console/router.ts";
import { TokenDesk } from "../../../src/console/token-desk.ts";

const KEY = "oath-console.virtual-token";
let nowMs = 1_700_000_000_000;
const open = () => TokenDesk.open({ now: () => nowMs, storage: localStorage });

afterEach(() => localStorage.clear());

describe("TokenDesk", () => {
  it("has the first token of the box on it", async () => {
    const desk = await open();
    expect(desk.token.serialNumber).toBe(desk.serialNumbers[0]);
  });

  it("lets each token's clock go on being wrong while the page is away", async () => {
    const desk = await open();
    await desk.select("OBDT10000024");
    desk.token.setDriftMs(-60_000);
    desk.token.setRatePpm(100);
    desk.save();
    await desk.select("OBDT10000031");
    nowMs += 86_400_000;
    const later = await open();
    expect(later.token.serialNumber).toBe("OBDT10000031");
    expect(later.token.driftMs).toBe(0);
    await later.select("OBDT10000024");
    expect(later.token.driftMs).toBe(-60_000 + 8640);
    expect(later.token.ratePpm).toBe(100);
  });

  it("stores nothing secret", async () => {
    await open();
    const stored = localStorage.getItem(KEY) ?? "";
    expect(Object.keys(JSON.parse(stored) as object)).toEqual(["serialNumber", "clocks"]);
    expect(stored).not.toContain("oath-bridge demo");
  });

  it.each([
    "nonsense",
    "null",
    "[]",
    '{"serialNumber":7,"clocks":{}}',
    '{"serialNumber":"OBDT10000024"}',
    '{"serialNumber":"X","clocks":{"OBDT10000017":{"driftMs":"5","ratePpm":0,"savedAtMs":0}}}',
    '{"serialNumber":"X","clocks":{"OBDT10000017":null}}',
    '{"serialNumber":"X","clocks":{"OBDT10000017":{"driftMs":1e300,"ratePpm":1e300,"savedAtMs":0}}}',
    '{"serialNumber":"X","clocks":{"OBDT10000017":{"driftMs":1e300,"ratePpm":0,"savedAtMs":0}}}',
    '{"serialNumber":"X","clocks":{"OBDT10000017":{"driftMs":5,"ratePpm":1e7,"savedAtMs":1700000000000}}}',
    '{"serialNumber":"X","clocks":{"OBDT10000017":{"driftMs":5,"ratePpm":1,"savedAtMs":-1e300}}}',
  ])("starts afresh from damaged storage: %s", async (stored) => {
    localStorage.setItem(KEY, stored);
    const desk = await open();
    expect(desk.token.serialNumber).toBe("OBDT10000017");
    expect(desk.token.driftMs).toBe(0);
    expect(desk.token.ratePpm).toBe(0);
    desk.token.press();
    expect(desk.token.display()).toMatchObject({ lit: true });
  });

  it("sets every clock right when reset", async () => {
    const desk = await open();
    await desk.select("OBDT10000048");
    desk.token.nudge(7);
    desk.save();
    await desk.reset();
    expect(desk.token.serialNumber).toBe("OBDT10000017");
    await desk.select("OBDT10000048");
    expect(desk.token.driftMs).toBe(0);
  });

  it("has no token that is not in the box", async () => {
    const desk = await open();
    await expect(desk.select("OBDT10000018")).rejects.toThrow(RangeError);
  });
});

describe("clock text", () => {
  it.each([
    [0, "right"],
    [400, "right"],
    [-180_000, "3 min behind"],
    [90_000, "1 min 30 s ahead"],
    [-3_600_000, "1 h behind"],
  ])("says %i ms as %s", (driftMs, words) => {
    expect(describeDrift(driftMs)).toBe(words);
  });
});

describe("routes", () => {
  it.each([
    ["#/home", "home"],
    ["#token-inventory", "token-inventory"],
    ["", null],
    ["#/constructor", null],
  ])("reads %s", (hash, route) => {
    expect(parseHash(hash)).toBe(route);
  });

  it("shows sign-in to nobody else", () => {
    expect(resolveRoute("#/home", false)).toBe("sign-in");
    expect(resolveRoute("#/sign-in", true)).toBe("home");
    expect(resolveRoute("#/nowhere", true)).toBe("home");
    expect(resolveRoute("#/security-credentials", true)).toBe("security-credentials");
  });
});

describe("demo account", () => {
  it("takes its e-mail address in any case, and no other password", () => {
    expect(isDemoLogin(" Root@Example.com ", "demo-only-password")).toBe(true);
    expect(isDemoLogin("root@example.com", "demo-only-Password")).toBe(false);
    expect(isDemoLogin("root@example.org", "demo-only-password")).toBe(false);
  });
});
