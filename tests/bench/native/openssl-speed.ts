import { spawnSync } from "node:child_process";

/** What OpenSSL does on one core of this machine. */
export interface NativeRate {
  readonly name: string;
  /** Operations a second. */
  readonly rate: number;
}

/** `openssl speed` by its machine-readable last line, `+F:22:sha1:123456.78`: bytes a second. */
const TRIALS = [
  { name: "SHA1, 64-byte messages", bytes: 64, args: ["-evp", "sha1"] },
  { name: "SHA256, 64-byte messages", bytes: 64, args: ["-evp", "sha256"] },
  { name: "SHA512, 64-byte messages", bytes: 64, args: ["-evp", "sha512"] },
  { name: "HMAC-SHA1, 8-byte messages", bytes: 8, args: ["-hmac", "sha1"] },
  { name: "HMAC-SHA256, 8-byte messages", bytes: 8, args: ["-hmac", "sha256"] },
  { name: "HMAC-SHA512, 8-byte messages", bytes: 8, args: ["-hmac", "sha512"] },
] as const;

/** One second each; empty where there is no `openssl`. An HMAC of 8 bytes is a code without its truncation. */
export function measureOpenssl(): NativeRate[] {
  return TRIALS.flatMap(({ name, bytes, args }) => {
    const { stdout } = spawnSync(
      "openssl",
      ["speed", "-mr", "-seconds", "1", "-bytes", String(bytes), ...args],
      { encoding: "utf8" },
    );
    const bytesPerSecond = Number(/^\+F:\d+:[^:]+:([\d.]+)$/mu.exec(stdout ?? "")?.[1]);
    return bytesPerSecond > 0 ? [{ name: `OpenSSL ${name}`, rate: bytesPerSecond / bytes }] : [];
  });
}
