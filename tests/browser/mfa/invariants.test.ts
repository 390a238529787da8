import { afterEach, beforeEach, expect, it } from "vitest";
import { MfaBench } from "../../support/mfa-bench.ts";

/** Two benches on one database stand for two tabs: two connections, no shared memory. */
let tabs: [MfaBench, MfaBench];
beforeEach(async () => {
  const first = await MfaBench.open();
  tabs = [first, await MfaBench.open({ databaseName: first.databaseName, seeds: [] })];
});
afterEach(async () => {
  await tabs[1].database.close();
  await tabs[0].close();
});

const outcome = (work: Promise<unknown>) =>
  work.then(
    () => "accepted",
    (error: { code: string }) => error.code,
  );

function passSteps(steps: number): void {
  for (const tab of tabs) tab.passSteps(steps);
}

it("1: of one code submitted in two tabs at once exactly one is accepted, 100 times", async () => {
  await tabs[0].enable();
  for (let round = 0; round < 100; round += 1) {
    passSteps(2);
    const code = tabs[0].code();
    const outcomes = await Promise.all([...tabs, ...tabs].map((tab) => outcome(tab.verify(code))));
    expect(outcomes.filter((result) => result === "accepted")).toHaveLength(1);
    passSteps(2);
  }
});

it("1: two users who enrol one token at once: one gets it", async () => {
  const codes = tabs[0].pair();
  const outcomes = await Promise.all([
    outcome(tabs[0].enable(codes)),
    outcome(tabs[1].enable(codes, { userName: "ben" })),
  ]);
  expect(outcomes.toSorted()).toEqual(["accepted", "device-exists"]);
});

it("1: a pair used for a resync in one tab is used in the other", async () => {
  await tabs[0].enable();
  passSteps(50);
  const codes = tabs[0].pair(6);
  const outcomes = await Promise.all(tabs.map((tab) => outcome(tab.resync(codes))));
  expect(outcomes.toSorted()).toEqual(["accepted", "code-already-used"]);
});

it("2: a refused operation changes nothing but the attempts", async () => {
  const [bench] = tabs;
  await bench.enable();
  passSteps(10);
  const before = await dump(bench);
  await outcome(bench.verify({ code: "000000", ageMs: 0 }));
  await outcome(bench.verify(bench.code(-30)));
  bench.nowMs += 60_000;
  await outcome(bench.resync(bench.pair(500)));
  bench.nowMs += 60_000;
  await outcome(bench.enable(bench.pair(), { userName: "ben" }));
  await outcome(bench.verifier.deactivateMfaDevice({ userName: "ben", serialNumber: "TEST00000001" }));
  expect(await dump(bench)).toEqual(before);
});

it("4: resync counts against the same throttle and takes no code at or before the last accepted", async () => {
  const [bench] = tabs;
  await bench.enable();
  passSteps(10);
  await bench.verify(bench.code(1));
  expect(await outcome(bench.resync(bench.pair(1)))).toBe("code-already-used");
  expect(await outcome(bench.resync(bench.pair(2)))).toBe("code-already-used");
  expect(await outcome(bench.resync(bench.pair(3)))).toBe("too-many-attempts");
  bench.nowMs += 1_000;
  expect(await outcome(bench.resync(bench.pair(3)))).toBe("accepted");
});

/** Every record but the attempts. */
function dump(bench: MfaBench): Promise<unknown> {
  return bench.database.read(async (database) =>
    Object.fromEntries(
      await Promise.all(
        (["seeds", "tokens", "devices"] as const).map(async (store) => [store, await database.getAll(store)]),
      ),
    ),
  );
}
