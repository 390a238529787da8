import { describe, expect, it, vi } from "vitest";
import { utf8Bytes } from "../../../src/core/bytes.ts";
import { formatHex, parseHex } from "../../../src/core/text-forms.ts";
import { VirtualApduConnection } from "../../../src/virtual/apdu-connection.ts";
import { VirtualCanoKey } from "../../../src/virtual/canokey/canokey.ts";
import { VirtualNitrokey } from "../../../src/virtual/nitrokey/nitrokey.ts";
import { VirtualReportConnection } from "../../../src/virtual/report-connection.ts";
import { ManualTimer } from "../../support/manual-timer.ts";

const SELECT = parseHex("00a4040007a000000527210100");
const CALCULATE = parseHex("00a200010d7101617408000000000000000100");

function apduBench() {
  const key = new VirtualCanoKey({ timer: new ManualTimer(), random: (length) => new Uint8Array(length) });
  const secret = utf8Bytes("12345678901234567890");
  key.store({ name: "a", type: "totp", algorithm: "SHA1", digits: 6, secret, needsTouch: true });
  const plug = new AbortController();
  return { key, plug, connection: new VirtualApduConnection("CanoKey", key, plug.signal) };
}

describe("a connection to a virtual token without USB between", () => {
  it("gives answers, one exchange at a time, and tells of the wait for a touch", async () => {
    const { key, connection } = apduBench();
    const onWaiting = vi.fn(() => key.touch());
    const selected = connection.transmit(SELECT);
    const code = connection.transmit(CALCULATE, { onWaiting });
    expect(formatHex(await selected)).toBe("7903060000710800000000000000009000");
    expect(formatHex(await code)).toBe("76050641397eea9000");
    expect(onWaiting).toHaveBeenCalledTimes(1);
  });

  it("ends with the reason of an abort", async () => {
    const { connection } = apduBench();
    await connection.transmit(SELECT);
    const stop = new AbortController();
    const code = connection.transmit(CALCULATE, { signal: stop.signal, onWaiting: () => stop.abort() });
    await expect(code).rejects.toThrow(expect.objectContaining({ name: "AbortError" }));
    await expect(connection.transmit(SELECT, { signal: stop.signal })).rejects.toThrow(
      expect.objectContaining({ name: "AbortError" }),
    );
  });

  it("ends when the token is taken out, and stays ended", async () => {
    const { connection, plug } = apduBench();
    await connection.transmit(SELECT);
    const code = connection.transmit(CALCULATE, { onWaiting: () => plug.abort() });
    await expect(code).rejects.toThrow(expect.objectContaining({ code: "unplugged" }));
    await expect(connection.transmit(SELECT)).rejects.toThrow(expect.objectContaining({ code: "unplugged" }));
  });

  it("closes after the exchange under way, twice if you like", async () => {
    const { connection } = apduBench();
    const selected = connection.transmit(SELECT);
    await connection.close();
    await connection.close();
    await expect(selected).resolves.toBeDefined();
    await expect(connection.transmit(SELECT)).rejects.toThrow(expect.objectContaining({ code: "unplugged" }));
  });

  it("calls a token without an answer a time-out", async () => {
    const silent = { transmit: () => Promise.resolve(null) };
    const connection = new VirtualApduConnection("Pico", silent, new AbortController().signal);
    await expect(connection.transmit(SELECT)).rejects.toThrow(expect.objectContaining({ code: "timeout" }));
    const mute = { transmit: () => new Promise<null>(() => undefined) };
    const waiting = new VirtualApduConnection("Pico", mute, new AbortController().signal);
    await expect(waiting.transmit(SELECT, { timeoutMs: 1 })).rejects.toThrow(
      expect.objectContaining({ code: "timeout" }),
    );
  });

  it("moves reports until the key is taken out", async () => {
    const plug = new AbortController();
    const key = new VirtualNitrokey({ timer: new ManualTimer() });
    const connection = new VirtualReportConnection("Nitrokey Pro", key, plug.signal);
    const status = parseHex(`${"00".repeat(60)}dfb76eef`);
    await connection.send(status);
    expect(formatHex(await connection.receive(64)).slice(0, 12)).toBe("0000dfb76eef");
    const stop = AbortSignal.abort();
    await expect(connection.send(status, stop)).rejects.toThrow(
      expect.objectContaining({ name: "AbortError" }),
    );
    plug.abort();
    await expect(connection.receive(64)).rejects.toThrow(expect.objectContaining({ code: "unplugged" }));
    await connection.close();
    await connection.close();
    await expect(connection.send(status)).rejects.toThrow(expect.objectContaining({ code: "unplugged" }));
  });
});
