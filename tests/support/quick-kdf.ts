import { concatBytes, utf8Bytes } from "../../src/core/bytes.ts";
import { isStronger, requireKdfParameters, type KdfParameters } from "../../src/vault/kdf-parameters.ts";
import type { PassphraseKdf } from "../../src/vault/passphrase-kdf.ts";
import { importSealingKey } from "../../src/vault/sealing.ts";

/** A derivation that takes no time, for tests of everything around it. It counts what it derived. */
export class QuickKdf implements PassphraseKdf {
  derived = 0;
  chosen: KdfParameters = { kdf: "Argon2id", memoryKiB: 19 * 1024, passes: 2 };

  choose(): Promise<KdfParameters> {
    return Promise.resolve(this.chosen);
  }

  reconsider(stored: KdfParameters): Promise<KdfParameters | null> {
    return Promise.resolve(isStronger(this.chosen, stored) ? this.chosen : null);
  }

  async derive(
    passphrase: string,
    salt: Uint8Array<ArrayBuffer>,
    parameters: KdfParameters,
  ): Promise<CryptoKey> {
    requireKdfParameters(parameters);
    this.derived += 1;
    const input = concatBytes(utf8Bytes(JSON.stringify([parameters.kdf, passphrase])), salt);
    return await importSealingKey(new Uint8Array(await crypto.subtle.digest("SHA-256", input)));
  }
}
