/** True in a frame of a page of another origin. */
export function isFramedByOthers(): boolean {
  try {
    // Another origin's window answers to this with an exception.
    return window.top?.document === undefined;
  } catch {
    return true;
  }
}
