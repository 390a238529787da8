import { createCipheriv, createHmac, pbkdf2Sync } from "node:crypto";

/** Node's own cryptography writes the files of these tests, so that the reader's is judged by another. */
export const AES_KEY = Buffer.from("12345678901234567890123456789012", "hex");
export const MAC_KEY = Buffer.from("1122334455667788990011223344556677889900", "hex");
const IV = Buffer.from("000102030405060708090a0b0c0d0e0f", "hex");

export const XENC = "http://www.w3.org/2001/04/xmlenc#";
const NAMESPACES = `xmlns:xenc="${XENC}" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:xenc11="http://www.w3.org/2009/xmlenc11#" xmlns:pkcs5="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#"`;

export const HMAC_URIS = {
  md5: "http://www.w3.org/2001/04/xmldsig-more#hmac-md5",
  ripemd160: "http://www.w3.org/2001/04/xmldsig-more#hmac-ripemd160",
  sha1: "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
  sha224: "http://www.w3.org/2001/04/xmldsig-more#hmac-sha224",
  sha256: "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256",
  sha384: "http://www.w3.org/2001/04/xmldsig-more#hmac-sha384",
  sha512: "http://www.w3.org/2001/04/xmldsig-more#hmac-sha512",
} as const;

export type HmacHash = keyof typeof HMAC_URIS;

/** How the values of a file are encrypted. */
export interface Recipe {
  readonly key?: Buffer;
  /** Last part of the cipher's URI; `kw-aes-128-pad` and the like have another namespace. */
  readonly cipher?: string;
  /** The filler of XML Encryption's padding before its last byte; PKCS#7 unless told. */
  readonly filler?: number;
  readonly mac?: HmacHash | null;
  readonly macKey?: Buffer;
}

/** IV and ciphertext, or the wrapped value. */
export function encrypt(
  plain: Buffer,
  { key = AES_KEY, cipher = "aes128-cbc", filler }: Recipe = {},
): Buffer {
  const bits = key.length * 8;
  if (cipher.startsWith("kw-")) {
    const isPadded = cipher.endsWith("-pad");
    const iv = isPadded ? Buffer.from("a65959a6", "hex") : Buffer.alloc(8, 0xa6);
    const wrap = createCipheriv(`id-aes${bits}-wrap${isPadded ? "-pad" : ""}`, key, iv);
    return Buffer.concat([wrap.update(plain), wrap.final()]);
  }
  const count = 16 - (plain.length % 16);
  const padding = Buffer.alloc(count, filler ?? count);
  padding[count - 1] = count;
  const aes = createCipheriv(`aes-${bits}-cbc`, key, IV).setAutoPadding(false);
  return Buffer.concat([IV, aes.update(Buffer.concat([plain, padding])), aes.final()]);
}

export function encryptedData(value: Buffer | string, cipher = "aes128-cbc"): string {
  const text = typeof value === "string" ? value : value.toString("base64");
  const uri = cipher.includes("#") ? cipher : `${XENC}${cipher}`;
  return `<xenc:EncryptionMethod Algorithm="${uri}"/><xenc:CipherData><xenc:CipherValue>${text}</xenc:CipherValue></xenc:CipherData>`;
}

/** What stands inside Secret, Counter and the like. */
export function sealed(plain: Buffer | string, recipe: Recipe = {}): string {
  const value = encrypt(Buffer.from(plain), recipe);
  const { mac = "sha1", macKey = MAC_KEY } = recipe;
  const valueMac =
    mac === null ? "" : `<ValueMAC>${createHmac(mac, macKey).update(value).digest("base64")}</ValueMAC>`;
  return `<EncryptedValue>${encryptedData(value, recipe.cipher)}</EncryptedValue>${valueMac}`;
}

export function macMethod(recipe: Recipe = {}): string {
  const { mac = "sha1", macKey = MAC_KEY } = recipe;
  if (mac === null) return "";
  const inside = `<MACKey>${encryptedData(encrypt(macKey, recipe), recipe.cipher)}</MACKey>`;
  return `<MACMethod Algorithm="${HMAC_URIS[mac]}">${inside}</MACMethod>`;
}

export const PRE_SHARED = "<EncryptionKey><ds:KeyName>Pre-shared-key</ds:KeyName></EncryptionKey>";

export interface DerivedParts {
  readonly salt?: string;
  readonly iterations?: number | string;
  readonly keyLength?: number | string;
  readonly prf?: string;
  readonly algorithm?: string;
}

/** An EncryptionKey that is derived from a password. */
export function derivedKey(parts: DerivedParts = {}): string {
  const { salt = "Ej7/PEpyEpw=", iterations = 1000, keyLength = 16, prf = "<PRF/>" } = parts;
  const { algorithm = "http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#pbkdf2" } = parts;
  return `<EncryptionKey><xenc11:DerivedKey><xenc11:KeyDerivationMethod Algorithm="${algorithm}"><pkcs5:PBKDF2-params>
    <Salt><Specified>${salt}</Specified></Salt><IterationCount>${iterations}</IterationCount><KeyLength>${keyLength}</KeyLength>${prf}
    </pkcs5:PBKDF2-params></xenc11:KeyDerivationMethod><xenc11:MasterKeyName>Password</xenc11:MasterKeyName></xenc11:DerivedKey></EncryptionKey>`;
}

export function pbkdf2(password: string, hash = "sha1", keyBytes = 16): Buffer {
  return pbkdf2Sync(password, Buffer.from("Ej7/PEpyEpw=", "base64"), 1000, keyBytes, hash);
}

/** A container with the namespaces of XML Encryption. */
export function encryptedFile(inside: string): string {
  return `<KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc" ${NAMESPACES}>${inside}</KeyContainer>`;
}
