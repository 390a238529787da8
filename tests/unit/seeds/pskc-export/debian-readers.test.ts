import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { formatBase64, formatHex } from "../../../../src/core/text-forms.ts";
import type { Seed } from "../../../../src/otp/seed.ts";
import { exportPskc, readSeedFile } from "../../../../src/seeds/index.ts";
import { fixture, pskcFile, pskcPackage } from "../files.ts";

// Two readers that are not ours: pskctool knows plain values only, python3-pskc decrypts and encrypts as well.

/** The python that Debian's packages are for; another may come first in the path. */
const PYTHON = "/usr/bin/python3";
const HAS_PSKCTOOL = run("pskctool", ["--version"]) !== null;
const HAS_PYTHON_PSKC = run(PYTHON, ["-c", "import pskc, cryptography"]) !== null;
if (!HAS_PSKCTOOL) process.stderr.write("skipped: pskctool is not installed (Debian package pskctool)\n");
if (!HAS_PYTHON_PSKC)
  process.stderr.write("skipped: python3-pskc is not installed (Debian package python3-pskc)\n");

const PASSWORD = "correct horse";
const folder = mkdtempSync(path.join(os.tmpdir(), "oath-bridge-pskc-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SEEDS: readonly Seed[] = ([6, 7, 8] as const).flatMap((digits, index) =>
  (["totp", "hotp"] as const).map((type) => ({
    serialNumber: `${type}-00${digits}`,
    type,
    secret: Uint8Array.from({ length: 20 + index * 12 }, (_, at) => (at * 37 + digits) & 0xff),
    algorithm: (["SHA1", "SHA256", "SHA512"] as const)[index] ?? "SHA1",
    digits,
    periodSeconds: type === "totp" ? 60 : 30,
    t0Seconds: 0,
    counter: type === "hotp" ? 1234 : 0,
    driftSteps: type === "totp" ? -index : 0,
    manufacturer: "Müller & <Söhne>",
    model: "OTP 1",
    validFromMs: Date.UTC(2026, 0, 1),
  })),
);

/** Output of a program; null when it cannot run or fails. */
function run(program: string, args: readonly string[], input?: string): string | null {
  const { status, stdout } = spawnSync(program, [...args], { encoding: "utf8", input: input ?? "" });
  return status === 0 ? stdout : null;
}

/** What pskctool prints, one record a key: its labels without blanks around them. */
function pskctool(text: string): Map<string, string>[] {
  const printed = run("pskctool", ["--info"], text);
  if (printed === null) throw new Error("pskctool failed");
  return printed
    .split(/^\s*KeyPackage \d+:$/mu)
    .slice(1)
    .map(
      (record) =>
        new Map(
          [...record.matchAll(/^\s*([^:\n]+): (.*)$/gmu)].map(([, key = "", value = ""]) => [key, value]),
        ),
    );
}

/** What pskctool knows of a seed, with what a file may leave out filled in; it prints a drift as an unsigned number. */
function inItsWords(seed: Seed): object {
  const isTotp = seed.type === "totp";
  return {
    serial: seed.serialNumber,
    type: `urn:ietf:params:xml:ns:keyprov:pskc:${seed.type}`,
    digits: String(seed.digits),
    suite: `HMAC-${seed.algorithm}`,
    manufacturer: seed.manufacturer,
    model: seed.model,
    counter: isTotp ? undefined : String(seed.counter),
    interval: isTotp ? String(seed.periodSeconds) : undefined,
    drift: isTotp ? String(seed.driftSteps >>> 0) : undefined,
  };
}

function ofItsWords(record: Map<string, string>): object {
  const type = record.get("Algorithm");
  const isTotp = type?.endsWith("totp") === true;
  return {
    serial: record.get("SerialNo"),
    type,
    digits: record.get("Response Format Length") ?? "6",
    suite: record.get("Algorithm Parameters Suite") ?? "HMAC-SHA1",
    manufacturer: record.get("Manufacturer"),
    model: record.get("Model"),
    counter: isTotp ? undefined : (record.get("Key Counter") ?? "0"),
    interval: isTotp ? (record.get("Key TimeInterval") ?? "30") : undefined,
    drift: isTotp ? (record.get("Key TimeDrift") ?? "0") : undefined,
  };
}

const READ_WITH_PYTHON = `
import sys, json, pskc
file = pskc.PSKC(sys.argv[1])
file.encryption.derive_key(sys.argv[2])
print(json.dumps([dict(serial=k.serial, secret=k.secret.hex(), counter=k.counter, interval=k.time_interval,
  drift=k.time_drift, digits=k.response_length, suite=k.algorithm_suite, type=k.algorithm.split(':')[-1],
  manufacturer=k.manufacturer, model=k.model, usable=k.policy.may_use('OTP')) for k in file.keys if k.check()]))
`;

const WRITE_WITH_PYTHON = `
import sys, pskc
file = pskc.PSKC()
for number in range(1, 5):
  file.add_key(id=str(number), serial='P-%d' % number, algorithm='urn:ietf:params:xml:ns:keyprov:pskc:totp',
    secret=bytes(range(number, number + 20)), time_interval=30 * number, response_length=6, response_encoding='DECIMAL')
cipher, way = sys.argv[2], sys.argv[3]
if way == 'password':
  file.encryption.setup_pbkdf2('correct horse', iterations=500, algorithm=cipher, prf=sys.argv[5] or None, fields=['secret', 'time_interval'])
else:
  file.encryption.setup_preshared_key(key=bytes.fromhex(way), algorithm=cipher, fields=['secret', 'time_interval'])
if sys.argv[4]: file.mac.setup(algorithm=sys.argv[4])
file.write(sys.argv[1])
`;

describe.skipIf(!HAS_PSKCTOOL)("pskctool", () => {
  it("finds an exported file valid, and reads all of it but the encrypted secrets as it is", async () => {
    const text = await (await exportPskc(SEEDS, PASSWORD, { iterations: 2 })).text();

    expect(run("pskctool", ["--validate"], text)).toContain("OK");
    const records = pskctool(text);
    expect(records.map(ofItsWords)).toEqual(SEEDS.map(inItsWords));
    expect(records[0]?.get("Policy StartDate")).toBe("2026-01-01 00:00:00");
    expect(records[0]?.get("Key Usage")).toBe("OTP");
  });

  it.each([
    ["a file of our own", new TextDecoder().decode(fixture("pskc-plain.xml"))],
    ["a file of one key", pskcFile(pskcPackage())],
    [
      "a file of a counter",
      pskcFile(
        pskcPackage({
          algorithm: "urn:ietf:params:xml:ns:keyprov:pskc:hotp",
          data: "<Counter><PlainValue>77</PlainValue></Counter>",
        }),
      ),
    ],
  ])("reads the same keys as we do in %s", async (_, text) => {
    const { seeds } = await readSeedFile(text);
    const records = pskctool(text);
    expect(records.map((record) => record.get("Key Secret (base64)")?.trim())).toEqual(
      seeds.map(({ secret }) => formatBase64(secret)),
    );
    expect(records.map(ofItsWords)).toEqual(seeds.map(inItsWords));
  });
});

describe.skipIf(!HAS_PYTHON_PSKC)("python3-pskc", () => {
  it("decrypts an exported file to the same seeds", async () => {
    const file = path.join(folder, "exported.pskcxml");
    writeFileSync(file, await (await exportPskc(SEEDS, PASSWORD, { iterations: 500 })).text());
    const printed = run(PYTHON, ["-c", READ_WITH_PYTHON, file, PASSWORD]);

    expect(JSON.parse(printed ?? "null")).toEqual(
      SEEDS.map((seed) => ({
        serial: seed.serialNumber,
        secret: formatHex(seed.secret),
        counter: seed.type === "hotp" ? seed.counter : null,
        interval: seed.type === "totp" ? seed.periodSeconds : null,
        drift: seed.driftSteps === 0 ? null : seed.driftSteps,
        digits: seed.digits,
        suite: seed.algorithm === "SHA1" ? null : `HMAC-${seed.algorithm}`,
        type: seed.type,
        manufacturer: seed.manufacturer,
        model: seed.model,
        usable: true,
      })),
    );
  });

  it.each<[cipher: string, way: string, mac: string, prf: string]>([
    ["aes128-cbc", "password", "hmac-sha1", ""],
    ["aes256-cbc", "password", "hmac-sha256", "hmac-sha256"],
    ["aes192-cbc", "password", "hmac-sha512", "hmac-sha512"],
    ["aes128-cbc", "00112233445566778899aabbccddeeff", "hmac-sha224", ""],
    ["aes192-cbc", "00112233445566778899aabbccddeeff0011223344556677", "hmac-sha384", ""],
    ["aes256-cbc", "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff", "hmac-md5", ""],
  ])("writes with %s, %s, %s %s what we read", async (cipher, way, mac, prf) => {
    const file = path.join(folder, `${cipher}-${mac}.pskcxml`);
    expect(run(PYTHON, ["-c", WRITE_WITH_PYTHON, file, cipher, way, mac, prf])).not.toBeNull();
    const options =
      way === "password" ? { password: PASSWORD } : { key: Uint8Array.from(Buffer.from(way, "hex")) };
    const { seeds, skipped } = await readSeedFile(readFileSync(file), options);

    expect(skipped).toEqual([]);
    expect(
      seeds.map(({ serialNumber, secret, periodSeconds }) => [
        serialNumber,
        formatHex(secret),
        periodSeconds,
      ]),
    ).toEqual(
      [1, 2, 3, 4].map((number) => [
        `P-${number}`,
        Buffer.from(Array.from({ length: 20 }, (_, at) => at + number)).toString("hex"),
        30 * number,
      ]),
    );
  });
});
