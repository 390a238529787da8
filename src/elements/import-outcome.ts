import type { Announcer } from "./announcer.ts";
import type { ImportStep } from "./import-steps.ts";
import type { InventoryTexts } from "./inventory-texts.ts";

/** Says what the heading of a step, which has the focus by then, does not tell. */
export function sayOutcome(
  step: ImportStep,
  { text, errorText }: InventoryTexts,
  announcer: Announcer,
): void {
  const failure = (error: unknown) => announcer.alert(`${errorText(error)} ${text.nothingChanged}`);
  if (step.kind === "failed") failure(step.error);
  else if (step.kind === "choose" && step.wasStopped) announcer.say(text.cancelled);
  else if (step.kind !== "preview") return;
  else if (step.lastTry === "stopped") announcer.say(text.cancelled);
  else if (step.lastTry !== "none") failure(step.lastTry.error);
}
