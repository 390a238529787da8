import axe from "axe-core";
import { TOTP, Secret } from "otpauth";
import { afterEach, describe, expect, it, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { ConsoleDisplayToken } from "../../../src/console/display-token.ts";
import "../../../src/console/display-token.ts";
import { VirtualDisplayToken } from "../../../src/virtual/display-token.ts";
import { findSampleSeed } from "../../../src/virtual/sample-inventory.ts";

const START_MS = 1_699_999_980_000;
let nowMs = START_MS;

async function takeOut(serialNumber = "OBDT10000017") {
  const seed = findSampleSeed(serialNumber);
  if (!seed) throw new Error("no such sample token");
  return VirtualDisplayToken.create(seed, { now: () => nowMs });
}

async function place(): Promise<ConsoleDisplayToken> {
  nowMs = START_MS + 4000;
  const element = document.createElement("console-display-token");
  element.token = await takeOut();
  document.body.append(element);
  await element.updateComplete;
  return element;
}

function oracle(atMs: number): string {
  const seed = findSampleSeed("OBDT10000017");
  return new TOTP({ secret: new Secret({ buffer: seed?.secret.buffer ?? new ArrayBuffer(0) }) }).generate({
    timestamp: atMs,
  });
}

const button = () => page.getByRole("button", { name: "Press the token's button" });
const litSegments = (element: ConsoleDisplayToken) =>
  element.shadowRoot?.querySelectorAll("polygon.segment.on").length;

afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

describe("<console-display-token>", () => {
  it("is dark at first and shows the code when its button is pressed", async () => {
    const element = await place();
    await expect.element(page.getByRole("img", { name: "Display is dark" })).toBeInTheDocument();
    expect(element.displayedCode).toBe("");
    expect(litSegments(element)).toBe(0);
    await button().click();
    const code = oracle(nowMs);
    const spaced = code.split("").join(" ");
    await expect.element(page.getByRole("img", { name: `Display shows ${spaced}` })).toBeInTheDocument();
    await expect.element(page.getByRole("status")).toHaveTextContent(`Display shows ${spaced}`);
    expect(element.displayedCode).toBe(code);
    expect(litSegments(element)).toBeGreaterThan(11);
  });

  it("can be pressed and turned over from the keyboard", async () => {
    const element = await place();
    await userEvent.tab();
    await userEvent.keyboard("{Enter}");
    expect(element.displayedCode).toBe(oracle(nowMs));
    await userEvent.tab();
    await userEvent.keyboard(" ");
    await expect
      .element(page.getByRole("button", { name: "Turn over" }))
      .toHaveAttribute("aria-pressed", "true");
    await expect.element(page.getByRole("img", { name: /S\/N OBDT10000017/u })).toBeInTheDocument();
    // The front is turned away: its button is out of the order of keys.
    await userEvent.tab({ shift: true });
    expect(element.shadowRoot?.activeElement).toBeNull();
    await userEvent.tab();
    await userEvent.keyboard(" ");
    await userEvent.tab({ shift: true });
    expect(element.shadowRoot?.activeElement).toBe(button().element());
  });

  it("keeps the code out of every attribute", async () => {
    const element = await place();
    element.press();
    await element.updateComplete;
    const code = oracle(nowMs);
    const attributes = [element, ...(element.shadowRoot?.querySelectorAll("*") ?? [])]
      .flatMap((node) => [...node.attributes])
      .map(({ value }) => value.replaceAll(" ", ""));
    expect(attributes.length).toBeGreaterThan(50);
    expect(attributes.filter((value) => value.includes(code))).toEqual([]);
  });

  it("follows the token to its next code, then goes dark by itself", async () => {
    const element = await place();
    vi.useFakeTimers();
    element.press();
    const first = element.displayedCode;
    nowMs += 26_000;
    await vi.advanceTimersByTimeAsync(200);
    await element.updateComplete;
    expect(element.shadowRoot?.textContent).toContain(oracle(nowMs).split("").join(" "));
    expect(element.displayedCode).not.toBe(first);
    nowMs += 4000;
    await vi.advanceTimersByTimeAsync(200);
    await element.updateComplete;
    expect(element.shadowRoot?.querySelector("#reading")?.textContent).toBe("Display is dark");
    expect(element.shadowRoot?.textContent).not.toContain(oracle(nowMs).split("").join(" "));
    expect(vi.getTimerCount()).toBe(0);
  });

  it("stops its timer when it is taken out of the page", async () => {
    const element = await place();
    vi.useFakeTimers();
    element.press();
    expect(vi.getTimerCount()).toBe(1);
    element.remove();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("draws another token when its property is set", async () => {
    const element = await place();
    element.press();
    element.token = await takeOut("OBDT10000093");
    await element.updateComplete;
    expect(element.shadowRoot?.textContent).toContain("Key fob 60 s");
    expect(element.shadowRoot?.textContent).toContain("OBDT10000093");
    expect(element.displayedCode).toBe("");
  });

  it("has no axe violation, dark, lit and turned over", async () => {
    const element = await place();
    const main = document.createElement("main");
    const heading = document.createElement("h1");
    heading.textContent = "Token";
    main.append(heading, element);
    document.body.append(main);
    expect((await axe.run(main)).violations).toEqual([]);
    await button().click();
    expect((await axe.run(main)).violations).toEqual([]);
    await page.getByRole("button", { name: "Turn over" }).click();
    expect((await axe.run(main)).violations).toEqual([]);
  });
});
