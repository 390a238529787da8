import { utf8Bytes } from "../core/bytes.ts";
import { formatBase32 } from "../core/text-forms.ts";
import type { Seed } from "../otp/index.ts";

const MANUFACTURER = "oath-bridge demo";

/** The last digits of the serial numbers. They leave gaps, so that a serial guessed by counting is unknown. */
const NUMBERS = [17, 24, 31, 48, 55, 62, 79, 86, 93, 105, 112, 129] as const;

/** The one token of the box that shows each code for a minute. */
const SLOW_NUMBER = 93;

/** Serial numbers of the sample tokens, shaped as OATH token identifiers: maker, kind, eight digits. */
export const SAMPLE_SERIAL_NUMBERS: readonly string[] = NUMBERS.map(serialNumberOf);

/** The seed of a sample token, or null when the box does not hold it. Each call gives a copy of its own. */
export function findSampleSeed(serialNumber: string): Seed | null {
  const number = NUMBERS.find((candidate) => serialNumberOf(candidate) === serialNumber);
  return number === undefined ? null : sampleSeed(number);
}

/** The seed file that came with the box: the CSV Microsoft Entra takes, base32 secrets, one token a row. */
export function sampleInventoryCsv(): string {
  const rows = NUMBERS.map((number) => {
    const { serialNumber, secret, periodSeconds, manufacturer, model } = sampleSeed(number);
    const upn = "inventory@example.com";
    return [upn, serialNumber, formatBase32(secret), periodSeconds, manufacturer, model].join(",");
  });
  return ["upn,serial number,secret key,time interval,manufacturer,model", ...rows, ""].join("\r\n");
}

function sampleSeed(number: (typeof NUMBERS)[number]): Seed {
  const isSlow = number === SLOW_NUMBER;
  return {
    serialNumber: serialNumberOf(number),
    type: "totp",
    // Readable on purpose: nobody should take these for real seeds. 20 bytes, the length RFC 4226 section 4 recommends.
    secret: utf8Bytes(`oath-bridge demo ${String(number).padStart(3, "0")}`),
    algorithm: "SHA1",
    digits: 6,
    periodSeconds: isSlow ? 60 : 30,
    t0Seconds: 0,
    counter: 0,
    driftSteps: 0,
    manufacturer: MANUFACTURER,
    model: isSlow ? "Key fob 60 s" : "Key fob 30 s",
  };
}

function serialNumberOf(number: number): string {
  return `OBDT${10_000_000 + number}`;
}
