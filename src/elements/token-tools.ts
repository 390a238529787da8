import { html, nothing, type TemplateResult } from "lit";
import type { Credential } from "../bridge/contract.ts";
import type { MfaService } from "../mfa/contract.ts";
import { AddTask } from "./add-task.ts";
import type { Announcer } from "./announcer.ts";
import type { StateOf } from "./connection-state.ts";
import type { CopyFeedback } from "./copy-feedback.ts";
import { deleteTask, renameTask, type TaskContext } from "./credential-tasks.ts";
import type { DialogTask } from "./dialog-task.ts";
import { clearPasswordTask, setPasswordTask } from "./password-tasks.ts";
import type { DialogHost, TokenDialog } from "./token-dialog.ts";
import { isLocalService } from "./token-lookup.ts";
import type { TokenConnection } from "./token-connection.ts";
import type { TouchPrompt } from "./touch-prompt.ts";

/** The element whose token is changed. */
export interface ToolsHost extends DialogHost {
  readonly now: () => number;
  readonly activeService: MfaService | undefined;
}

/** What changes a token need. */
export interface ToolParts {
  readonly announcer: Announcer;
  readonly connection: TokenConnection;
  readonly dialog: TokenDialog;
  readonly touch: TouchPrompt;
  readonly copy: CopyFeedback;
}

/** Everything that changes a token, each behind its button and a dialog, where the token can do it. */
export class TokenTools {
  readonly #host: ToolsHost;
  readonly #parts: ToolParts;

  constructor(host: ToolsHost, parts: ToolParts) {
    this.#host = host;
    this.#parts = parts;
  }

  readonly rename = (credential: Credential): void => {
    this.#open((context) => renameTask(credential, context));
  };

  readonly delete = (credential: Credential): void => {
    this.#open((context) => deleteTask(credential, context));
  };

  readonly #add = (): void => {
    const { touch, copy } = this.#parts;
    const { now, activeService } = this.#host;
    const inventory = isLocalService(activeService) ? activeService : null;
    const requestUpdate = () => this.#host.requestUpdate();
    this.#open((context) => new AddTask({ ...context, touch, copy, now, inventory, requestUpdate }));
  };

  readonly #setPassword = (): void => this.#open(setPasswordTask);

  readonly #clearPassword = (): void => this.#open(clearPasswordTask);

  readonly #forget = async (): Promise<void> => {
    await this.#parts.connection.forget();
    this.#parts.announcer.say(this.#host.text.token.forgotten);
  };

  #open(task: (context: TaskContext) => DialogTask): void {
    const { connection, dialog, announcer } = this.#parts;
    const { state } = connection;
    if (state.kind !== "ready") return;
    const { session, credentials } = state;
    const context: TaskContext = {
      session,
      credentials,
      text: this.#host.text,
      problem: () => dialog.problem,
      onChanged: (said) => {
        announcer.say(said);
        void connection.relist();
      },
    };
    void dialog.open(task(context));
  }

  render({ session }: StateOf<"ready">): TemplateResult {
    const { token } = this.#host.text;
    const { abilities } = session;
    return html`<div class="actions tools">
      ${abilities.put ? renderTool(token.add, this.#add) : nothing}
      ${
        abilities.password
          ? html`${renderTool(token.setPassword, this.#setPassword)}
            ${session.hasPassword ? renderTool(token.clearPassword, this.#clearPassword) : nothing}`
          : nothing
      }
      <button type="button" class="link" @click=${this.#forget}>${token.forget}</button>
    </div>`;
  }
}

function renderTool(label: string, onPress: () => void): TemplateResult {
  return html`<button type="button" @click=${onPress}>${label}</button>`;
}
