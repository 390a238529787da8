import { afterEach, describe, expect, it } from "vitest";
import { describeDrift } from "../../../src/console/clock-text.ts";
import {
  type DemoUser,
  findDemoUser,
  iamLogin,
  ROOT_USER,
  rootLogin,
} from "../../../src/console/demo-account.ts";
import { allowedRoutes, parseHash, resolveRoute } from "../../../src/console/router.ts";
import { Session } from "../../../src/console/session.ts";
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
    const root = { user: ROOT_USER, lostSerialNumber: null };
    expect(resolveRoute("#/home", null)).toBe("sign-in");
    expect(resolveRoute("#/sign-in", root)).toBe("home");
    expect(resolveRoute("#/nowhere", root)).toBe("home");
    expect(resolveRoute("#/security-credentials", root)).toBe("security-credentials");
  });

  it("keeps inventory and vault for administrators", () => {
    const administrator = { user: requireUser("ana"), lostSerialNumber: null };
    const user = { user: requireUser("ben"), lostSerialNumber: null };
    for (const hash of ["#/token-inventory", "#/vault"]) {
      expect(resolveRoute(hash, administrator)).toBe(hash.slice(2));
      expect(resolveRoute(hash, user)).toBe("home");
    }
    expect(allowedRoutes(["home", "vault", "usb-tokens"], user)).toEqual(["home", "usb-tokens"]);
  });

  it("leads a limited session nowhere but to the credentials", () => {
    const limited = { user: ROOT_USER, lostSerialNumber: "OBDT10000017" };
    for (const hash of [
      "",
      "#/home",
      "#/vault",
      "#/token-inventory",
      "#/usb-tokens",
      "#/security-credentials",
    ]) {
      expect(resolveRoute(hash, limited)).toBe("security-credentials");
    }
  });
});

describe("demo account", () => {
  it("takes the root user's e-mail address in any case, and no other password", () => {
    expect(rootLogin(" Root@Example.com ", "demo-only-password")).toBe(ROOT_USER);
    expect(rootLogin("root@example.com", "demo-only-Password")).toBeNull();
    expect(rootLogin("root@example.org", "demo-only-password")).toBeNull();
  });

  it("takes an IAM user by number or alias of the account, and the root user never", () => {
    for (const account of ["example", " EXAMPLE ", "1234-5678-9012", "123456789012"]) {
      expect(iamLogin(account, "Ben ", "demo-only-password")?.userName).toBe("ben");
    }
    expect(iamLogin("other", "ben", "demo-only-password")).toBeNull();
    expect(iamLogin("example", "nobody", "demo-only-password")).toBeNull();
    expect(iamLogin("example", "ben", "demo-only")).toBeNull();
    expect(iamLogin("example", "root@example.com", "demo-only-password")).toBeNull();
  });
});

describe("session", () => {
  it.each(["", "root@example.com", "null", "3", '{"userName":"nobody"}', '{"userName":7}'])(
    "signs nobody in by %j",
    (stored) => {
      sessionStorage.setItem("oath-console.signed-in", stored);
      expect(new Session(sessionStorage).current).toBeNull();
    },
  );

  it("keeps who it is and what was lost until it ends", () => {
    const signedIn = { user: requireUser("ben"), lostSerialNumber: "OBDT10000112" };
    new Session(sessionStorage).start(signedIn);
    expect(new Session(sessionStorage).current).toEqual(signedIn);
    new Session(sessionStorage).end();
    expect(new Session(sessionStorage).current).toBeNull();
    expect(sessionStorage.length).toBe(0);
  });
});

function requireUser(userName: string): DemoUser {
  const user = findDemoUser(userName);
  if (!user) throw new Error(userName);
  return user;
}
