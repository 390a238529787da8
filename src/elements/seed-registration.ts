import type { Bytes } from "../core/bytes.ts";
import { concatBytes, utf8Bytes, wipe } from "../core/bytes.ts";
import { formatBase32 } from "../core/text-forms.ts";
import type { LocalMfaService } from "../mfa/local-contract.ts";

/** A secret of our own making, as the inventory takes it. */
export interface NewSeed {
  readonly serialNumber: string;
  readonly secret: Bytes;
  readonly periodSeconds: number;
  readonly manufacturer: string;
  readonly model: string;
}

/** Microsoft Entra's CSV for OATH tokens, which the seed reader takes. */
const HEADER = "upn,serial number,secret key,time interval,manufacturer,model";

/** Puts a secret into the inventory; false when it was not taken, as with a serial number that is there already. */
export async function registerSeed(inventory: LocalMfaService, seed: NewSeed): Promise<boolean> {
  const { serialNumber, secret, periodSeconds, manufacturer, model } = seed;
  const file = concatBytes(
    utf8Bytes(`${HEADER}\n,${quoted(serialNumber)},`),
    utf8Bytes(formatBase32(secret)),
    utf8Bytes(`,${periodSeconds},${quoted(manufacturer)},${quoted(model)}\n`),
  );
  try {
    const { imported } = await inventory.importSeeds(file, { format: "csv-entra" });
    return imported === 1;
  } catch {
    return false;
  } finally {
    wipe(file);
  }
}

/** RFC 4180, section 2: quoted, with quotes doubled. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
