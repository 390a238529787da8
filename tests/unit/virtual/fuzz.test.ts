import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseHex } from "../../../src/core/text-forms.ts";
import { VirtualCanoKey } from "../../../src/virtual/canokey/canokey.ts";
import { parseCommand } from "../../../src/virtual/oath/command.ts";
import { VirtualNitrokey } from "../../../src/virtual/nitrokey/nitrokey.ts";
import { VirtualPico } from "../../../src/virtual/pico/pico.ts";
import { UsbStall } from "../../../src/virtual/usb/device.ts";
import { FUZZ_RUNS, FUZZ_TIMEOUT } from "../../support/fuzz-runs.ts";
import { ManualTimer } from "../../support/manual-timer.ts";

const SELECT = parseHex("00a4040007a000000527210100");
const random = (length: number) => new Uint8Array(length).fill(7);
const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((one) => Uint8Array.from(one));

/** Commands with a valid frame and an instruction the applet knows, so that the fuzz gets past the door. */
const framed = fc
  .tuple(
    fc.constantFrom(0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x55, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xc0),
    fc.constantFrom(0x00, 0x00, 0x01, 0x04, 0xde),
    fc.constantFrom(0x00, 0x01, 0xad),
    fc.array(fc.tuple(fc.constantFrom(0x71, 0x73, 0x74, 0x75, 0x78, 0x7a, 0x80), bytes(24)), {
      maxLength: 4,
    }),
    fc.nat({ max: 3 }),
  )
  .map(([ins, p1, p2, fields, cut]) => {
    const data = fields.flatMap(([tag, value]) => [tag, value.length, ...value]);
    const kept = data.slice(0, Math.max(0, data.length - cut));
    return Uint8Array.from([0x00, ins, p1, p2, kept.length, ...kept, 0x00]);
  });

const commands = fc.array(fc.oneof(framed, bytes(300)), { minLength: 1, maxLength: 6 });

describe("virtual tokens under random input", () => {
  it.each(["6.0.0", "5.5.5", "legacy"] as const)(
    "CanoKey %s answers every command with a status word",
    async (firmware) => {
      await fc.assert(
        fc.asyncProperty(commands, async (sent) => {
          const key = new VirtualCanoKey({ timer: new ManualTimer(), random, firmware });
          key.onTouchChange(() => queueMicrotask(() => key.touch()));
          for (const command of [SELECT, ...sent]) {
            const answer = await key.transmit(command);
            expect(answer.length).toBeGreaterThanOrEqual(2);
            expect(answer.length).toBeLessThanOrEqual(1342);
          }
        }),
        FUZZ_RUNS,
      );
    },
    FUZZ_TIMEOUT.timeout,
  );

  it(
    "a Pico answers every command, or says nothing to a malformed one",
    async () => {
      await fc.assert(
        fc.asyncProperty(commands, async (sent) => {
          const key = new VirtualPico({ timer: new ManualTimer(), random });
          for (const command of [SELECT, ...sent]) {
            const answer = await key.transmit(command);
            if (answer === null) expect(command.length < 4 || parseCommand(command) === null).toBe(true);
            else expect(answer.length).toBeGreaterThanOrEqual(2);
          }
        }),
        FUZZ_RUNS,
      );
    },
    FUZZ_TIMEOUT.timeout,
  );

  it(
    "a Nitrokey answers every report of 64 bytes with one",
    async () => {
      const key = new VirtualNitrokey({ timer: new ManualTimer() });
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ minLength: 64, maxLength: 64 }), async (report) => {
          key.send(Uint8Array.from(report));
          expect(await key.receive()).toHaveLength(64);
        }),
        FUZZ_RUNS,
      );
    },
    FUZZ_TIMEOUT.timeout,
  );

  it(
    "control transfers end in an answer within wLength, or a stall",
    async () => {
      const devices = [
        new VirtualCanoKey({ timer: new ManualTimer(), random }).usb,
        new VirtualPico({ timer: new ManualTimer(), random }).usb,
        new VirtualNitrokey({ timer: new ManualTimer() }).usb,
      ];
      const setup = fc.record({
        requestType: fc.nat({ max: 255 }),
        request: fc.nat({ max: 12 }),
        value: fc.nat({ max: 0xffff }),
        index: fc.nat({ max: 8 }),
        length: fc.nat({ max: 300 }),
      });
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...devices), setup, bytes(64), async (device, packet, data) => {
          const outcome: unknown = await device.control(packet, data).catch((error: unknown) => error);
          if (outcome instanceof Uint8Array) expect(outcome.length).toBeLessThanOrEqual(packet.length);
          else expect(outcome).toBeInstanceOf(UsbStall);
        }),
        FUZZ_RUNS,
      );
    },
    FUZZ_TIMEOUT.timeout,
  );

  it("parses a command or refuses it, cut at every byte", () => {
    const command = parseHex("00a200011a710e726663363233383a534841312d387408000000000000000100");
    const whole = [...command.keys()].filter((length) => parseCommand(command.slice(0, length)) !== null);
    // Four bytes are a whole command, a fifth is Le, and the last byte may be missing.
    expect(whole).toEqual([4, 5, command.length - 1]);
  });
});
