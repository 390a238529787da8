import type { Bytes } from "../../core/bytes.ts";
import { type VirtualAccount, toStoredCredential } from "./account.ts";
import { AccessCode } from "./access-code.ts";
import { type Answer, answer, settleAnswer, StatusError } from "./answer.ts";
import { CodeGenerator } from "./code-generator.ts";
import type { ReceivedCommand } from "./command.ts";
import { CredentialMemory, isHotp, needsTouch, type StoredCredential } from "./credential.ts";
import type { OathDialect, Operation } from "./dialect.ts";
import { readPut } from "./put.ts";
import { PagedAnswer } from "./paged-answer.ts";
import { SW, TAG } from "./tables.ts";
import { TouchSensor } from "./touch-sensor.ts";
import type { TokenTimer } from "./token-timer.ts";

const CHALLENGE_MOST = 8;
/** P1 and P2 of RESET. */
const DEAD = { P1: 0xde, P2: 0xad } as const;
/** Longest value of a response: the digits, then four bytes or the longest HMAC. */
const RESPONSE_MOST = { TRUNCATED: 5, FULL: 65 } as const;
/** LIST with this data byte asks Pico for a property byte in each entry. */
const WITH_PROPERTIES = 0x01;

/** What an applet needs from outside. */
export interface OathAppletOptions {
  readonly dialect: OathDialect;
  readonly timer: TokenTimer;
  readonly random: (length: number) => Bytes;
  /** Makes the device id, tag 71 of SELECT: 8 bytes, the salt of the password. */
  readonly makeId: () => Bytes;
}

/** The OATH applet of a CanoKey or a Pico FIDO, modelled command by command. */
export class OathApplet {
  readonly touchSensor: TouchSensor;
  readonly #dialect: OathDialect;
  readonly #makeId: () => Bytes;
  readonly #access: AccessCode;
  readonly #codes: CodeGenerator;
  readonly #memory: CredentialMemory;
  #id: Bytes;
  #pages: PagedAnswer | null = null;
  /** Called by SET DEFAULT: the slot (P1), the credential, and whether Enter follows. */
  onSetDefault: (slot: number, name: Bytes, withEnter: boolean) => void = () => undefined;

  constructor({ dialect, timer, random, makeId }: OathAppletOptions) {
    this.#dialect = dialect;
    this.#makeId = makeId;
    this.#id = makeId();
    this.#memory = new CredentialMemory(dialect.maximum);
    this.touchSensor = new TouchSensor(timer);
    this.#access = new AccessCode(dialect, random);
    this.#codes = new CodeGenerator(dialect, this.touchSensor);
  }

  /** Puts an account into the memory, past the protocol. */
  store(account: VirtualAccount): void {
    this.#memory.put(toStoredCredential(account, this.#dialect));
  }

