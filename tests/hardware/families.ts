import type { Page } from "@playwright/test";
import { HOTP, Secret } from "otpauth";
import { utf8Bytes, type Bytes } from "../../src/core/bytes.ts";
import { VirtualCanoKey } from "../../src/virtual/canokey/canokey.ts";
import { VirtualNitrokey } from "../../src/virtual/nitrokey/nitrokey.ts";
import { VirtualPico } from "../../src/virtual/pico/pico.ts";
import { randomBytes, REAL_TIMER } from "../support/real-timer.ts";
import type { FaultFilter } from "../support/usbip/faults.ts";
import { expect, type HasUsb } from "./token-test.ts";

/** The secret of every credential that does not say otherwise. */
export const SECRET = utf8Bytes("12345678901234567890");
/** The first TOTP slot of a Nitrokey. */
export const FIRST_SLOT = 0x20;
/** The account that {@link FAMILIES} come with. */
export const ACCOUNT = {
  name: "AWS:root",
  type: "totp",
  algorithm: "SHA1",
  digits: 6,
  secret: SECRET,
} as const;

interface OracleKey {
  readonly secret?: Bytes;
  readonly algorithm?: string;
  readonly digits?: number;
}

/** The code of a moving factor as otpauth computes it. */
export function oracle(counter: number, { secret = SECRET, algorithm = "SHA1", digits = 6 }: OracleKey = {}) {
  return HOTP.generate({ secret: new Secret({ buffer: secret.slice().buffer }), algorithm, digits, counter });
}

export const makeCanoKey = () => new VirtualCanoKey({ timer: REAL_TIMER, random: randomBytes });
export const makePico = () => new VirtualPico({ timer: REAL_TIMER, random: randomBytes });

/** A kind of token that a page reaches. */
export interface Family {
  readonly title: string;
  readonly api: "usb" | "hid";
  /** A token with {@link ACCOUNT} and nothing else. */
  readonly make: () => HasUsb;
  /** Takes the transfers that carry the token's answers. */
  readonly isAnswer: FaultFilter;
}

const CANOKEY: Family = {
  title: "CanoKey",
  api: "usb",
  make: () => {
    const key = makeCanoKey();
    key.store(ACCOUNT);
    return key;
  },
  // RESPONSE asks for more than there can be; STATUS for one byte.
  isAnswer: ({ endpoint, setup, length }) => endpoint === 0 && setup.readUInt8(0) === 0xc1 && length > 1,
};

const PICO: Family = {
  title: "Pico FIDO",
  api: "usb",
  make: () => {
    const pico = makePico();
    pico.store(ACCOUNT);
    return pico;
  },
  isAnswer: ({ endpoint }) => endpoint === 0x84,
};

const NITROKEY: Family = {
  title: "Nitrokey Pro",
  api: "hid",
  make: () => {
    const key = new VirtualNitrokey({ timer: REAL_TIMER });
    key.slots.program(FIRST_SLOT, { name: ACCOUNT.name, digits: 6, secret: SECRET, periodSeconds: 30 });
    return key;
  },
  // GET_REPORT, HID 1.11 section 7.2.1.
  isAnswer: ({ endpoint, setup }) => endpoint === 0 && setup.readUInt16LE(0) === 0x01a1,
};

/** The families that a page reaches, by the names of their models. */
export const FAMILY = { CANOKEY, PICO, NITROKEY } as const;
export const FAMILIES: readonly Family[] = [CANOKEY, PICO, NITROKEY];

/** What a whole visit to the token brings. */
export interface Reading {
  readonly names: readonly string[];
  readonly codes: readonly string[];
  /** The page's clock after the last code. */
  readonly atMs: number;
}

/** Opens the page's one token, lists it, reads two codes of its first credential, closes it; gives the error's code if any. */
export async function tryToRead(page: Page): Promise<Reading | string> {
  return page.evaluate(async () => {
    const { grantedTokens } = await window.hardware.bridge();
    const [found] = await grantedTokens();
    if (!found) return "no token";
    try {
      const session = await found.open();
      try {
        const credentials = await session.list();
        const names = credentials.map(({ issuer, account }) => `${issuer}:${account}`);
        const [first] = credentials;
        // A Nitrokey's clock was set before, by this page: the person agrees.
        const options = { onClockRefused: () => Promise.resolve(true) };
        const read = first ? await session.consecutiveCodes(first, 2, options) : [];
        return { names, codes: read.map(({ code }) => code), atMs: Date.now() };
      } finally {
        await session.close();
      }
    } catch (error) {
      return String((error as { code?: unknown }).code ?? error);
    }
  });
}

/** Reads the token of {@link FAMILIES} from beginning to end; its codes are those of otpauth. */
export async function expectToRead(page: Page): Promise<void> {
  expectCodes(await tryToRead(page));
}

/** Checks a reading of the token of {@link FAMILIES}. */
export function expectCodes(reading: Reading | string): void {
  expect(reading).toMatchObject({ names: [ACCOUNT.name] });
  expectPair(reading as Reading);
}

/** Checks that two codes are those of the last two steps. */
export function expectPair({ codes, atMs }: Pick<Reading, "codes" | "atMs">): void {
  const step = Math.floor(atMs / 30_000);
  expect([step, step - 1].map((last) => [oracle(last - 1), oracle(last)])).toContainEqual(codes);
}
