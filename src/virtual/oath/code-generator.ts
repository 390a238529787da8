import type { Bytes } from "../../core/bytes.ts";
import { StatusError } from "./answer.ts";
import {
  isHotp,
  isIncreasing,
  needsTouch,
  type StoredCredential,
  toBigInt,
  toEightBytes,
} from "./credential.ts";
import type { OathDialect } from "./dialect.ts";
import { hmac, truncate } from "./hmac.ts";
import { ALGORITHM, SW, TAG } from "./tables.ts";
import type { TouchSensor } from "./touch-sensor.ts";

const ALGORITHM_MASK = 0x0f;

/** Computes responses, and keeps the rules of counters, touch and increasing challenges. */
export class CodeGenerator {
  readonly #dialect: OathDialect;
  readonly #touch: TouchSensor;

  constructor(dialect: OathDialect, touch: TouchSensor) {
    this.#dialect = dialect;
    this.#touch = touch;
  }

  /** CALCULATE's answer: `76 05 digits bytes`, or `75 length digits mac` for the whole response. */
  async calculate(credential: StoredCredential, challenge: Bytes, isTruncated: boolean): Promise<number[]> {
    if (!isHotp(credential)) this.#requireIncreasing(credential, challenge);
    if (this.#dialect.waitsForTouch && needsTouch(credential) && !(await this.#touch.wait())) {
      throw new StatusError(SW.SECURITY_STATUS);
    }
    // Pico stores any hash number and fails when it is used.
    if (!hasKnownHash(credential)) throw new StatusError(SW.EXECUTION);
    const message = isHotp(credential) ? toEightBytes(this.#nextCounter(credential)) : challenge;
    const mac = await hmac(credential.kind & ALGORITHM_MASK, credential.secret, message);
    if (isIncreasing(credential) && !isHotp(credential)) credential.lastChallenge = toBigInt(challenge);
    const value = isTruncated ? truncate(mac) : mac;
    return [responseTag(isTruncated), value.length + 1, credential.digits, ...value];
  }

  /** One entry of CALCULATE ALL, which never waits and never counts. */
  async entry(credential: StoredCredential, challenge: Bytes, isTruncated: boolean): Promise<number[]> {
    const name = [TAG.NAME, credential.name.length, ...credential.name];
    if (isHotp(credential)) return [...name, TAG.NO_RESPONSE, 1, credential.digits];
    if (needsTouch(credential)) return [...name, TAG.TOUCH_RESPONSE, 1, credential.digits];
    if (!hasKnownHash(credential)) return [...name, responseTag(isTruncated), 1, credential.digits];
    return [...name, ...(await this.calculate(credential, challenge, isTruncated))];
  }

  #nextCounter(credential: StoredCredential): bigint {
    const before = credential.counter;
    credential.counter = BigInt.asUintN(64, before + 1n);
    return this.#dialect.countsFirst ? credential.counter : before;
  }

  #requireIncreasing(credential: StoredCredential, challenge: Bytes): void {
    if (
      this.#dialect.isStrict &&
      isIncreasing(credential) &&
      toBigInt(challenge) < credential.lastChallenge
    ) {
      throw new StatusError(SW.SECURITY_STATUS);
    }
  }
}

function responseTag(isTruncated: boolean): number {
  return isTruncated ? TAG.TRUNCATED_RESPONSE : TAG.FULL_RESPONSE;
}

function hasKnownHash({ kind }: StoredCredential): boolean {
  return (kind & ALGORITHM_MASK) in ALGORITHM;
}
