/** A code is of no use after it; a secret should not lie about. */
const KEPT_MS = 30_000;

let previous: AbortController | undefined;

/**
 * Copies a code or secret, and empties the clipboard after 30 seconds if it is ours still. It is not when this page lost the
 * focus or something else was copied in it; then the clipboard is emptied only where the browser already lets this page read it
 * and see that nothing else lies there. Rejects as `Clipboard.writeText` does.
 */
export async function copyForAWhile(content: string): Promise<void> {
  await navigator.clipboard.writeText(content);
  previous?.abort();
  previous = new AbortController();
  const { signal } = previous;
  let isOurs = true;
  const lose = () => {
    isOurs = false;
  };
  window.addEventListener("blur", lose, { signal });
  for (const type of ["copy", "cut"]) document.addEventListener(type, lose, { signal, capture: true });
  const own = previous;
  setTimeout(() => {
    if (signal.aborted) return;
    own.abort();
    void empty(content, isOurs);
  }, KEPT_MS);
}

async function empty(content: string, isOurs: boolean): Promise<void> {
  try {
    if (!isOurs && !(await stillHolds(content))) return;
    await navigator.clipboard.writeText("");
  } catch {
    // The page has no focus: the browser lets it do nothing to the clipboard.
  }
}

/** Never asks the person: where the permission is not there already, the answer is no. */
async function stillHolds(content: string): Promise<boolean> {
  const { state } = await navigator.permissions.query({ name: "clipboard-read" as PermissionName });
  return state === "granted" && (await navigator.clipboard.readText()) === content;
}
