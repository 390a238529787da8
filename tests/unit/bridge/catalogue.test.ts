import { describe, expect, it } from "vitest";
import { catalogue } from "../../../src/bridge/catalogue.ts";

const ALL = { webusb: true, webhid: true, smartCard: false };

describe("the catalogue", () => {
  it("says what is reachable here, and for everything else what to do instead", () => {
    for (const token of catalogue(ALL)) {
      expect(token.advice === "").toBe(token.reachable);
      expect(token.reachable).toBe(token.api === "webusb" || token.api === "webhid");
    }
  });

  it("reaches nothing where the browser has no such API", () => {
    const rows = catalogue({ webusb: false, webhid: false, smartCard: false });
    expect(rows.filter(({ reachable }) => reachable)).toEqual([]);
    expect(rows.every(({ advice }) => advice.endsWith("."))).toBe(true);
  });

  it("reaches smart cards where the API is", () => {
    const rows = catalogue({ webusb: false, webhid: false, smartCard: true });
    expect(rows.filter(({ reachable }) => reachable).map(({ api }) => api)).toEqual(["smart-card"]);
  });

  it("names the families of the issue, and why a YubiKey cannot be read", () => {
    const names = catalogue(ALL)
      .map(({ name }) => name)
      .join(", ");
    for (const family of [
      "CanoKey",
      "Pico FIDO",
      "Nitrokey Pro",
      "Librem Key",
      "Nitrokey Storage",
      "YubiKey",
    ]) {
      expect(names).toContain(family);
    }
    const yubikey = catalogue(ALL).find(({ name }) => name === "YubiKey");
    expect(yubikey).toMatchObject({ api: "typed", reachable: false });
    expect(yubikey?.advice).toMatch(/Browsers keep/u);
  });
});
