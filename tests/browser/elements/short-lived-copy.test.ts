import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { copyForAWhile } from "../../../src/elements/short-lived-copy.ts";

/** What lies on the clipboard; only the browser's own methods are replaced. */
let held: string;
let mayRead: PermissionState;

beforeEach(() => {
  vi.useFakeTimers();
  held = "";
  mayRead = "prompt";
  vi.spyOn(navigator.clipboard, "writeText").mockImplementation(async (text) => {
    held = text;
    await Promise.resolve();
  });
  vi.spyOn(navigator.clipboard, "readText").mockImplementation(() => Promise.resolve(held));
  vi.spyOn(navigator.permissions, "query").mockImplementation(() =>
    Promise.resolve({ state: mayRead } as PermissionStatus),
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("copyForAWhile", () => {
  it("P7 empties the clipboard after thirty seconds", async () => {
    await copyForAWhile("123456");
    await vi.advanceTimersByTimeAsync(29_999);
    expect(held).toBe("123456");
    await vi.advanceTimersByTimeAsync(1);
    expect(held).toBe("");
  });

  it.each(["copy", "cut"])("P7 leaves what was put there by a %s in the page", async (type) => {
    await copyForAWhile("123456");
    held = "a letter";
    document.body.dispatchEvent(new ClipboardEvent(type, { bubbles: true, composed: true }));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(held).toBe("a letter");
    expect(navigator.clipboard.readText).not.toHaveBeenCalled();
  });

  it("P7 after the page lost the focus, empties it only where it may look and finds its own", async () => {
    await copyForAWhile("123456");
    window.dispatchEvent(new Event("blur"));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(held).toBe("123456");
    mayRead = "granted";
    await copyForAWhile("654321");
    window.dispatchEvent(new Event("blur"));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(held).toBe("");
    await copyForAWhile("654321");
    window.dispatchEvent(new Event("blur"));
    held = "a letter";
    await vi.advanceTimersByTimeAsync(30_000);
    expect(held).toBe("a letter");
  });

  it("P7 a second copy has its own thirty seconds", async () => {
    await copyForAWhile("123456");
    await vi.advanceTimersByTimeAsync(20_000);
    await copyForAWhile("654321");
    await vi.advanceTimersByTimeAsync(20_000);
    expect(held).toBe("654321");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(held).toBe("");
  });

  it("P7 says when the browser refuses, and then empties nothing", async () => {
    vi.mocked(navigator.clipboard.writeText).mockRejectedValueOnce(new Error("denied"));
    held = "a letter";
    await expect(copyForAWhile("123456")).rejects.toThrow("denied");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(held).toBe("a letter");
  });
});
