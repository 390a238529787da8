import { type Answer, answer } from "./answer.ts";
import type { StoredCredential } from "./credential.ts";
import { SW } from "./tables.ts";

/** Makes the bytes of one credential's entry. */
export type Entry = (credential: StoredCredential) => readonly number[] | Promise<readonly number[]>;

/** An answer of entries, given out page by page; a page ends between two entries. */
export class PagedAnswer {
  readonly #credentials: readonly StoredCredential[];
  readonly #entry: Entry;
  readonly #reserve: (credential: StoredCredential) => number;
  #at = 0;

  /** `reserve` is the room the firmware wants to see free for an entry, be it shorter or not. */
  constructor(
    credentials: readonly StoredCredential[],
    entry: Entry,
    reserve: (credential: StoredCredential) => number,
  ) {
    this.#credentials = credentials;
    this.#entry = entry;
    this.#reserve = reserve;
  }

  /** As many of the next entries as fit into `room` bytes; the status word says whether there are more. */
  async next(room: number): Promise<Answer> {
    const page: number[] = [];
    for (const credential of this.#credentials.slice(this.#at)) {
      if (page.length + this.#reserve(credential) > room) return answer(page, SW.MORE);
      page.push(...(await this.#entry(credential)));
      this.#at += 1;
    }
    return answer(page);
  }
}
