import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { API_METHODS } from "../../../workers/contract.ts";
import { FUZZ_RUNS, FUZZ_TIMEOUT } from "../../support/fuzz-runs.ts";

const databaseName = "border";
let worker: Worker;
let nextId = 0;

beforeEach(async () => {
  worker = new Worker(new URL("./inspected.worker.ts", import.meta.url), { type: "module" });
  expect(await call("start", { databaseName, policy: {}, clockOffsetMs: 0 })).toEqual({
    ok: true,
    value: null,
  });
});
afterEach(async () => {
  await call("stop");
  worker.terminate();
  indexedDB.deleteDatabase(databaseName);
});

interface Inspection {
  readonly uncaught: number;
  readonly isUnchanged: boolean;
}

function answerTo<T>(message: unknown, isAnswer: (data: Record<string, unknown>) => boolean): Promise<T> {
  return new Promise((resolve) => {
    const listen = ({ data }: MessageEvent<Record<string, unknown>>) => {
      if (!isAnswer(data)) return;
      worker.removeEventListener("message", listen);
      resolve(data as T);
    };
    worker.addEventListener("message", listen);
    worker.postMessage(message, []);
  });
}

async function call(method: string, ...args: unknown[]): Promise<unknown> {
  nextId += 1;
  const id = `call-${nextId}`;
  const argumentList = args.map((value) => ({ type: "RAW", value }));
  const message = { id, type: "APPLY", path: [method], argumentList };
  return (await answerTo<{ value: unknown }>(message, (data) => data["id"] === id)).value;
}

/** The worker answers in order: after this, everything sent before has been looked at. */
async function expectUnharmed(): Promise<void> {
  expect(await call("vaultState")).toMatchObject({ ok: true });
  expect(await answerTo<Inspection>("inspect", (data) => "uncaught" in data)).toEqual({
    uncaught: 0,
    fingerprint: "",
    isUnchanged: true,
  });
}

const raw = (value: unknown) => ({ type: "RAW", value });

describe("the worker's border", () => {
  it.each([
    ["calls a private method", { type: "APPLY", path: ["_parts"], argumentList: [] }],
    ["reads a field", { type: "GET", path: ["start"] }],
    ["overwrites a method", { type: "SET", path: ["verifyCode"], value: raw(1) }],
    [
      "writes to Object.prototype",
      { type: "SET", path: ["__proto__", "__proto__", "polluted"], value: raw(1) },
    ],
    [
      "makes code from text",
      { type: "CONSTRUCT", path: ["constructor", "constructor"], argumentList: [raw("self.pwned = 1")] },
    ],
    ["asks for another endpoint", { type: "ENDPOINT", path: [] }],
    ["makes it deaf", { type: "RELEASE" }],
    [
      "throws outside Comlink's try",
      {
        type: "APPLY",
        path: ["vaultState"],
        argumentList: [{ type: "HANDLER", name: "throw", value: { isError: false, value: 1 } }],
      },
    ],
  ])("W1 a message that %s has no answer and no effect", async (_, message) => {
    const answers: unknown[] = [];
    worker.addEventListener("message", ({ data }: MessageEvent<Record<string, unknown>>) => {
      if (data["id"] === "attack") answers.push(data);
    });
    worker.postMessage({ id: "attack", ...message }, []);
    await expectUnharmed();
    expect(answers).toEqual([]);
  });

  it("W1 no message changes the worker or goes uncaught, whatever it is", FUZZ_TIMEOUT, async () => {
    const name = fc.oneof(
      fc.constantFrom(...API_METHODS, "constructor", "__proto__", "toString", "apply", "#run", "then"),
      fc.string(),
    );
    const argument = fc.oneof(
      fc.record({ type: fc.constantFrom("RAW", "HANDLER", "X"), name, value: fc.anything() }),
      fc.anything(),
    );
    const message = fc.record(
      {
        id: fc.oneof(fc.string(), fc.anything()),
        type: fc.constantFrom("GET", "SET", "CONSTRUCT", "ENDPOINT", "RELEASE", "apply", "", null),
        path: fc.oneof(fc.array(fc.oneof(name, fc.anything())), fc.anything()),
        argumentList: fc.oneof(fc.array(argument), fc.anything()),
        value: fc.anything(),
      },
      { requiredKeys: [] },
    );
    const malformedCall = fc.record({
      id: fc.string(),
      type: fc.constant("APPLY"),
      path: fc.oneof(
        fc.array(name, { minLength: 2 }),
        fc.constantFrom(["constructor"], ["__proto__"], ["toString"], [0], [null], "vaultState", {}),
      ),
      argumentList: fc.array(argument),
    });
    let sent = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(message, malformedCall, fc.anything()), async (one) => {
        try {
          worker.postMessage(one, []);
        } catch {
          // It cannot be cloned, so nothing was sent.
          return;
        }
        sent += 1;
        if (sent % 500 === 0) await expectUnharmed();
      }),
      FUZZ_RUNS,
    );
    expect(sent).toBeGreaterThan(FUZZ_RUNS.numRuns / 4);
    await expectUnharmed();
  });

  it(
    "W2 W4 every call with wrong arguments ends in a coded error, and tells nothing else",
    FUZZ_TIMEOUT,
    async () => {
      const wrong = fc.oneof(
        {
          weight: 3,
          arbitrary: fc.anything({ withBigInt: true, withTypedArray: true, withNullPrototype: true }),
        },
        { weight: 2, arbitrary: fc.string({ maxLength: 7 }) },
        fc.record(
          {
            userName: fc.anything(),
            deviceName: fc.anything(),
            serialNumber: fc.anything(),
            code: fc.anything(),
            codes: fc.anything(),
            window: fc.anything(),
            text: fc.anything(),
            limit: fc.anything(),
          },
          { requiredKeys: [] },
        ),
      );
      // `start` would change the settings and `stop` ends the service: both are called once, by this test's frame.
      const methods = API_METHODS.filter((method) => method !== "start" && method !== "stop");
      const codes = new Set<string>();
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...methods),
          fc.array(wrong, { maxLength: 4 }),
          async (method, args) => {
            const id = `fuzz-${(nextId += 1)}`;
            const sent = { id, type: "APPLY", path: [method], argumentList: args.map(raw) };
            try {
              structuredClone(sent);
            } catch {
              return;
            }
            const answer = await answerTo<{
              type: string;
              value: { ok: boolean; error?: Record<string, unknown> };
            }>(sent, (data) => data["id"] === id);
            expect(answer.type).toBe("RAW");
            if (answer.value.ok) return;
            expect(Object.keys(answer.value.error ?? {}).toSorted()).toEqual([
              "code",
              "details",
              "message",
              "name",
            ]);
            expect(JSON.stringify(answer)).not.toMatch(/\.ts\b|\bat \w+ \(/u);
            codes.add(String(answer.value.error?.["code"]));
          },
        ),
        FUZZ_RUNS,
      );
      expect([...codes]).toContain("invalid-request");
      await expectUnharmed();
    },
  );
});
