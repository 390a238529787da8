import { SeedFileError } from "../errors.ts";
import { lastPart } from "./elements.ts";

/**
 * The refusal of a file whose encryption is not served. `what` says which part; `algorithm` is as the file names it, and
 * comes into the message only when it looks like a name.
 */
export function unsupportedEncryption(what: string, algorithm: string | null): SeedFileError {
  const name = nameOf(algorithm);
  const named = name === null ? "" : ` (${name})`;
  return new SeedFileError(
    "unsupported-encryption",
    `The file is encrypted with ${what}${named} that cannot be read. Ask the sender for PSKC encrypted with AES and a password or pre-shared key.`,
    name === null ? {} : { details: { algorithm: name } },
  );
}

/** `tripledes-cbc` of `http://www.w3.org/2001/04/xmlenc#tripledes-cbc`; null when it is no such name. */
function nameOf(algorithm: string | null): string | null {
  const name = lastPart(algorithm ?? "");
  return /^[a-z][\w.+-]{1,30}$/u.test(name) ? name : null;
}
