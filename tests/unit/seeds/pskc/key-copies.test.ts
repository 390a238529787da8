import { afterEach, describe, expect, it, vi } from "vitest";
import { readSeedFile } from "../../../../src/seeds/read-seed-file.ts";
import { pskcPackage, RFC_KEY } from "../files.ts";
import {
  AES_KEY,
  derivedKey,
  encryptedFile,
  macMethod,
  pbkdf2,
  PRE_SHARED,
  sealed,
} from "./encrypted-file.ts";

const FROM_PASSWORD = { key: pbkdf2("qwerty") };
const WRONG_KEY = Uint8Array.from(AES_KEY, (byte) => byte ^ 0xff);
const sound = pskcPackage({ secret: sealed(RFC_KEY.text) });

afterEach(() => vi.restoreAllMocks());

/** Every typed array that is made while `run` goes on; a copy of a key is among them. */
async function arraysMadeBy(run: () => Promise<unknown>): Promise<{ made: Uint8Array[]; keys: number }> {
  const made: Uint8Array[] = [];
  let keys = 0;
  const from = Uint8Array.from.bind(Uint8Array);
  vi.spyOn(Uint8Array, "from").mockImplementation((...parts: unknown[]) => {
    const array = from(...(parts as [ArrayLike<number>]));
    if (Buffer.from(array).equals(AES_KEY) || Buffer.from(array).equals(WRONG_KEY)) {
      made.push(array);
      keys += 1;
    }
    return array;
  });
  await run();
  return { made, keys };
}

describe("a pre-shared key", () => {
  it.each([
    ["a sound file is read", PRE_SHARED + macMethod() + sound, AES_KEY],
    ["the key is wrong", PRE_SHARED + macMethod() + sound, WRONG_KEY],
    [
      "the MAC's own key is damaged",
      `${PRE_SHARED}${macMethod().replace(/CipherValue>..../u, "CipherValue>!!!!")}${sound}`,
      AES_KEY,
    ],
    [
      "a MAC does not match",
      PRE_SHARED + macMethod() + sound + sound.replace(/<ValueMAC>./u, "<ValueMAC>!"),
      AES_KEY,
    ],
    [
      "the file ends early",
      `${PRE_SHARED}${macMethod()}${sound}<!--${" ".repeat(70_000)}--><KeyPackage>`,
      AES_KEY,
    ],
  ])("is kept in no copy when %s, and stays the caller's", async (_, inside, bytes) => {
    const key = new Uint8Array(bytes);
    const text = encryptedFile(inside);
    const { made, keys } = await arraysMadeBy(() => readSeedFile(text, { key }).catch(() => undefined));

    expect(keys).toBeGreaterThan(0);
    expect(made.every((array) => array.every((byte) => byte === 0))).toBe(true);
    expect(key).toEqual(new Uint8Array(bytes));
  });
});

describe("a password", () => {
  it("opens the same file twice: nothing of it was wiped away", async () => {
    const text = encryptedFile(
      derivedKey() + macMethod(FROM_PASSWORD) + pskcPackage({ secret: sealed(RFC_KEY.text, FROM_PASSWORD) }),
    );
    for (let time = 0; time < 2; time += 1) {
      expect((await readSeedFile(text, { password: "qwerty" })).seeds).toHaveLength(1);
    }
  });
});
