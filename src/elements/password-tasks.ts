import { html } from "lit";
import { change, type TaskContext } from "./credential-tasks.ts";
import { renderDialogField } from "./dialog-field.ts";
import { type DialogTask, fieldText, TaskProblem } from "./dialog-task.ts";

/** Asks for a new password of the token, twice, and sets it. */
export function setPasswordTask(context: TaskContext): DialogTask {
  const { token } = context.text;
  const field = (id: string, label: string, hint = "") =>
    renderDialogField({
      id,
      label,
      hint,
      type: "password",
      autocomplete: "new-password",
      problem: context.problem(),
    });
  return {
    title: token.setPasswordTitle,
    action: token.setPassword,
    render: () =>
      html`${field("new-password", token.newPassword, token.setPasswordHint)}
      ${field("repeat-password", token.repeatPassword)}`,
    submit: async (form, signal) => {
      const password = fieldText(form, "new-password");
      if (password === "") throw new TaskProblem(token.passwordMissing, "new-password");
      if (password !== fieldText(form, "repeat-password")) {
        throw new TaskProblem(token.passwordsDiffer, "repeat-password");
      }
      return await change(context, token.passwordSet, context.session.setPassword(password, { signal }));
    },
  };
}

/** Asks whether the token shall have no password, and takes it away. */
export function clearPasswordTask(context: TaskContext): DialogTask {
  const { token } = context.text;
  return {
    title: token.clearPasswordTitle,
    action: token.clearPassword,
    isDanger: true,
    render: () => html`<p>${token.clearPasswordText}</p>`,
    submit: (_, signal) =>
      change(context, token.passwordCleared, context.session.setPassword(null, { signal })),
  };
}
