import { wipe } from "../core/bytes.ts";
import { MfaError, MfaInputError } from "./errors.ts";
import type { PasskeySummary } from "./vault-contract.ts";
import { askPasskey, createPasskey } from "./passkey.ts";
import type { WorkerKeeper } from "./worker-keeper.ts";

/** Longest name of a passkey, in characters. */
const LONGEST_NAME = 64;

/** See `LocalMfaService.addPasskey`. The page asks the authenticator, for a worker cannot; the rest is the worker's. */
export async function addPasskey(
  link: WorkerKeeper,
  name: string,
  passphrase: string,
  deadlineMs: number,
): Promise<PasskeySummary> {
  requireName(name);
  // Before the authenticator makes one, which nobody could take back.
  const known = await link.call((api) => api.preparePasskey(passphrase), deadlineMs);
  const { id, prfOutput, salt } = await createPasskey(name, known);
  try {
    return await link.call((api) => api.addPasskey({ id, name, salt, prfOutput }, passphrase), deadlineMs);
  } finally {
    wipe(prfOutput);
  }
}

/** See `LocalMfaService.unlockWithPasskey`. */
export async function unlockWithPasskey(link: WorkerKeeper, deadlineMs: number): Promise<void> {
  const known = await link.call((api) => api.passkeys(), deadlineMs);
  if (known.length === 0) throw new MfaError("passkey-unknown", "The vault has no passkey.");
  const { id, prfOutput } = await askPasskey(known);
  try {
    await link.call((api) => api.unlockWithPasskey(id, prfOutput), deadlineMs);
  } finally {
    wipe(prfOutput);
  }
}

function requireName(name: unknown): void {
  const length = typeof name === "string" ? Array.from(name.trim()).length : 0;
  if (length >= 1 && length <= LONGEST_NAME) return;
  throw new MfaInputError("invalid-request", `A passkey has a name of 1 to ${LONGEST_NAME} characters.`);
}
