import { readFileSync } from "node:fs";
import type { SeedFileError } from "../../../src/seeds/errors.ts";
import { readSeedFile } from "../../../src/seeds/read-seed-file.ts";
import type { ReadSeedFileOptions, SkippedRow } from "../../../src/seeds/report.ts";
import type { SeedFileSource } from "../../../src/seeds/source.ts";

/** The key of RFC 4226 appendix D and RFC 6238 appendix B, "12345678901234567890", as seed files write it. */
export const RFC_KEY = {
  text: "12345678901234567890",
  base32: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
  base64: "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=",
  hex: "3132333435363738393031323334353637383930",
} as const;

export const ENTRA_HEADER = "upn,serial number,secret key,time interval,manufacturer,model";

/** The bytes of a file of tests/fixtures/seeds. */
export function fixture(name: string): Uint8Array {
  return readFileSync(new URL(`../../fixtures/seeds/${name}`, import.meta.url));
}

/** An Entra CSV with these rows. */
export function entraFile(...rows: string[]): string {
  return [ENTRA_HEADER, ...rows, ""].join("\n");
}

/** A good Entra row. */
export function entraRow(serialNumber: string, secret: string = RFC_KEY.base32): string {
  return `,${serialNumber},${secret},30,Maker,Model`;
}

/** A PSKC container with this inside. */
export function pskcFile(inside: string): string {
  return `<KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc">${inside}</KeyContainer>`;
}

/** Parts of a key package that a test sets; the others are those of a good TOTP key. */
export interface PskcParts {
  readonly device?: string;
  readonly algorithm?: string;
  readonly parameters?: string;
  readonly secret?: string;
  readonly data?: string;
  readonly policy?: string;
}

/** A key package with some parts replaced. */
export function pskcPackage(parts: PskcParts = {}): string {
  const device = parts.device ?? "<SerialNo>NL-1</SerialNo>";
  const secret = parts.secret ?? `<PlainValue>${RFC_KEY.base64}</PlainValue>`;
  return `<KeyPackage><DeviceInfo>${device}</DeviceInfo>
    <Key Id="k" Algorithm="${parts.algorithm ?? "urn:ietf:params:xml:ns:keyprov:pskc:totp"}">
      <AlgorithmParameters>${parts.parameters ?? ""}</AlgorithmParameters>
      <Data><Secret>${secret}</Secret>${parts.data ?? ""}</Data>${parts.policy ?? ""}
    </Key></KeyPackage>`;
}

/** The error with which a file is refused. */
export async function refusalOf(file: SeedFileSource, options?: ReadSeedFileOptions): Promise<SeedFileError> {
  try {
    await readSeedFile(file, options);
  } catch (error) {
    return error as SeedFileError;
  }
  throw new Error("the file was read");
}

/** The only skipped row of a file. */
export async function onlySkipped(file: SeedFileSource, options?: ReadSeedFileOptions): Promise<SkippedRow> {
  const { skipped } = await readSeedFile(file, options);
  const [row] = skipped;
  if (!row || skipped.length !== 1) throw new Error(`${skipped.length} rows were skipped, not one`);
  return row;
}
