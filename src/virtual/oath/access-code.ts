import type { Bytes } from "../../core/bytes.ts";
import { type Answer, answer, StatusError } from "./answer.ts";
import type { OathDialect } from "./dialect.ts";
import { hmac, sameBytes } from "./hmac.ts";
import { ALGORITHM, SW, TAG } from "./tables.ts";

/** CanoKey stores a key of this length only. */
const STRICT_KEY_LENGTH = 16;
const ALGORITHM_MASK = 0x0f;

/** The applet's password: a key, the challenge of this session, and whether the session has passed. */
export class AccessCode {
  readonly #dialect: OathDialect;
  readonly #random: (length: number) => Bytes;
  /** Kind byte and key, or null when no password is set. */
  #key: { readonly algorithm: number; readonly secret: Bytes } | null = null;
  #challenge: Bytes = new Uint8Array(8);
  #isValidated = false;

  constructor(dialect: OathDialect, random: (length: number) => Bytes) {
    this.#dialect = dialect;
    this.#random = random;
  }

  get isLocked(): boolean {
    return this.#key !== null && !this.#isValidated;
  }

  /** What SELECT adds while a password is set: a fresh challenge and the hash. */
  describe(): readonly number[] {
    if (this.#key === null) return [];
    this.#challenge = this.#random(8);
    return [TAG.CHALLENGE, this.#challenge.length, ...this.#challenge, TAG.ALGORITHM, 1, 1];
  }

  /** Another applet was selected, or the power went. */
  lock(): void {
    this.#isValidated = false;
  }

  clear(): void {
    this.#key = null;
  }

  /** SET CODE. */
  async set(data: Bytes): Promise<Answer> {
    if (data.length === 0) return this.#remove();
    const fields = this.#dialect.readFields(data);
    const key = fields.require(TAG.KEY);
    if (key.length === 0) return this.#remove();
    const algorithm = (key[0] ?? 0) & ALGORITHM_MASK;
    const secret = key.slice(1);
    if (!(algorithm in ALGORITHM) || secret.length === 0) throw new StatusError(SW.WRONG_DATA);
    if (this.#dialect.isStrict && secret.length !== STRICT_KEY_LENGTH) throw new StatusError(SW.WRONG_DATA);
    const challenge = fields.require(TAG.CHALLENGE);
    const response = fields.require(TAG.FULL_RESPONSE);
    fields.end();
    if (!sameBytes(response, await hmac(algorithm, secret, challenge)))
      throw new StatusError(SW.DATA_INVALID);
    this.#key = { algorithm, secret };
    this.#isValidated = false;
    return answer();
  }

  /** VALIDATE: both sides show that they know the key. */
  async validate(data: Bytes): Promise<Answer> {
    const fields = this.#dialect.readFields(data);
    const response = fields.require(TAG.FULL_RESPONSE);
    const challenge = fields.require(TAG.CHALLENGE);
    if (this.#key === null) throw new StatusError(SW.DATA_INVALID);
    const { algorithm, secret } = this.#key;
    if (!sameBytes(response, await hmac(algorithm, secret, this.#challenge))) {
      throw new StatusError(this.#dialect.wrongPassword);
    }
    this.#isValidated = true;
    const proof = await hmac(algorithm, secret, challenge);
    return answer([TAG.FULL_RESPONSE, proof.length, ...proof]);
  }

  #remove(): Answer {
    this.#key = null;
    return answer();
  }
}
