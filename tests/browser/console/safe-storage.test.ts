import { afterEach, describe, expect, it } from "vitest";
import { safeStorage, type TextStorage } from "../../../src/console/safe-storage.ts";

const blocked = (): never => {
  throw new DOMException("Access is denied for this document.", "SecurityError");
};
const full = (stored: string | null): TextStorage => ({
  getItem: () => stored,
  setItem: () => {
    throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
  },
  removeItem: blocked,
});

afterEach(() => localStorage.clear());

describe("safeStorage", () => {
  it("passes everything on to a storage that works", () => {
    const storage = safeStorage(() => localStorage);
    storage.setItem("a", "1");
    expect(localStorage.getItem("a")).toBe("1");
    expect(storage.getItem("a")).toBe("1");
    storage.removeItem("a");
    expect(localStorage.getItem("a")).toBeNull();
  });

  it.each([
    ["blocked", blocked],
    ["full", () => full("old")],
  ])("remembers by itself what a %s one does not take", (_, find) => {
    const storage = safeStorage(find);
    storage.setItem("a", "1");
    expect(storage.getItem("a")).toBe("1");
    storage.removeItem("a");
    expect(storage.getItem("a")).toBeNull();
  });

  it("has nothing to give while it is blocked, and what is there while it is full", () => {
    expect(safeStorage(blocked).getItem("a")).toBeNull();
    expect(safeStorage(() => full("old")).getItem("a")).toBe("old");
  });
});
