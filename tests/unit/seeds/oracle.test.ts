import { HOTP, Secret, TOTP } from "otpauth";
import { describe, expect, it } from "vitest";
import { createOtpEngine } from "../../../src/otp/index.ts";
import { readSeedFile } from "../../../src/seeds/index.ts";
import { fixture, RFC_KEY } from "./files.ts";

const KEY_32 = "12345678901234567890123456789012";
const KEY_64 = "1234567890123456789012345678901234567890123456789012345678901234";
const AT_MS = 1_790_000_000_000;

/** Per file and serial number: the key as it was before it was written into the file. */
const EXPECTED = [
  ["entra.csv", "0012300001", { key: RFC_KEY.text, period: 30 }],
  ["entra.csv", "0012300002", { key: KEY_32, period: 60 }],
  ["entra.csv", "0012300003", { key: "another shared secret", period: 30 }],
  ["entra-vendor.csv", "NL-0007", { key: RFC_KEY.text, period: 30 }],
  ["entra-vendor.csv", "NL-0008", { key: "another shared secret", period: 60 }],
  ["pskc-plain.xml", "0045600001", { key: RFC_KEY.text, period: 30, digits: 8 }],
  ["pskc-plain.xml", "0045600002", { key: KEY_32, period: 30, digits: 8, algorithm: "SHA256" }],
  ["pskc-plain.xml", "0045600003", { key: KEY_64, period: 60, digits: 8, algorithm: "SHA512" }],
  ["pskc-prefixed-draft.xml", "NL-0042", { key: RFC_KEY.text, period: 30 }],
] as const;

async function seedOf(file: string, serialNumber: string) {
  const { seeds } = await readSeedFile(fixture(file));
  const seed = seeds.find((candidate) => candidate.serialNumber === serialNumber);
  if (!seed) throw new Error(`${file} gave no ${serialNumber}`);
  return seed;
}

describe("a token read from a file shows the codes of its key", () => {
  it.each(EXPECTED)("%s, %s", async (file, serialNumber, { key, period, ...rest }) => {
    const { digits = 6, algorithm = "SHA1" } = rest as { digits?: number; algorithm?: string };
    const peer = new TOTP({ secret: Secret.fromUTF8(key), period, digits, algorithm });
    const seed = await seedOf(file, serialNumber);
    const engine = await createOtpEngine();

    const code = engine.code(seed, Math.floor(AT_MS / 1000 / seed.periodSeconds));

    expect(code).toBe(peer.generate({ timestamp: AT_MS }));
  });

  it("pskc-plain.xml, the counter token", async () => {
    const seed = await seedOf("pskc-plain.xml", "0045600004");
    const engine = await createOtpEngine();
    const peer = new HOTP({ secret: Secret.fromUTF8(RFC_KEY.text), digits: 6 });

    expect(engine.code(seed, seed.counter)).toBe(peer.generate({ counter: 7 }));
    // RFC 4226 appendix D, count 7.
    expect(engine.code(seed, seed.counter)).toBe("162583");
  });

  it.each([
    ["0045600001", "94287082"],
    ["0045600002", "46119246"],
  ])("pskc-plain.xml, %s at 59 seconds of 1970 (RFC 6238 appendix B)", async (serialNumber, code) => {
    expect((await createOtpEngine()).code(await seedOf("pskc-plain.xml", serialNumber), 1)).toBe(code);
  });
});
