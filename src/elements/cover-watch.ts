/** Version 2 of the intersection observer (W3C Intersection Observer, "trackVisibility"); TypeScript's library lacks it. */
interface VisibilityOptions extends IntersectionObserverInit {
  readonly trackVisibility: true;
  /** Milliseconds between two looks; 100 is the least that is allowed. */
  readonly delay: number;
}

/**
 * Given to `ref()` on a button that must not be pressed by mistake: while a page of another site that frames ours lies over it
 * or makes it translucent, presses with the pointer do not reach it. The keyboard always does. Where nobody frames us, or the
 * browser cannot tell, nothing happens.
 */
export function watchCover(button?: Element): void {
  if (!button || !isFramedByOthers() || !("IntersectionObserverEntry" in window)) return;
  if (!("isVisible" in IntersectionObserverEntry.prototype)) return;
  // Until the browser has looked, it counts as covered.
  button.toggleAttribute("data-covered", true);
  const options: VisibilityOptions = { trackVisibility: true, delay: 100 };
  new IntersectionObserver((entries) => {
    const seen = entries.at(-1) as (IntersectionObserverEntry & { readonly isVisible: boolean }) | undefined;
    button.toggleAttribute("data-covered", !seen?.isVisible);
  }, options).observe(button);
}

/** True in a frame of a page of another origin. */
export function isFramedByOthers(): boolean {
  try {
    // Another origin's window answers to this with an exception.
    return window.top?.document === undefined;
  } catch {
    return true;
  }
}
