import type { KeySpan, SeedPack } from "./seed-pack.ts";

type TalliedSpan = Pick<KeySpan, "digits" | "clock" | "from" | "to">;

/** Remembers of each pack which kinds of keys it holds, how many of each: enough to tell a search's length beforehand. */
export class SpanTally {
  readonly #byPiece = new Map<number, readonly TalliedSpan[]>();

  /** A piece packed again counts once. */
  note(piece: number, { parts }: SeedPack): void {
    const spans = parts.flatMap((part) =>
      part.spans.map(({ digits, clock, from, to }) => ({ digits, clock, from, to })),
    );
    this.#byPiece.set(piece, spans);
  }

  *spans(): Generator<TalliedSpan, void> {
    for (const spans of this.#byPiece.values()) yield* spans;
  }
}
