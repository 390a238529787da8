import { formatBase64 } from "../../core/text-forms.ts";
import type { Algorithm, Seed } from "../../otp/seed.ts";
import { SeedExportError } from "./errors.ts";
import { escapeText } from "./markup.ts";
import type { ValueSealer } from "./value-sealer.ts";

/** The cipher of every value; its URI is in XML Encryption section 5.2. */
export const CIPHER = `<xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>`;

/** Absent, SHA-1 is meant; that is what every reader assumes. */
const SUITES: Readonly<Record<Algorithm, string>> = {
  SHA1: "",
  SHA256: "<Suite>HMAC-SHA256</Suite>",
  SHA512: "<Suite>HMAC-SHA512</Suite>",
};

/** The KeyPackage of a token (RFC 6030 section 4), its secret encrypted. Throws {@link SeedExportError} `unsupported-seed`. */
export function formatKeyPackage(seed: Seed, sealer: ValueSealer): string {
  requireUsualClock(seed);
  const serialNumber = escapeText(seed.serialNumber);
  const { value, mac } = sealer.seal(seed.secret);
  return `<KeyPackage>
<DeviceInfo>${element("Manufacturer", seed.manufacturer)}<SerialNo>${serialNumber}</SerialNo>${element("Model", seed.model)}</DeviceInfo>
<Key Id="${serialNumber}" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:${seed.type}">
<AlgorithmParameters>${SUITES[seed.algorithm]}<ResponseFormat Encoding="DECIMAL" Length="${seed.digits}"/></AlgorithmParameters>
<Data>
<Secret><EncryptedValue>${CIPHER}${formatCipherData(formatBase64(value))}</EncryptedValue><ValueMAC>${formatBase64(mac)}</ValueMAC></Secret>
${seed.type === "hotp" ? plain("Counter", seed.counter) : clock(seed)}
</Data>
<Policy>${date("StartDate", seed.validFromMs)}${date("ExpiryDate", seed.validUntilMs)}<KeyUsage>OTP</KeyUsage></Policy>
</Key>
</KeyPackage>
`;
}

export function formatCipherData(base64: string): string {
  return `<xenc:CipherData><xenc:CipherValue>${base64}</xenc:CipherValue></xenc:CipherData>`;
}

function clock({ periodSeconds, driftSteps }: Seed): string {
  const drift = driftSteps === 0 ? "" : plain("TimeDrift", driftSteps);
  return `${plain("TimeInterval", periodSeconds)}${drift}`;
}

/** PSKC's Time is read in several ways (RFC 6030 section 4.3.5 leaves its unit open), so that no reader would be safe. */
function requireUsualClock({ type, t0Seconds, serialNumber }: Seed): void {
  if (type === "hotp" || t0Seconds === 0) return;
  throw new SeedExportError(
    "unsupported-seed",
    `The token ${serialNumber} counts its time from a moment of its own, which a PSKC file cannot say clearly. Leave that token out.`,
  );
}

function element(name: string, text: string | undefined): string {
  return text === undefined ? "" : `<${name}>${escapeText(text)}</${name}>`;
}

function plain(name: string, value: number): string {
  return `<${name}><PlainValue>${value}</PlainValue></${name}>`;
}

function date(name: string, atMs: number | undefined): string {
  return atMs === undefined ? "" : `<${name}>${new Date(atMs).toISOString()}</${name}>`;
}
