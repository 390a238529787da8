import type { SlicedTask } from "../format.ts";
import { DoctypeGuard } from "./doctype.ts";
import { EntryParser, type RootChild } from "./entry-parser.ts";

/** Characters parsed at a stretch, a hundred keys or so: so few that a cancellation is heard at once. */
const PART_CHARACTERS = 65_536;

/** The same of entries: in a hostile file they are short, and each a row to be skipped. */
const ENTRIES_PER_TURN = 200;

/**
 * Visits every child of the root in the order of the file, its progress told and the thread given back now and then. Holds
 * no more of the file than a slice and one child. `unwrapped` as in {@link EntryParser}.
 * Rejects with {@link SeedFileError} `malformed`, `too-large` or `doctype-refused`, and as the file's slices do.
 */
export async function walkEntries(
  { source, pace, collector }: SlicedTask,
  visit: (entry: RootChild) => void | Promise<void>,
  unwrapped?: string,
): Promise<void> {
  const parser = new EntryParser(unwrapped);
  const doctype = new DoctypeGuard();
  let passed = 0;
  const visitAll = async (entries: readonly RootChild[], passedNow: number) => {
    // How many keys there will be is known at the end; until then, by those of the part that was read.
    const [seen, part] = collector.rows === 0 ? [entries.length, passedNow] : [collector.rows, passed];
    const total = Math.round((seen * source.size) / part);
    await pace.pause(collector.rows, total);
    passed = passedNow;
    for (const [index, entry] of entries.entries()) {
      if (index > 0 && index % ENTRIES_PER_TURN === 0) await pace.pause(collector.rows, total);
      await visit(entry);
    }
  };
  for await (const slice of source.slices()) {
    doctype.check(slice);
    for (let start = 0; start < slice.length; start += PART_CHARACTERS) {
      const part = slice.slice(start, start + PART_CHARACTERS);
      await visitAll(parser.push(part), passed + part.length);
    }
  }
  await visitAll(parser.end(), Math.max(1, passed));
}
