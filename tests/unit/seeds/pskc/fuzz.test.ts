import { fc } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { SeedFileError } from "../../../../src/seeds/errors.ts";
import { readSeedFile } from "../../../../src/seeds/read-seed-file.ts";
import { formatHex } from "../../../../src/core/text-forms.ts";
import { fuzzRuns, FUZZ_TIMEOUT } from "../../../support/fuzz-runs.ts";
import { pskcPackage } from "../files.ts";
import {
  AES_KEY,
  derivedKey,
  encryptedFile,
  macMethod,
  pbkdf2,
  PRE_SHARED,
  sealed,
  type Recipe,
} from "./encrypted-file.ts";

const RUNS = fuzzRuns(400);

const SECRETS = ["12345678901234567890", "another secret, of 27 bytes", "and the third one"];
const HEX = SECRETS.map((secret) => Buffer.from(secret).toString("hex"));
/** So few rounds are the fastest; a mutated file may ask for more, and is refused. */
const OPTIONS = { key: Uint8Array.from(AES_KEY), password: "qwerty", maxPbkdf2Iterations: 1000 };

function fileOf(declaration: string, recipe: Recipe): string {
  const packages = SECRETS.map((secret, index) =>
    pskcPackage({
      device: `<SerialNo>S${index}</SerialNo>`,
      algorithm:
        index === 0 ? "urn:ietf:params:xml:ns:keyprov:pskc:hotp" : "urn:ietf:params:xml:ns:keyprov:pskc:totp",
      secret: sealed(secret, recipe),
      data:
        index === 0
          ? `<Counter>${sealed("5", recipe)}</Counter>`
          : `<TimeDrift>${sealed("2", recipe)}</TimeDrift>`,
      policy: "<Policy><KeyUsage>OTP</KeyUsage></Policy>",
    }),
  );
  return encryptedFile(declaration + macMethod(recipe) + packages.join("\n"));
}

const FILES = [
  fileOf(PRE_SHARED, {}),
  fileOf(PRE_SHARED, { mac: "sha512" }),
  fileOf(derivedKey({ iterations: 1000 }), { key: pbkdf2("qwerty") }),
];
const UNPROTECTED = [fileOf(PRE_SHARED, { mac: null }), fileOf("", { mac: null, filler: 0 })];

/** Pieces that mean something here. */
const PIECES = [
  "",
  " ",
  "<",
  ">",
  "/",
  '"',
  "&amp;",
  "=",
  "A",
  "AAAA",
  "0",
  "16",
  "999999999999",
  "aes256-cbc",
  "kw-aes128",
  "kw-aes-128-pad",
  "tripledes-cbc",
  "hmac-sha256",
  "<IV>AAAA</IV>",
  "<PlainValue>MTIzNA==</PlainValue>",
  "<ValueMAC>AAAA</ValueMAC>",
  "<MACMethod/>",
  "<EncryptionKey/>",
  "<DigestMethod Algorithm='hmac-sha1'/>",
  "<Device>",
  "</KeyPackage><KeyPackage>",
  "<!-- -->",
  "<![CDATA[x]]>",
  "<!DOCTYPE a>",
] as const;

const edits = fc.array(
  fc.record({ at: fc.nat(), take: fc.nat({ max: 30 }), put: fc.constantFrom(...PIECES) }),
  { minLength: 1, maxLength: 4 },
);

/** Whole elements and attributes, so that the file stays well-formed XML. */
const swaps = fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 3 });

function edit(text: string, changes: readonly { at: number; take: number; put: string }[]): string {
  return changes.reduce((edited, { at, take, put }) => {
    const start = at % (edited.length + 1);
    return edited.slice(0, start) + put + edited.slice(start + take);
  }, text);
}

