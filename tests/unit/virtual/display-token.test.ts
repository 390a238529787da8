import { HOTP, Secret, TOTP } from "otpauth";
import { describe, expect, it } from "vitest";
import { formatHex } from "../../../src/core/text-forms.ts";
import type { Seed } from "../../../src/otp/index.ts";
import { DISPLAY_BARS, VirtualDisplayToken } from "../../../src/virtual/display-token.ts";
import { findSampleSeed } from "../../../src/virtual/sample-inventory.ts";

const START_MS = 1_699_999_980_000; // the first moment of a 60-second step, and so of a 30-second one

function sample(changes: Partial<Seed> = {}): Seed {
  const seed = findSampleSeed("OBDT10000017");
  if (!seed) throw new Error("the sample inventory lost its first token");
  return { ...seed, ...changes };
}

async function tokenOf(seed: Seed, startMs = START_MS) {
  let nowMs = startMs;
  const token = await VirtualDisplayToken.create(seed, { now: () => nowMs });
  return {
    token,
    pass(ms: number) {
      nowMs += ms;
    },
    now: () => nowMs,
  };
}

/** The independent oracle: what such a token shows when its own clock says `timestamp`. */
function oracle(seed: Seed, timestamp: number): string {
  return new TOTP({
    secret: new Secret({ buffer: seed.secret.slice().buffer }),
    algorithm: seed.algorithm,
    digits: seed.digits,
    period: seed.periodSeconds,
  }).generate({ timestamp });
}

function shown(token: VirtualDisplayToken) {
  const display = token.display();
  if (!display.lit) throw new Error("the display is dark");
  return display;
}

describe("VirtualDisplayToken", () => {
  it("is dark until its button is pressed", async () => {
    const { token } = await tokenOf(sample());
    expect(token.display()).toEqual({ lit: false });
  });

  it("shows the code of its time step when pressed", async () => {
    const seed = sample();
    const { token, now } = await tokenOf(seed, START_MS + 7000);
    token.press();
    expect(token.display()).toEqual({ lit: true, digits: oracle(seed, now()), secondsLeft: 23, bars: 5 });
  });

  it.each([
    ["SHA256", 8, 30],
    ["SHA512", 7, 60],
    ["SHA1", 6, 60],
  ] as const)("shows %s codes of %i digits every %i s", async (algorithm, digits, periodSeconds) => {
    const seed = sample({ algorithm, digits, periodSeconds });
    const { token, pass, now } = await tokenOf(seed, START_MS + 3000);
    token.press();
    expect(shown(token).digits).toBe(oracle(seed, now()));
    pass(periodSeconds * 1000);
    token.press();
    expect(shown(token).digits).toBe(oracle(seed, now()));
    expect(shown(token).digits).toHaveLength(digits);
  });

  it("goes dark after 30 s, and a press in between does not prolong that", async () => {
    const { token, pass } = await tokenOf(sample());
    token.press();
    pass(20_000);
    token.press();
    pass(9_999);
    expect(token.display().lit).toBe(true);
    pass(1);
    expect(token.display().lit).toBe(false);
    token.press();
    expect(token.display().lit).toBe(true);
  });

  it("goes on to the next code while it is lit", async () => {
    const seed = sample();
    const { token, pass, now } = await tokenOf(seed, START_MS + 29_000);
    token.press();
    const first = shown(token);
    pass(1000);
    const second = shown(token);
    expect([first.secondsLeft, second.secondsLeft]).toEqual([1, 30]);
    expect(second.digits).toBe(oracle(seed, now()));
    expect(second.digits).not.toBe(first.digits);
  });

  it("counts its bars down from all to one", async () => {
    const { token, pass } = await tokenOf(sample());
    token.press();
    const bars: number[] = [];
    for (let second = 0; second < 30; second += 1) {
      bars.push(shown(token).bars);
      pass(1000);
    }
    expect(bars[0]).toBe(DISPLAY_BARS);
    expect(bars.at(-1)).toBe(1);
    expect(bars).toEqual(bars.toSorted((a, b) => b - a));
    expect(new Set(bars).size).toBe(DISPLAY_BARS);
  });

  it.each([-180_000, 90_500, 3_600_000])("follows its own clock, %i ms off ours", async (driftMs) => {
    const seed = sample();
    const { token, now } = await tokenOf(seed, START_MS + 11_000);
    token.setDriftMs(driftMs);
    token.press();
    expect(shown(token).digits).toBe(oracle(seed, now() + driftMs));
    expect(token.driftMs).toBe(driftMs);
  });

  it("can be moved by whole steps of its own period", async () => {
    const { token } = await tokenOf(sample({ periodSeconds: 60 }));
    token.nudge(3);
    token.nudge(-1);
    expect(token.driftMs).toBe(120_000);
  });

  it("drifts by itself when its clock runs fast", async () => {
    const seed = sample();
    const { token, pass, now } = await tokenOf(seed);
    token.setRatePpm(20);
    pass(180 * 86_400_000);
    expect(token.driftMs).toBeCloseTo(311_040, 3);
    expect(token.ratePpm).toBe(20);
    token.press();
    expect(shown(token).digits).toBe(oracle(seed, now() + 311_040));
  });

  it("counts from T0", async () => {
    const seed = sample({ t0Seconds: START_MS / 1000 - 30 });
    const { token } = await tokenOf(seed);
    token.press();
    expect(shown(token).digits).toBe(oracle(seed, 30_000));
    token.setDriftMs(-31_000);
    expect(token.display().lit).toBe(false);
  });

  it("moves an HOTP token to its next counter at every press", async () => {
    const seed = sample({ type: "hotp", counter: 41 });
    const { token, pass } = await tokenOf(seed);
    const hotp = new HOTP({ secret: new Secret({ buffer: seed.secret.slice().buffer }) });
    for (const counter of [41, 42, 43]) {
      token.press();
      expect(shown(token)).toEqual({
        lit: true,
        digits: hotp.generate({ counter }),
        secondsLeft: 30,
        bars: 0,
      });
    }
    pass(30_000);
    expect(token.display().lit).toBe(false);
    token.press();
    expect(shown(token).digits).toBe(hotp.generate({ counter: 44 }));
  });

  it("never hands out its secret", async () => {
    const seed = sample();
    const { token } = await tokenOf(seed);
    token.press();
    const visible = JSON.stringify(token) + JSON.stringify(token.display()) + Object.keys(token).join(" ");
    expect(visible).not.toContain(new TextDecoder().decode(seed.secret));
    expect(visible).not.toContain(formatHex(seed.secret));
    expect(visible).not.toContain("secret");
  });

  it("carries what is printed on its back", async () => {
    const { token } = await tokenOf(sample());
    expect(token).toMatchObject({
      serialNumber: "OBDT10000017",
      type: "totp",
      digits: 6,
      periodSeconds: 30,
      manufacturer: "oath-bridge demo",
      model: "Key fob 30 s",
    });
    const plain = await tokenOf({
      serialNumber: "X",
      type: "totp",
      secret: sample().secret,
      algorithm: "SHA1",
      digits: 6,
      periodSeconds: 30,
      t0Seconds: 0,
      counter: 0,
      driftSteps: 0,
    });
    expect([plain.token.manufacturer, plain.token.model]).toEqual(["", ""]);
  });
});
