import { isCode } from "../core/digits.ts";
import {
  type Identification as EngineIdentification,
  type OtpEngine,
  OtpError,
  type Window,
} from "../otp/index.ts";
import { changedElsewhere, VaultError } from "../vault/errors.ts";
import type { SeedInventory } from "../vault/seed-inventory.ts";
import type { SeedVault } from "../vault/seed-vault.ts";
import type { VaultSeedSource } from "../vault/vault-seed-source.ts";
import { MfaError, MfaInputError } from "./errors.ts";
import type { Identification, IdentifyTokenOptions } from "./local-contract.ts";
import { type CheckedCode, checkObservedCode, lastOf } from "./observed-codes.ts";

const DEFAULT_WINDOW: Window = { backSteps: 10, aheadSteps: 10 };
const MOST_STEPS = 120;
/** Two settle it among a million tokens; three among any number. */
const MOST_CODES = 10;
/** The inventory may change while it is read; then it is read again, but not for ever. */
const TRIES = 3;

/** What identification works with. */
export interface IdentificationContext {
  readonly engine: OtpEngine;
  readonly vault: SeedVault;
  readonly inventory: SeedInventory;
  /** The trusted clock, in Unix milliseconds. */
  readonly now: () => number;
}

/**
 * Finds which token of the inventory shows some codes. What the engine derives from the opened seeds is kept for the next
 * search until the inventory changes or {@link TokenIdentifier.forget} is called; the secrets themselves are not.
 */
export class TokenIdentifier {
  readonly #context: IdentificationContext;
  #source: Promise<VaultSeedSource> | undefined;

  constructor(context: IdentificationContext) {
    this.#context = context;
  }

  /** See `LocalMfaService.identifyToken`. Rejects with a `VaultError` where the store fails. */
  async identify(observed: unknown, options: IdentifyTokenOptions = {}): Promise<Identification[]> {
    const { engine, vault, now } = this.#context;
    const { window = DEFAULT_WINDOW, signal, onProgress } = options;
    const codes = checkCodes(observed);
    requireBounded(window);
    const atMs = now() - lastOf(codes).ageMs;
    const search = { atMs, window, ...(signal && { signal }), ...(onProgress && { onProgress }) };
    for (let tries = 0; tries < TRIES; tries += 1) {
      signal?.throwIfAborted();
      // Also for what is kept: it is not searched while the vault is locked.
      await vault.requireOpen();
      const held = this.#held();
      try {
        const source = await held;
        if (await source.isCurrent()) {
          const found = await engine.identify(
            source,
            codes.map(({ code }) => code),
            search,
          );
          if (await source.isCurrent()) return found.map(withoutIndex);
        }
      } catch (error) {
        if (!isOutOfDate(error)) throw error;
      }
      if (this.#source === held) this.forget();
    }
    throw changedElsewhere();
  }

  /** Wipes what is kept. Searches under way begin anew, and find the vault locked if it is. */
  forget(): void {
    const { engine } = this.#context;
    void this.#source?.then(
      (source) => engine.forget(source),
      () => undefined,
    );
    this.#source = undefined;
  }

  /** One source for all searches. */
  #held(): Promise<VaultSeedSource> {
    this.#source ??= this.#context.inventory.openSource().catch((error: unknown) => {
      this.#source = undefined;
      throw error;
    });
    return this.#source;
  }
}

/** Another search found it so, the vault was locked meanwhile, or a piece is no longer what it was. */
function isOutOfDate(error: unknown): boolean {
  if (error instanceof OtpError) return error.code === "inventory-forgotten";
  return error instanceof VaultError && error.code === "busy";
}

function checkCodes(observed: unknown): CheckedCode[] {
  if (!Array.isArray(observed) || observed.length === 0 || observed.length > MOST_CODES) {
    throw new MfaInputError("invalid-request", `One to ${MOST_CODES} consecutive codes are expected.`);
  }
  const codes = Array.from(observed, checkObservedCode);
  const digits = codes[0]?.code.length ?? 0;
  if (digits < 6 || digits > 8 || !codes.every(({ code }) => isCode(code, digits))) {
    throw new MfaError("invalid-code", "Enter codes of 6, 7 or 8 digits, as the token shows them.");
  }
  return codes;
}

function requireBounded(window: unknown): void {
  const { backSteps, aheadSteps } = (window ?? {}) as Partial<Window>;
  const isBounded = [backSteps, aheadSteps].every(
    (steps) => typeof steps === "number" && Number.isInteger(steps) && steps >= 0 && steps <= MOST_STEPS,
  );
  if (!isBounded) {
    throw new MfaInputError("invalid-request", `A window has 0 to ${MOST_STEPS} steps to each side.`);
  }
}

function withoutIndex(found: EngineIdentification): Identification {
  const { seedIndex: _, ...identification } = found;
  return identification;
}
