import { formatDuration } from "./formats.ts";
import type { Messages } from "./messages.ts";
import { pageClock } from "./page-clock.ts";

/** What is wrong with this computer's clock, in words; empty where nothing is known to be. */
export function clockText(text: Messages): string {
  const clock = pageClock();
  if (!clock?.offset) return "";
  const { offsetMs } = clock.offset;
  const duration = formatDuration(Math.abs(offsetMs) / 1000, text);
  // The offset is the server's time minus ours.
  const words = offsetMs > 0 ? text.behind(duration) : text.ahead(duration);
  if (clock.verdict === "wrong") return text.token.computerClockWrong(words);
  return clock.verdict === "off" ? text.token.computerClockOff(words) : "";
}
