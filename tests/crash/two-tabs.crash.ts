import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { openPage, ProfileOnDisk } from "./browser.ts";
import { CounterToken, seedFileOf } from "./counter-tokens.ts";

const ROUNDS = Number(process.env["RACE_ROUNDS"] ?? 200);
/** Tokens of the second test. One who submits a code so often is made to wait: each token is good for one crowd. */
const CROWDS = 5;
const CROWD = 100;

const profile = new ProfileOnDisk();
const tokens = Array.from({ length: CROWDS + 1 }, (_, index) => new CounterToken(index));
let context: BrowserContext;
let tabs: readonly Page[];

test.beforeAll(async () => {
  context = await profile.open();
  tabs = [await openPage(context), await openPage(context)];
  const imported = await tabs[0]?.evaluate((file) => window.crash.importSeeds(file), seedFileOf(tokens));
  expect(imported).toBe(tokens.length);
  for (const token of tokens) {
    const enabling = [token.inUse, token.pair()] as const;
    const enabled = await tabs[0]?.evaluate(([one, codes]) => window.crash.enable(one, codes), enabling);
    expect(enabled).toBe("accepted");
  }
});

test.afterAll(async () => {
  await context.close();
  profile.remove();
});

/** Submits the token's next code in both tabs at the same moment, `times` times in each; answers the outcomes. */
async function submitInBoth(token: CounterToken, times: number): Promise<string[]> {
  const submission = [token.inUse, token.code(), times] as const;
  const submit = (tab: Page) =>
    tab.evaluate(([one, code, count]) => window.crash.submitTogether(one, code, count), submission);
  return (await Promise.all(tabs.map(submit))).flat();
}

const acceptedOf = (outcomes: readonly string[]) => outcomes.filter((outcome) => outcome === "accepted");

test(`V2 two tabs submit one code at the same moment, ${ROUNDS} times: exactly one is accepted`, async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const outcomes = await submitInBoth(tokenAt(CROWDS), 1);
    expect(acceptedOf(outcomes), `round ${round}: ${outcomes.join(", ")}`).toHaveLength(1);
  }
});

test(`V2 two tabs submit one code ${CROWD} times each at the same moment: exactly one is accepted`, async () => {
  for (let crowd = 0; crowd < CROWDS; crowd += 1) {
    const outcomes = await submitInBoth(tokenAt(crowd), CROWD);
    expect(outcomes).toHaveLength(2 * CROWD);
    expect(acceptedOf(outcomes), `crowd ${crowd}`).toHaveLength(1);
  }
});

function tokenAt(index: number): CounterToken {
  const token = tokens[index];
  if (!token) throw new RangeError("no such token");
  return token;
}
