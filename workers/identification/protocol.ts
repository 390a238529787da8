import type { Fit, FitSearch } from "../../src/otp/fits.ts";
import type { KeyCounts } from "../../src/otp/keyed-inventory.ts";
import type { SeedPack } from "../../src/otp/seed-pack.ts";

/**
 * What a part's worker is told. Not over Comlink: packs are transferred, and a search must be stopped in the midst of it.
 * `open` comes first and once, `release` last.
 */
export type PartCommand =
  | { readonly kind: "open"; readonly id: number; readonly counts: KeyCounts }
  | { readonly kind: "add"; readonly id: number; readonly pack: SeedPack }
  | { readonly kind: "search"; readonly id: number; readonly search: FitSearch }
  /** Stops the search of that id; it is not answered any more. */
  | { readonly kind: "cancel"; readonly id: number }
  /** Wipes the states and ends the worker. */
  | { readonly kind: "release" };

/** What it answers: each command of an id once, a search's progress before. */
export type PartAnswer =
  | { readonly kind: "done"; readonly id: number; readonly fits: readonly Fit[] }
  | { readonly kind: "failed"; readonly id: number }
  /** So many candidates more were searched. */
  | { readonly kind: "progress"; readonly id: number; readonly candidates: number };