  /** SELECT's answer. */
  select(): Answer {
    const { version } = this.#dialect;
    if (version === null) return answer();
    const head = [TAG.VERSION, version.length, ...version, TAG.NAME, this.#id.length, ...this.#id];
    return answer([...head, ...this.#access.describe()]);
  }

  /** Another applet was selected. */
  deselect(): void {
    this.#access.lock();
  }

  powerOff(): void {
    this.touchSensor.cancel();
    this.#access.lock();
    this.#pages = null;
  }

  /** Erases everything; the token gets a new id. */
  erase(): void {
    this.#memory.clear();
    this.#access.clear();
    this.#pages = null;
    this.#id = this.#makeId();
  }

  /** Answers one command. */
  process(command: ReceivedCommand): Promise<Answer> {
    return settleAnswer(async () => {
      if (this.#dialect.checksClass && command.cla !== 0) throw new StatusError(SW.WRONG_CLASS);
      const operation = this.#dialect.operations[command.ins];
      if (operation === undefined) throw new StatusError(SW.UNKNOWN_INSTRUCTION);
      if (this.#access.isLocked && operation !== "validate" && operation !== "reset") {
        throw new StatusError(SW.SECURITY_STATUS);
      }
      return this.#do(operation, command);
    });
  }

  #do(operation: Operation, command: ReceivedCommand): Promise<Answer> | Answer {
    const { data } = command;
    switch (operation) {
      case "put":
        return this.#put(data);
      case "delete":
        this.#memory.delete(this.#requireCredential(this.#dialect.readFields(data).require(TAG.NAME)));
        return answer();
      case "rename":
        return this.#rename(data);
      case "setDefault":
        return this.#setDefault(command);
      case "setCode":
        return this.#access.set(data);
      case "validate":
        return this.#access.validate(data);
      case "reset":
        if (command.p1 !== DEAD.P1 || command.p2 !== DEAD.P2) throw new StatusError(SW.WRONG_P1P2);
        this.erase();
        return answer();
      case "list":
        return this.#list(command);
      case "calculate":
        return this.#calculate(command);
      case "calculateAll":
        return this.#calculateAll(command);
      case "sendRemaining":
        return this.#sendRemaining(command);
    }
  }

  #put(data: Bytes): Answer {
    const credential = readPut(this.#dialect, data);
    const isTaken = this.#memory.find(credential.name) !== null;
    if (isTaken && !this.#dialect.overwrites) throw new StatusError(SW.CONDITIONS);
    if (!isTaken && this.#memory.isFull) throw new StatusError(SW.FULL);
    this.#memory.put(credential);
    return answer();
  }

  #rename(data: Bytes): Answer {
    const fields = this.#dialect.readFields(data);
    const credential = this.#requireCredential(fields.require(TAG.NAME));
    const name = fields.require(TAG.NAME);
    // Pico does not look whether another credential has the name.
    if (this.#dialect.isStrict && this.#memory.find(name) !== null) throw new StatusError(SW.CONDITIONS);
    credential.name = name;
    return answer();
  }

  #setDefault({ p1, p2, data }: ReceivedCommand): Answer {
    if (!this.#dialect.touchSlots.includes(p1) || p2 > 1) throw new StatusError(SW.WRONG_P1P2);
    const credential = this.#requireCredential(this.#dialect.readFields(data).require(TAG.NAME));
    // The token has no clock: it can type counters only.
    if (!isHotp(credential)) throw new StatusError(SW.CONDITIONS);
    this.onSetDefault(p1, credential.name, p2 === 1);
    return answer();
  }

  #list(command: ReceivedCommand): Promise<Answer> {
    if (command.p1 !== 0 || command.p2 !== 0) throw new StatusError(SW.WRONG_P1P2);
    const withProperties = !this.#dialect.isStrict && command.data[0] === WITH_PROPERTIES;
    const entry = (one: StoredCredential) => {
      const { name, kind, digits } = one;
      if (this.#dialect.listsByName)
        return [TAG.NAME, name.length, ...name, TAG.FULL_RESPONSE, 2, kind, digits];
      const extra = withProperties ? [needsTouch(one) ? 1 : 0] : [];
      return [TAG.NAME_LIST, name.length + 1 + extra.length, kind, ...name, ...extra];
    };
    return this.#answerEntries(command, new PagedAnswer(this.#memory.all, entry, (one) => entry(one).length));
  }

  async #calculate({ p1, p2, data }: ReceivedCommand): Promise<Answer> {
    if (p1 !== 0 || p2 > 1) throw new StatusError(SW.WRONG_P1P2);
    const fields = this.#dialect.readFields(data);
    const credential = this.#requireCredential(fields.require(TAG.NAME));
    const needsChallenge = !isHotp(credential) || this.#dialect.hotpNeedsChallenge;
    const challenge = needsChallenge
      ? this.#requireChallenge(fields.require(TAG.CHALLENGE))
      : new Uint8Array(0);
    return answer(await this.#codes.calculate(credential, challenge, p2 === 1));
  }

  #calculateAll(command: ReceivedCommand): Promise<Answer> {
    if (command.p1 !== 0 || command.p2 > 1) throw new StatusError(SW.WRONG_P1P2);
    const challenge = this.#requireChallenge(this.#dialect.readFields(command.data).require(TAG.CHALLENGE));
    const isTruncated = command.p2 === 1;
    const entry = (one: StoredCredential) => this.#codes.entry(one, challenge, isTruncated);
    const response = isTruncated ? RESPONSE_MOST.TRUNCATED : RESPONSE_MOST.FULL;
    const reserve = ({ name }: StoredCredential) => 2 + name.length + 2 + response;
    return this.#answerEntries(command, new PagedAnswer(this.#memory.all, entry, reserve));
  }

  #answerEntries(command: ReceivedCommand, pages: PagedAnswer): Promise<Answer> {
    if (!this.#dialect.hasPages) return pages.next(Number.POSITIVE_INFINITY);
    this.#pages = pages;
    return this.#sendRemaining(command);
  }

  async #sendRemaining({ le }: ReceivedCommand): Promise<Answer> {
    // Pico knows the instruction and has nothing to say: its own paging is GET RESPONSE.
    if (!this.#dialect.hasPages) return answer();
    if (this.#pages === null) throw new StatusError(SW.CONDITIONS);
    try {
      const page = await this.#pages.next(le ?? 0);
      if (page.sw === SW.OK) this.#pages = null;
      return page;
    } catch (error) {
      this.#pages = null;
      throw error;
    }
  }

  #requireCredential(name: Bytes): StoredCredential {
    const found = this.#memory.find(name);
    if (found === null) throw new StatusError(SW.DATA_INVALID);
    return found;
  }

  #requireChallenge(challenge: Bytes): Bytes {
    const fits = challenge.length > 0 && challenge.length <= CHALLENGE_MOST;
    if (this.#dialect.isStrict && !fits) throw new StatusError(SW.WRONG_DATA);
    return challenge;
  }
}
