import type { SlicedTask } from "./format.ts";
import { LineReader, type Line } from "./lines.ts";
import { estimateLines, markedSlices } from "./marked-slices.ts";

/** As in tables: few enough that a cancellation is heard at once. */
const LINES_PER_TURN = 100;

/** Visits every line of a file, with its progress told and the thread given back every hundred lines. */
export async function walkLines(task: SlicedTask, visit: (line: Line) => void): Promise<void> {
  const { source, head, pace, collector } = task;
  const lines = new LineReader();
  const total = estimateLines(head, source.size);
  for await (const { text, isLast } of markedSlices(source)) {
    lines.push(text, isLast);
    for (let line = lines.next(); line !== null; line = lines.next()) {
      if (line.number % LINES_PER_TURN === 1) await pace.pause(collector.rows, total);
      visit(line);
    }
  }
}
