import { setTimeout as sleep } from "node:timers/promises";
import { expect, type Page, test } from "@playwright/test";
import { openPage, ProfileOnDisk } from "./browser.ts";
import { CounterToken, seedFileOf } from "./counter-tokens.ts";

const KILLS = Number(process.env["KILLS"] ?? 50);
/** A browser lives for some operations and a part of one more, so that every kind is hit at every point. */
const MOST_OPERATIONS = 6;
const OPERATION_MS = 25;
/**
 * Seen twice in about 150 kills with Chromium 156: the next browser has an empty database, seeds and all. What was written is
 * gone as a whole then, which no transaction of ours can do or prevent; the run says how often.
 */
const MOST_DATABASES_LOST = Math.ceil(KILLS / 10);

/** What a browser said before it was killed. */
class Life {
  readonly token: CounterToken;
  /** The device was reported as enabled. */
  isEnabled = false;
  /** The last code that was reported as accepted. */
  lastAccepted: string | undefined;
  readonly reported: string[] = [];
  #onReport: () => void = () => undefined;

  constructor(token: CounterToken) {
    this.token = token;
  }

  /** Enrols, signs in and resynchronizes until the browser dies. */
  async live(page: Page): Promise<void> {
    const { inUse } = this.token;
    const enabling = [inUse, this.token.pair()] as const;
    const enabled = await page.evaluate(([one, codes]) => window.crash.enable(one, codes), enabling);
    this.#note("enable", enabled, enabling[1][1]);
    this.isEnabled = true;
    for (;;) {
      const signIn = [inUse, this.token.code()] as const;
      this.#note(
        "verify",
        await page.evaluate(([one, code]) => window.crash.verify(one, code), signIn),
        signIn[1],
      );
      const resync = [inUse, this.token.pair()] as const;
      const resynced = await page.evaluate(([one, codes]) => window.crash.resync(one, codes), resync);
      this.#note("resync", resynced, resync[1][1]);
    }
  }

  /** Resolves once `operations` were reported. */
  async reports(operations: number): Promise<void> {
    while (this.reported.length < operations) {
      await new Promise<void>((resolve) => {
        this.#onReport = resolve;
      });
    }
  }

  #note(operation: string, outcome: string, code: string): void {
    this.reported.push(`${operation} ${outcome}`);
    expect(outcome, this.reported.join(", ")).toBe("accepted");
    this.lastAccepted = code;
    this.#onReport();
  }
}

test(`V4 the browser is killed ${KILLS} times while it enrols, verifies and resynchronizes: nothing accepted is accepted again, or lost while the browser keeps the database`, async () => {
  const profile = new ProfileOnDisk();
  const tokens = Array.from({ length: KILLS }, (_, index) => new CounterToken(index));
  const reports = { enable: 0, verify: 0, resync: 0 };
  let killedBeforeReport = 0;
  let databasesLost = 0;
  try {
    let context = await profile.open();
    let page = await openPage(context);
    expect(await page.evaluate((text) => window.crash.importSeeds(text), seedFileOf(tokens))).toBe(KILLS);
    let enrolled: CounterToken[] = [];
    for (const [index, token] of tokens.entries()) {
      profile.watch();
      const life = new Life(token);
      const living = life.live(page).catch((error: unknown) => error);
      await Promise.race([life.reports(Math.floor(Math.random() * (MOST_OPERATIONS + 1))), living]);
      await sleep(Math.random() * OPERATION_MS);
      profile.kill();
      const end = await living;
      // Nothing but the browser's death ends a life; a refusal would be an assertion's error.
      expect(String(end)).toMatch(/closed|crashed/iu);
      await context.close().catch(() => undefined);
      for (const report of life.reported) reports[report.split(" ")[0] as keyof typeof reports] += 1;
      if (life.reported.length === 0) killedBeforeReport += 1;

      context = await profile.open();
      page = await openPage(context);
      if ((await page.evaluate(() => window.crash.seedCount())) === 0) {
        databasesLost += 1;
        enrolled = [];
        const left = seedFileOf(tokens.slice(index + 1));
        if (index + 1 < KILLS) await page.evaluate((text) => window.crash.importSeeds(text), left);
        continue;
      }
      if (await isEnrolledAfter(page, life)) enrolled.push(token);
      const names = enrolled.map(({ inUse }) => inUse.userName);
      const serials = await page.evaluate((userNames) => window.crash.enrolled(userNames), names);
      expect(serials, `devices after kill ${index}`).toEqual(enrolled.map(({ inUse }) => inUse.serialNumber));
    }
  } finally {
    profile.watch();
    profile.kill();
    profile.remove();
  }
  const counted = Object.entries(reports).map(([operation, count]) => `${count} × ${operation}`);
  const summary = `reported before the kills: ${counted.join(", ")}; ${killedBeforeReport} killed before any report; the browser came up with an empty database ${databasesLost} times`;
  test.info().annotations.push({ type: "figures", description: summary });
  process.stdout.write(`${summary}\n`);
  // Else the kills came too early to prove anything.
  expect(reports.verify + reports.resync).toBeGreaterThan(KILLS / 2);
  expect(databasesLost).toBeLessThanOrEqual(MOST_DATABASES_LOST);
});

/** Checks one token in the next browser; true when its device is there. */
async function isEnrolledAfter(
  page: Page,
  { token, isEnabled, lastAccepted, reported }: Life,
): Promise<boolean> {
  const { inUse } = token;
  const found = await page.evaluate((userNames) => window.crash.enrolled(userNames), [inUse.userName]);
  const reports = `a device reported as enabled (${reported.join(", ")})`;
  if (isEnabled) expect(found, reports).toEqual([inUse.serialNumber]);
  if (found.length === 0) return false;
  if (lastAccepted !== undefined) {
    const again = await verifyPatiently(page, token, lastAccepted);
    expect(again, "a code reported as accepted").toBe("code-already-used");
  }
  // It may have been enabled without having said so; a fresh code is good in any case.
  expect(await verifyPatiently(page, token, token.code()), "a fresh code").toBe("accepted");
  return true;
}

/** The attempt that was cut off counts as a failure, and may ask for a wait of a second or two. */
async function verifyPatiently(page: Page, { inUse }: CounterToken, code: string): Promise<string> {
  for (;;) {
    const outcome = await page.evaluate(([one, text]) => window.crash.verify(one, text), [
      inUse,
      code,
    ] as const);
    if (outcome !== "too-many-attempts") return outcome;
    await sleep(250);
  }
}
