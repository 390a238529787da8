import { readFileSync } from "node:fs";

/** One command of a recording, the answer of the real firmware, and the comment lines before it. */
export interface RecordedExchange {
  readonly line: number;
  readonly command: string;
  readonly answer: string;
  readonly comments: readonly string[];
}

/** Reads a recording: `>` command, `<` answer, `#` comment. */
export function readRecording(name: string): RecordedExchange[] {
  const file = new URL(`../../fixtures/apdu/${name}.txt`, import.meta.url);
  const exchanges: RecordedExchange[] = [];
  let comments: string[] = [];
  let command: string | null = null;
  readFileSync(file, "utf8")
    .split("\n")
    .forEach((text, at) => {
      const body = text.slice(2).trim();
      if (text.startsWith("#")) comments.push(body);
      if (text.startsWith("> ")) command = body;
      if (!text.startsWith("< ") || command === null) return;
      exchanges.push({ line: at + 1, command, answer: body, comments });
      comments = [];
      command = null;
    });
  return exchanges;
}

const RESET_OATH = "00050000";
const UNSEEN = "0000000000000000";
const SELECT_ANSWER = /^7903......7108([0-9a-f]{16})(?:7408([0-9a-f]{16}))?/u;

/** The random numbers the firmware drew in a recording, in order: a device id at the start and at each reset, challenges. */
export function randomNumbersOf(exchanges: readonly RecordedExchange[]): string[] {
  // An id that no SELECT shows may be anything.
  const drawn = [UNSEEN];
  for (const { command, answer } of exchanges) {
    if (command === RESET_OATH && answer === "9000") drawn.push(UNSEEN);
    const [, id, challenge] = SELECT_ANSWER.exec(answer) ?? [];
    if (id !== undefined && drawn.at(-1) === UNSEEN) drawn.splice(-1, 1, id);
    if (challenge !== undefined) drawn.push(challenge);
  }
  return drawn;
}