function swap(text: string, pairs: readonly (readonly [number, number])[]): string {
  return pairs.reduce((swapped, [from, to]) => {
    const leaves = [...swapped.matchAll(/<([\w:]+)(?: [^<>]*)?(?:\/>|>[^<]*<\/\1>)/gu)];
    const source = leaves[from % leaves.length];
    const target = leaves[to % leaves.length];
    if (!source || !target) return swapped;
    return swapped.slice(0, target.index) + source[0] + swapped.slice(target.index + target[0].length);
  }, text);
}

/** Pieces that leave the XML well-formed, put into a text or an attribute: most of the edits above do not. */
const TEXTS = PIECES.filter((piece) => !/[<>"&]/u.test(piece));

const bends = fc.array(
  fc.record({ which: fc.nat(), at: fc.nat(), take: fc.nat({ max: 6 }), put: fc.constantFrom(...TEXTS) }),
  { minLength: 1, maxLength: 3 },
);

function bend(
  text: string,
  changes: readonly { which: number; at: number; take: number; put: string }[],
): string {
  return changes.reduce((bent, { which, at, take, put }) => {
    const values = [...bent.matchAll(/(?<=>)[^<>\s][^<>]*(?=<)|(?<=[A-Za-z]=")[^"<>]+(?=")/gu)];
    const value = values[which % values.length];
    if (!value) return bent;
    const start = value.index + (at % value[0].length);
    const end = Math.min(start + take, value.index + value[0].length);
    return bent.slice(0, start) + put + bent.slice(end);
  }, text);
}

/** What nobody may be told: the secrets, the keys and the password. */
const UNTOLD = [
  ...SECRETS.flatMap((secret) => [secret, Buffer.from(secret).toString("base64")]),
  ...HEX,
  Buffer.from(AES_KEY).toString("hex"),
  "qwerty",
];

function expectNoSecret(text: string): void {
  // One check for all: there are thousands of messages.
  expect(UNTOLD.filter((untold) => text.includes(untold))).toEqual([]);
}

/** The secrets read, in hex; none when the file is refused. Anything but a report or a SeedFileError is thrown on. */
async function outcomeOf(text: string): Promise<string[]> {
  try {
    const { seeds, skipped } = await readSeedFile(text, OPTIONS);
    for (const { message, serialNumber } of skipped) expectNoSecret(`${message} ${serialNumber ?? ""}`);
    return seeds.map(({ secret }) => formatHex(secret));
  } catch (error) {
    if (!(error instanceof SeedFileError)) throw error;
    expectNoSecret(error.message + JSON.stringify(error.details));
    return [];
  }
}

describe(
  "whatever is done to an encrypted PSKC file, it ends in a report or a SeedFileError",
  FUZZ_TIMEOUT,
  () => {
    it("with a MAC, and no secret is read that the sender did not put in", async () => {
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...FILES), edits, async (file, changes) => {
          for (const secret of await outcomeOf(edit(file, changes))) expect(HEX).toContain(secret);
        }),
        RUNS,
      );
    });

    it("with a MAC, when its texts and attributes change", async () => {
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...FILES), bends, async (file, changes) => {
          for (const secret of await outcomeOf(bend(file, changes))) expect(HEX).toContain(secret);
        }),
        RUNS,
      );
    });

    it("with a MAC, when its elements change places", async () => {
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...FILES), swaps, async (file, pairs) => {
          // A counter that stands for a secret is the sender's as well: RFC 6030 binds no MAC to its place.
          const known = [...HEX, Buffer.from("5").toString("hex"), Buffer.from("2").toString("hex")];
          for (const secret of await outcomeOf(swap(file, pairs))) expect(known).toContain(secret);
        }),
        RUNS,
      );
    });

    it("without a MAC", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...UNPROTECTED),
          fc.oneof(edits, bends),
          swaps,
          async (file, changes, pairs) => {
            const swapped = swap(file, pairs);
            const text = changes.reduce(
              (changed, one) => ("which" in one ? bend(changed, [one]) : edit(changed, [one])),
              swapped,
            );
            for (const secret of await outcomeOf(text)) expect(secret).not.toBe("");
          },
        ),
        RUNS,
      );
    });
  },
);
