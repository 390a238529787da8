import { html } from "lit";
import { OathError } from "../core/errors.ts";
import type { LocalMfaService } from "../mfa/local-contract.ts";
import { renderDialogField } from "./dialog-field.ts";
import { fieldText, TaskProblem } from "./dialog-task.ts";
import { download } from "./download.ts";
import type { InventoryTask } from "./inventory-dialog.ts";
import type { InventorySelection } from "./inventory-selection.ts";
import type { InventoryTexts } from "./inventory-texts.ts";

/** What `exportSeeds` takes. Told at once, so that nobody types a short one twice for nothing. */
const LEAST_CHARACTERS = 8;

/** Asks for a password, twice, and hands out a file with the chosen tokens. */
export function exportTask(
  view: InventoryTexts,
  service: LocalMfaService,
  { count, choice }: Pick<InventorySelection, "count" | "choice">,
  onExported: () => void,
): InventoryTask {
  const { text, number } = view;
  return {
    title: text.exportTitle(count, number(count)),
    action: text.exportNow,
    working: text.exporting,
    canStop: true,
    render: (problem) =>
      html`<p>${text.exportNote}</p>
        ${renderDialogField({
          id: "export-password",
          label: text.newPassword,
          hint: text.newPasswordHint,
          type: "password",
          autocomplete: "new-password",
          problem,
        })}
        ${renderDialogField({
          id: "export-repeat",
          label: text.repeatPassword,
          type: "password",
          autocomplete: "new-password",
          problem,
        })}`,
    submit: async (form, watch) => {
      const password = requirePassword(view, form);
      const file = await makeFile(view, () => service.exportSeeds(choice, password, watch));
      // Cancel may have come too late for the service: no file then either.
      watch.signal.throwIfAborted();
      download("tokens.pskc.xml", "application/pskc+xml", file);
      return onExported;
    },
  };
}

function requirePassword({ text }: InventoryTexts, form: FormData): string {
  const password = fieldText(form, "export-password");
  if (password === "") throw new TaskProblem(text.passwordMissing, "export-password");
  if (Array.from(password).length < LEAST_CHARACTERS)
    throw new TaskProblem(text.passwordShort, "export-password");
  if (password !== fieldText(form, "export-repeat")) {
    throw new TaskProblem(text.passwordsDiffer, "export-repeat");
  }
  return password;
}

async function makeFile({ text }: InventoryTexts, make: () => Promise<Blob>): Promise<Blob> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof OathError && error.code === "weak-password") {
      throw new TaskProblem(text.fileErrors[error.code] ?? error.message, "export-password");
    }
    throw error;
  }
}
