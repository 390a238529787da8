import { OathError } from "../core/errors.ts";
import { isFramedByOthers } from "../elements/framed.ts";
import { OUTDATED } from "./outdated.ts";

const NO_WORKER =
  "The token vault could not be started, because this browser did not let its worker or its storage open. Close other tabs of this page, then try again.";
const NO_STORAGE_IN_FRAME =
  "The token vault could not be started. This page is in a frame of another site, and there this browser may let it store nothing. Open the page in its own tab.";

/** Another tab keeps the data that is to be deleted open. */
export const STILL_OPEN =
  "The demo data is still open in another tab. Close the other tabs of this page, then try again.";

/** Why the console did not start, and what to do, in words. */
export function bootProblem(error: unknown): string {
  if (isOutdated(error)) return OUTDATED;
  return isFramedByOthers() ? NO_STORAGE_IN_FRAME : NO_WORKER;
}

/** True where a newer version of the page has the vault. */
export function isOutdated(error: unknown): boolean {
  return error instanceof OathError && error.code === "outdated";
}
