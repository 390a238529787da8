import { SeedFileError } from "../errors.ts";

/**
 * Throws {@link SeedFileError} `doctype-refused` for a document type or entity declaration anywhere, even in a comment: no
 * seed format has one, and entities are how XML is made to fetch files or to grow a thousandfold (OWASP ASVS 5.0, 1.5.1).
 */
export function refuseDoctype(text: string): void {
  if (!/<!(?:DOCTYPE|ENTITY)/iu.test(text)) return;
  throw new SeedFileError(
    "doctype-refused",
    "The file holds a DOCTYPE or ENTITY declaration, which no seed file needs. Ask the sender for a file without it.",
  );
}
