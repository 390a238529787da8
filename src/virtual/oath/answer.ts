import type { Bytes } from "../../core/bytes.ts";
import { SW } from "./tables.ts";

/** What an applet answers: data and a status word. */
export interface Answer {
  readonly data: Bytes;
  readonly sw: number;
}

/** Ends a command with a status word and no data. */
export class StatusError extends Error {
  override readonly name = "StatusError";
  readonly sw: number;

  constructor(sw: number) {
    super(`status ${sw.toString(16)}`);
    this.sw = sw;
  }
}

/** An answer of these bytes. */
export function answer(data: Bytes | readonly number[] = [], sw: number = SW.OK): Answer {
  return { data: Uint8Array.from(data), sw };
}

/** The answer as it goes over the wire. */
export function encodeAnswer({ data, sw }: Answer): Bytes {
  return Uint8Array.of(...data, sw >> 8, sw & 0xff);
}

/** What `process` answers; a {@link StatusError} becomes its status word. */
export async function settleAnswer(process: () => Promise<Answer>): Promise<Answer> {
  try {
    return await process();
  } catch (error) {
    if (error instanceof StatusError) return answer([], error.sw);
    throw error;
  }
}
