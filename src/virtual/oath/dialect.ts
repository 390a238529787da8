import type { Bytes } from "../../core/bytes.ts";
import { type Fields, OrderedFields, SearchedFields } from "./fields.ts";
import { SW } from "./tables.ts";

/** The applet's commands. */
export type Operation =
  | "put"
  | "delete"
  | "setCode"
  | "reset"
  | "rename"
  | "setDefault"
  | "list"
  | "calculate"
  | "validate"
  | "calculateAll"
  | "sendRemaining";

/** Where the firmwares that speak YKOATH differ. */
export interface OathDialect {
  readonly name: "canokey-6.0.0" | "canokey-5.5.5" | "canokey-legacy" | "pico";
  /** Tag 79 of SELECT's answer; null when SELECT answers nothing at all. */
  readonly version: readonly number[] | null;
  readonly operations: Readonly<Record<number, Operation>>;
  readonly readFields: (data: Bytes) => Fields;
  /** Most credentials. */
  readonly maximum: number;
  /** Checks names, secrets, digits and kinds; else it stores what comes. */
  readonly isStrict: boolean;
  /** CanoKey raises an HOTP counter before it uses it. */
  readonly countsFirst: boolean;
  readonly hotpNeedsChallenge: boolean;
  readonly overwrites: boolean;
  readonly waitsForTouch: boolean;
  /** SET CODE and VALIDATE: the status word of a wrong password. */
  readonly wrongPassword: number;
  /** Answers LIST and CALCULATE ALL in pages that end between entries. */
  readonly hasPages: boolean;
  /** LIST gives `71 name 75 kind digits` instead of `72 kind name`. */
  readonly listsByName: boolean;
  /** Slots that SET DEFAULT knows: their P1 values. */
  readonly touchSlots: readonly number[];
  readonly checksClass: boolean;
}

const YKOATH = {
  0x01: "put",
  0x02: "delete",
  0x03: "setCode",
  0x05: "rename",
  0xa1: "list",
  0xa2: "calculate",
  0xa3: "validate",
  0xa4: "calculateAll",
  0xa5: "sendRemaining",
} as const satisfies Record<number, Operation>;

/** canokey-core at 26dc6e8 (3.0.0 and later), applets/oath/oath.c; every answer recorded from that firmware. */
const CANOKEY_6: OathDialect = {
  name: "canokey-6.0.0",
  version: [6, 0, 0],
  operations: { ...YKOATH, 0x55: "setDefault" },
  readFields: (data) => new OrderedFields(data, "bare"),
  maximum: 100,
  isStrict: true,
  countsFirst: true,
  hotpNeedsChallenge: false,
  overwrites: false,
  waitsForTouch: true,
  wrongPassword: SW.WRONG_DATA,
  hasPages: true,
  listsByName: false,
  touchSlots: [1, 2],
  checksClass: false,
};

/** canokey-core 1.5.2 to 2.0.x: the same commands, one touch slot. */
const CANOKEY_5: OathDialect = { ...CANOKEY_6, name: "canokey-5.5.5", version: [5, 5, 5], touchSlots: [0] };

/** canokey-core before 1.5.2: other instructions, no password, SELECT without an answer. */
const CANOKEY_LEGACY: OathDialect = {
  ...CANOKEY_5,
  name: "canokey-legacy",
  version: null,
  operations: {
    0x01: "put",
    0x02: "delete",
    0x03: "list",
    0x04: "calculate",
    0x05: "calculateAll",
    0x06: "sendRemaining",
    0x55: "setDefault",
  },
  readFields: (data) => new OrderedFields(data, "tlv"),
  listsByName: true,
};

/** pico-fido, src/fido/oath.c. */
const PICO: OathDialect = {
  name: "pico",
  version: [7, 0, 0],
  operations: { ...YKOATH, 0x04: "reset" },
  readFields: (data) => new SearchedFields(data),
  maximum: 255,
  isStrict: false,
  countsFirst: false,
  hotpNeedsChallenge: true,
  overwrites: true,
  // CALCULATE gives the code at once; only CALCULATE ALL marks the credential.
  waitsForTouch: false,
  wrongPassword: SW.DATA_INVALID,
  hasPages: false,
  listsByName: false,
  touchSlots: [],
  checksClass: true,
};

/** The dialects by name. */
export const DIALECTS = {
  "canokey-6.0.0": CANOKEY_6,
  "canokey-5.5.5": CANOKEY_5,
  "canokey-legacy": CANOKEY_LEGACY,
  pico: PICO,
} as const satisfies Record<OathDialect["name"], OathDialect>;
