import { formatBase64 } from "../../src/core/text-forms.ts";
import type { Seed } from "../../src/otp/index.ts";
import { oracleCode, totpSeed } from "../support/seeds.ts";
import type { CodePair, TokenInUse } from "./page/main.ts";

/** A counter token: its codes do not wait for the time, so that hundreds can be used in seconds. */
export class CounterToken {
  readonly inUse: TokenInUse;
  readonly #seed: Seed;
  #next = 0;

  constructor(index: number) {
    const serialNumber = `CRASH${String(index).padStart(8, "0")}`;
    this.inUse = { userName: `user-${index}@example.com`, serialNumber };
    const secret = Uint8Array.from({ length: 20 }, (_, at) => (index * 31 + at * 7 + 1) % 256);
    this.#seed = totpSeed({ serialNumber, type: "hotp", secret });
  }

  /** The next code it shows. */
  code(): string {
    this.#next += 1;
    return oracleCode(this.#seed, this.#next - 1);
  }

  pair(): CodePair {
    return [this.code(), this.code()];
  }

  get package(): string {
    const { serialNumber, secret } = this.#seed;
    return `<KeyPackage><DeviceInfo><SerialNo>${serialNumber}</SerialNo></DeviceInfo>
<Key Id="${serialNumber}" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:hotp">
<AlgorithmParameters><ResponseFormat Length="6" Encoding="DECIMAL"/></AlgorithmParameters>
<Data><Secret><PlainValue>${formatBase64(secret)}</PlainValue></Secret><Counter><PlainValue>0</PlainValue></Counter></Data>
</Key></KeyPackage>`;
  }
}

/** A seed file of these tokens (RFC 6030). */
export function seedFileOf(tokens: readonly CounterToken[]): string {
  const packages = tokens.map((token) => token.package).join("");
  return `<KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc">${packages}</KeyContainer>`;
}
