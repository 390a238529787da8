import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  listSmartCardReaders,
  SmartCardApduConnection,
  type SmartCardContext,
  type SmartCardManager,
} from "../../../src/transports/smart-card.ts";
import { bytes, failure, Gate, outcome, text, resultOf } from "./outcome.ts";

const SELECT = bytes("00a4040007a000000527210100");

function cardError(responseCode: string): DOMException {
  return Object.assign(new DOMException("", "SmartCardError"), { responseCode });
}

/** The API's surface, with its rule of one operation at a time in a context. */
class FakeSmartCards implements SmartCardManager, SmartCardContext {
  readonly log: string[] = [];
  readers: readonly string[] = ["YubiKey 00 00"];
  answer: (command: Uint8Array) => Promise<string> = () => Promise.resolve("9000");
  failing: DOMException | null = null;
  connectGate: Promise<void> = Promise.resolve();
  #busy = false;

  async establishContext(): Promise<SmartCardContext> {
    if (this.failing) throw this.failing;
    return this;
  }

  async listReaders(): Promise<readonly string[]> {
    return this.readers;
  }

  async connect(
    ...parameters: Parameters<SmartCardContext["connect"]>
  ): Promise<Awaited<ReturnType<SmartCardContext["connect"]>>> {
    this.log.push(`connect ${JSON.stringify(parameters)}`);
    await this.connectGate;
    if (this.failing) throw this.failing;
    return {
      connection: {
        transmit: (command) =>
          this.#operate(`transmit ${text(command)}`, async () => bytes(await this.answer(command)).buffer),
        disconnect: (disposition) => this.#operate(`disconnect ${disposition}`, () => Promise.resolve()),
      },
    };
  }

  async #operate<T>(name: string, operation: () => Promise<T>): Promise<T> {
    if (this.#busy) throw new DOMException("An operation is already in progress.", "InvalidStateError");
    this.log.push(name);
    this.#busy = true;
    try {
      return await operation();
    } finally {
      this.#busy = false;
    }
  }
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function open(): Promise<{ cards: FakeSmartCards; connection: SmartCardApduConnection }> {
  const cards = new FakeSmartCards();
  const connection = await SmartCardApduConnection.open(cards, "YubiKey 00 00");
  cards.log.length = 0;
  return { cards, connection };
}

describe("readers", () => {
  it("are listed", async () => {
    const cards = new FakeSmartCards();
    expect(await listSmartCardReaders(cards)).toEqual({ context: cards, readerNames: ["YubiKey 00 00"] });
  });

  it.each([
    [cardError("no-service"), "not-supported"],
    [new DOMException("", "SecurityError"), "not-supported"],
  ] as const)("cannot be listed: %s", async (failing, code) => {
    const cards = new FakeSmartCards();
    cards.failing = failing;
    expect((await failure(listSmartCardReaders(cards))).code).toBe(code);
  });
});

describe("connecting", () => {
  it("shares the card", async () => {
    const cards = new FakeSmartCards();
    const connection = await SmartCardApduConnection.open(cards, "YubiKey 00 00");
    expect(connection.deviceName).toBe("YubiKey 00 00");
    expect(cards.log).toEqual(['connect ["YubiKey 00 00","shared",{"preferredProtocols":["t1","t0"]}]']);
  });

  it.each([
    [cardError("sharing-violation"), "device-in-use"],
    [cardError("no-smartcard"), "unplugged"],
    [new DOMException("", "NotAllowedError"), "not-granted"],
  ] as const)("fails: %s", async (failing, code) => {
    const cards = new FakeSmartCards();
    cards.failing = failing;
    expect((await failure(SmartCardApduConnection.open(cards, "YubiKey 00 00"))).code).toBe(code);
  });

  it("can be cancelled, and lets go of a card it gets afterwards", async () => {
    const cards = new FakeSmartCards();
    const gate = new Gate();
    cards.connectGate = gate.opened;
    const abort = new AbortController();
    const opening = SmartCardApduConnection.open(cards, "x", { signal: abort.signal });
    abort.abort(new Error("cancelled"));
    await expect(opening).rejects.toThrow("cancelled");
    gate.open();
    await vi.runAllTimersAsync();
    expect(cards.log.at(-1)).toBe("disconnect leave");
    await expect(SmartCardApduConnection.open(cards, "x", { signal: abort.signal })).rejects.toThrow(
      "cancelled",
    );
  });
});

describe("an exchange", () => {
  it("goes through, one at a time", async () => {
    const { cards, connection } = await open();
    cards.answer = (command) => Promise.resolve(`${(command[1] ?? 0).toString(16)}9000`);
    const answers = await Promise.all([
      connection.transmit(SELECT),
      connection.transmit(bytes("00a1000000")),
    ]);
    expect(answers.map(text)).toEqual(["a49000", "a19000"]);
  });

  it.each([
    [cardError("removed-card"), "unplugged"],
    [cardError("reset-card"), "device-in-use"],
    [new DOMException("", "UnknownError"), "malformed-answer"],
  ] as const)("fails: %s", async (exception, code) => {
    const { cards, connection } = await open();
    cards.answer = async () => {
      throw exception;
    };
    expect((await failure(connection.transmit(SELECT))).code).toBe(code);
  });

  it("needs a command and a status word", async () => {
    const { cards, connection } = await open();
    await expect(connection.transmit(new Uint8Array(0))).rejects.toThrow(RangeError);
    cards.answer = () => Promise.resolve("90");
    expect((await failure(connection.transmit(SELECT))).code).toBe("malformed-answer");
  });

  it("tells of a touch, and takes 3 s or what the caller says", async () => {
    const { cards, connection } = await open();
    const onWaiting = vi.fn();
    cards.answer = () => new Promise((resolve) => setTimeout(() => resolve("9000"), 5_000));
    expect(text(await resultOf(connection.transmit(SELECT, { onWaiting })))).toBe("9000");
    expect(onWaiting).toHaveBeenCalledTimes(1);
    expect((await failure(connection.transmit(SELECT, { timeoutMs: 100 }))).code).toBe("timeout");
  });

  it("given up is waited for before the next", async () => {
    const { cards, connection } = await open();
    const gate = new Gate();
    cards.answer = () => gate.opened.then(() => "6982");
    const abort = new AbortController();
    const cancelled = connection.transmit(SELECT, { signal: abort.signal });
    const next = connection.transmit(bytes("00a1000000"));
    abort.abort(new Error("cancelled"));
    await expect(cancelled).rejects.toThrow("cancelled");

    cards.answer = () => Promise.resolve("9000");
    gate.open();
    expect(text(await resultOf(next))).toBe("9000");
  });
});

describe("closing", () => {
  it("leaves the card as it is, once, after the exchange under way", async () => {
    const { cards, connection } = await open();
    const answer = connection.transmit(SELECT);
    await Promise.all([connection.close(), connection.close()]);
    expect(text(await answer)).toBe("9000");
    expect(cards.log).toEqual([`transmit ${text(SELECT)}`, "disconnect leave"]);
    expect(await outcome(connection.transmit(SELECT))).toMatchObject({ error: { name: "AbortError" } });
  });

  it("does not wait for ever for an exchange that was given up", async () => {
    const { cards, connection } = await open();
    cards.answer = () => new Promise(() => {});
    await failure(connection.transmit(SELECT));
    await resultOf(connection.close());
    expect(cards.log).toEqual([`transmit ${text(SELECT)}`]);
  });
});
