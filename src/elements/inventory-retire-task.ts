import { html } from "lit";
import type { LocalMfaService, RetireReport } from "../mfa/local-contract.ts";
import type { InventoryTask } from "./inventory-dialog.ts";
import type { InventorySelection } from "./inventory-selection.ts";
import type { InventoryTexts } from "./inventory-texts.ts";

/** Asks whether tokens shall be taken out of use, and does it. */
export function retireTask(
  { text, number }: InventoryTexts,
  service: LocalMfaService,
  { count, choice }: Pick<InventorySelection, "count" | "choice">,
  onRetired: (report: RetireReport) => void,
): InventoryTask {
  return {
    title: text.retireTitle(count, number(count)),
    action: text.retireNow,
    working: text.retiring,
    isDanger: true,
    canStop: true,
    render: () =>
      html`<p>${text.retireText}</p>
        <p>${text.retireKept}</p>`,
    submit: async (_, watch) => {
      const report = await service.retireSeeds(choice, watch);
      return () => onRetired(report);
    },
  };
}
