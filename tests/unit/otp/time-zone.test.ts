import process from "node:process";
import { afterEach, expect, it } from "vitest";
import { createOtpEngine } from "../../../src/otp/index.ts";
import { oracleCode, totpSeed } from "../../support/seeds.ts";

const ZONES = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "America/St_Johns",
  "America/Sao_Paulo",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Asia/Tokyo",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "Pacific/Chatham",
  "Pacific/Kiritimati",
];

/** Edges of summer time in Berlin and New York, both ways, a leap second's night and a new year. */
const MOMENTS = [
  "2026-03-29T00:59:59.999Z",
  "2026-03-29T01:00:00.000Z",
  "2026-10-25T01:00:00.000Z",
  "2026-03-08T07:00:00.000Z",
  "2026-11-01T06:00:00.000Z",
  "2016-12-31T23:59:59.999Z",
  "2017-01-01T00:00:00.000Z",
  "2027-01-01T00:00:00.000Z",
].map((text) => Date.parse(text));

const zone = process.env["TZ"];
afterEach(() => {
  if (zone === undefined) delete process.env["TZ"];
  else process.env["TZ"] = zone;
});

it("C6 time zones, summer time and leap seconds change no code and no verdict", async () => {
  const engine = await createOtpEngine();
  const seed = totpSeed();
  const window = { backSteps: 1, aheadSteps: 1 };
  const offsets = new Set<number>();
  const verdicts = ZONES.map((name) => {
    process.env["TZ"] = name;
    return MOMENTS.map((atMs) => {
      offsets.add(new Date(atMs).getTimezoneOffset());
      const step = Math.floor(atMs / 30_000);
      return [-2, -1, 0, 1, 2].map(
        (drift) => engine.match(seed, oracleCode(seed, step + drift), { atMs, window })?.movingFactor ?? null,
      );
    });
  });
  // The zones were in force.
  expect(offsets.size).toBeGreaterThan(10);
  for (const verdict of verdicts) expect(verdict).toEqual(verdicts[0]);
  for (const [index, atMs] of MOMENTS.entries()) {
    const step = Math.floor(atMs / 30_000);
    expect(verdicts[0]?.[index]).toEqual([null, step - 1, step, step + 1, null]);
  }
});
