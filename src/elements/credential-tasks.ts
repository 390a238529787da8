import { html } from "lit";
import type { Credential, OathSession } from "../bridge/contract.ts";
import { credentialName } from "./credential-name.ts";
import { renderDialogField } from "./dialog-field.ts";
import { type DialogTask, fieldText, TaskProblem } from "./dialog-task.ts";
import type { Messages } from "./messages.ts";
import { nameProblem } from "./name-problem.ts";

/** What a task needs to change a token. */
export interface TaskContext {
  readonly session: OathSession;
  readonly credentials: readonly Credential[];
  readonly text: Messages;
  /** What is wrong with a field now. */
  readonly problem: () => TaskProblem | null;
  /** Told when the token was, or may have been, changed; in words, or with none where that is not sure. */
  readonly onChanged: (said: string) => void;
}

/** Does one change. Even a change that failed or was cancelled may have reached the token: its list is read again. */
export async function change(
  { onChanged }: TaskContext,
  said: string,
  work: Promise<unknown>,
): Promise<true> {
  try {
    await work;
  } catch (error) {
    onChanged("");
    throw error;
  }
  onChanged(said);
  return true;
}

/** Asks whether a credential is to be deleted, and deletes it. */
export function deleteTask(credential: Credential, context: TaskContext): DialogTask {
  const { token } = context.text;
  const name = credentialName(credential, context.text);
  return {
    title: token.deleteTitle(name),
    action: token.delete,
    isDanger: true,
    render: () => html`<p>${token.deleteText}</p>`,
    submit: (_, signal) =>
      change(context, token.deleted(name), context.session.delete(credential, { signal })),
  };
}

/** Asks for another name of a credential, and renames it. */
export function renameTask(credential: Credential, context: TaskContext): DialogTask {
  const { text } = context;
  const { token } = text;
  const field = (id: "issuer" | "account", label: string) =>
    renderDialogField({ id, label, value: credential[id], problem: context.problem() });
  return {
    title: token.renameTitle(credentialName(credential, text)),
    action: token.rename,
    render: () => html`${field("issuer", token.issuer)} ${field("account", token.account)}`,
    submit: async (form, signal) => {
      const to = { issuer: fieldText(form, "issuer").trim(), account: fieldText(form, "account").trim() };
      const others = context.credentials.filter(({ id }) => id !== credential.id);
      const problem = nameProblem({ ...to, periodSeconds: credential.periodSeconds }, others, text);
      if (problem) throw problem;
      return await change(context, token.renamed, context.session.rename(credential, to, { signal }));
    },
  };
}
