import type { Bytes } from "../../core/bytes.ts";
import { StatusError } from "../oath/answer.ts";
import { SW } from "../oath/tables.ts";

/** What a touch types, canokey-core applets/pass/pass.c. */
const SLOT_KIND = { OFF: 0, OATH: 1, STATIC: 2 } as const;

type Slot =
  | { readonly kind: typeof SLOT_KIND.OFF }
  | { readonly kind: typeof SLOT_KIND.OATH; readonly name: Bytes; readonly withEnter: boolean }
  | { readonly kind: typeof SLOT_KIND.STATIC; readonly withEnter: boolean };

const OFF: Slot = { kind: SLOT_KIND.OFF };

/** The two touch slots of a CanoKey: what a short and a long touch type. */
export class PassConfig {
  #short: Slot = OFF;
  #long: Slot = OFF;

  /** Makes a slot type an HOTP credential. Slot 2 is the long touch; a key with one slot calls it 0. */
  setOath(slot: number, name: Bytes, withEnter: boolean): void {
    this.#set(slot, { kind: SLOT_KIND.OATH, name, withEnter });
  }

  /** WRITE PASS CONFIG: turns a slot off or has it type a fixed password, which nothing reads back. */
  write(slot: number, data: Bytes): void {
    const [kind = -1, length = 0] = data;
    if (kind === SLOT_KIND.OFF) this.#set(slot, OFF);
    else if (kind !== SLOT_KIND.STATIC || data.length !== length + 3) throw new StatusError(SW.WRONG_DATA);
    else this.#set(slot, { kind, withEnter: data[length + 2] === 1 });
  }

  clear(): void {
    this.#short = OFF;
    this.#long = OFF;
  }

  /** READ PASS CONFIG: both slots, without secrets. */
  encode(): readonly number[] {
    return [this.#short, this.#long].flatMap((slot) => {
      if (slot.kind === SLOT_KIND.OFF) return [slot.kind];
      const enter = slot.withEnter ? 1 : 0;
      if (slot.kind === SLOT_KIND.STATIC) return [slot.kind, enter];
      return [slot.kind, slot.name.length, ...slot.name, enter];
    });
  }

  #set(slot: number, value: Slot): void {
    if (slot === 2) this.#long = value;
    else this.#short = value;
  }
}
