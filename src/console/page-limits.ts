const NO_ORIGIN =
  "This page is in a sandboxed frame that gives it no origin of its own. Without one the browser lets it keep no token vault, start no worker and reach no USB token. Open the page in its own tab, or ask the site around it to add allow-same-origin to the frame’s sandbox.";
const NOT_SECURE =
  "The address of this page is not secure, so the browser gives it no cryptography and no USB tokens. Open it by https, or from localhost.";
const NO_FORMS =
  "This page is in a sandboxed frame that lets it send no forms, not even to itself. Open the page in its own tab, or ask the site around it to add allow-forms to the frame’s sandbox.";

/** Why the console cannot work where it is, and what to do, in a sentence; null where it can. */
export function findPageLimit(): string | null {
  if (!window.isSecureContext) return NOT_SECURE;
  if (window.origin === "null") return NO_ORIGIN;
  return canSubmitForms() ? null : NO_FORMS;
}

/** A sandbox without `allow-forms` swallows the event together with the submission (HTML, "form submission algorithm"). */
function canSubmitForms(): boolean {
  let isHeard = false;
  const form = document.createElement("form");
  form.hidden = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    isHeard = true;
  });
  document.body.append(form);
  form.requestSubmit();
  form.remove();
  return isHeard;
}
