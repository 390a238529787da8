import type { CommandApdu } from "../apdu/command.ts";
import { concatBytes, type Bytes } from "../core/bytes.ts";
import type { Algorithm } from "../otp/seed.ts";
import { encodeTlv } from "../tlv/writer.ts";
import type { CredentialType } from "./credential.ts";
import type { OathDialect } from "./dialect.ts";
import { INS, TAG } from "./instructions.ts";
import { encodeTypeByte } from "./type-byte.ts";

export interface PutRequest {
  readonly name: Bytes;
  readonly type: CredentialType;
  readonly algorithm: Algorithm;
  readonly digits: number;
  readonly secret: Bytes;
  /** Bits of `PROPERTY`; 0 sends none. */
  readonly properties: number;
  /** Initial moving factor; 0 sends none, for a token refuses it with TOTP. */
  readonly counter: number;
}

/** PUT. The order is fixed: name, key, property, counter. The data holds the secret: wipe it after use. */
export function encodePut(dialect: OathDialect, request: PutRequest): CommandApdu {
  const { name, type, algorithm, digits, secret, properties, counter } = request;
  const key = encodeTlv(TAG.KEY, Uint8Array.of(encodeTypeByte(type, algorithm), digits), secret);
  const data = concatBytes(
    encodeTlv(TAG.NAME, name),
    key,
    properties === 0 ? new Uint8Array(0) : encodeProperty(dialect, properties),
    counter === 0 ? new Uint8Array(0) : encodeTlv(TAG.COUNTER, encodeCounter(counter)),
  );
  key.fill(0);
  return { ins: INS.PUT, data };
}

/** The one tag without a length byte; old CanoKeys want it nevertheless. */
function encodeProperty({ propertyHasLength }: OathDialect, properties: number): Bytes {
  const value = Uint8Array.of(properties);
  return propertyHasLength ? encodeTlv(TAG.PROPERTY, value) : concatBytes(Uint8Array.of(TAG.PROPERTY), value);
}

function encodeCounter(counter: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, counter);
  return bytes;
}
