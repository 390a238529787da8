import { BridgeError, StatusWordError, type BridgeErrorCode } from "../core/bridge-error.ts";
import type { Bytes } from "../core/bytes.ts";
import type { AppletLink } from "./applet-link.ts";
import { decodeCalculateAll, encodeCalculateAll, type CalculateAllEntry } from "./calculate-all.ts";
import { decodeCalculate, encodeCalculate } from "./calculate.ts";
import { encodeChallenge } from "./challenge.ts";
import { decimalCode, isSteam, STEAM_LENGTH, steamCode } from "./code.ts";
import { credentialId, parseCredentialName } from "./credential-name.ts";
import type { OathCredential, OathReading, OperationOptions } from "./credential.ts";
import { DEFAULT_PERIOD_SECONDS } from "./instructions.ts";
import { decodeList, encodeList, type ListEntry } from "./list.ts";
import { notAvailable } from "./refusal.ts";

/** Reasons for one credential to have no code now, which are no reason against the others. */
const REFUSALS: readonly BridgeErrorCode[] = ["status-word", "touch-required", "locked", "no-credentials"];

/** What LIST does not tell, by credential id; null where CALCULATE ALL gave nothing. */
type Results = ReadonlyMap<string, CalculateAllEntry> | null;

/** LIST, and with a time also the digits and touch marks, which only CALCULATE ALL tells. */
export async function listCredentials(
  link: AppletLink,
  unixSeconds: number | undefined,
  { signal }: OperationOptions,
): Promise<OathCredential[]> {
  const entries = await list(link, { signal });
  const results =
    unixSeconds === undefined || entries.length === 0
      ? null
      : await calculateAll(link, unixSeconds, { signal });
  return entries.map((entry) => toCredential(entry, results));
}

/** Every credential with its code at `unixSeconds`, as far as codes can be had without touch and without counting. */
export async function readAll(
  link: AppletLink,
  unixSeconds: number,
  options: OperationOptions,
): Promise<OathReading[]> {
  const entries = await list(link, options);
  const results = entries.length === 0 ? null : await calculateAll(link, unixSeconds, options);
  const readings: OathReading[] = [];
  for (const entry of entries) {
    const credential = toCredential(entry, results);
    const result = results?.get(credential.id);
    const isShared = credential.periodSeconds === DEFAULT_PERIOD_SECONDS && !isSteam(credential);
    const code =
      result?.kind === "code" && isShared
        ? decimalCode(result.truncated, result.digits)
        : await codeOrNull(link, credential, unixSeconds, options);
    readings.push({ credential, code });
  }
  return readings;
}

/** The code of one credential; for HOTP the next one, whatever the moving factor. */
export async function readCode(
  link: AppletLink,
  credential: OathCredential,
  movingFactor: number,
  options: OperationOptions,
): Promise<string> {
  const { dialect } = link;
  const full = isSteam(credential);
  if (full && !dialect.givesFullResponse) throw notAvailable("to calculate a Steam code");
  const challenge =
    credential.type === "totp" ? encodeChallenge(movingFactor) : hotpChallenge(dialect.hotpChallengeBytes);
  const command = encodeCalculate(dialect, { name: credential.name, challenge, full });
  const { truncated, digits } = decodeCalculate(
    await link.send(command, {
      ...options,
      during: "to calculate a code",
      namesCredential: true,
      mayTouch: true,
      needsTouch: credential.needsTouch,
    }),
  );
  return full ? steamCode(truncated) : decimalCode(truncated, digits);
}

/** A Pico wants the tag there, a YubiKey wants it empty, a CanoKey does without. */
function hotpChallenge(length: number | null): Bytes | null {
  return length === null ? null : new Uint8Array(length);
}

/** A credential as its token lists it. */
export function toCredential(entry: ListEntry, results: Results): OathCredential {
  const id = credentialId(entry.name);
  const result = results?.get(id);
  const named = parseCredentialName(entry.name, entry.type);
  const digits = isSteam({ ...named, type: entry.type }) ? STEAM_LENGTH : (result?.digits ?? entry.digits);
  return { id, ...entry, ...named, digits, needsTouch: result?.kind === "touch" };
}

/** All LIST entries, each name once: old CanoKeys store a second credential under a taken name and never use it. */
export async function list(link: AppletLink, { signal }: OperationOptions): Promise<ListEntry[]> {
  const data = await link.send(encodeList(link.dialect), { signal, during: "to list its credentials" });
  const entries = new Map<string, ListEntry>();
  for (const entry of decodeList(data)) {
    const id = credentialId(entry.name);
    if (!entries.has(id)) entries.set(id, entry);
  }
  return [...entries.values()];
}

/**
 * One command for all credentials. Null where the applet does not have it, and where it refuses as a whole: a single
 * increasing-only credential that was asked for a later time before is enough for that on a CanoKey.
 */
async function calculateAll(
  link: AppletLink,
  unixSeconds: number,
  { signal }: OperationOptions,
): Promise<Results> {
  const { calculateAll: ins } = link.dialect.instructions;
  if (ins === null) return null;
  const challenge = encodeChallenge(timeStep(unixSeconds, DEFAULT_PERIOD_SECONDS));
  try {
    const command = encodeCalculateAll(link.dialect, ins, challenge);
    const entries = decodeCalculateAll(
      await link.send(command, { signal, during: "to calculate all codes" }),
    );
    return new Map(entries.map((entry) => [credentialId(entry.name), entry]));
  } catch (error) {
    if (error instanceof StatusWordError) return null;
    throw error;
  }
}

async function codeOrNull(
  link: AppletLink,
  credential: OathCredential,
  unixSeconds: number,
  options: OperationOptions,
): Promise<string | null> {
  if (credential.type === "hotp" || credential.needsTouch) return null;
  try {
    return await readCode(link, credential, timeStep(unixSeconds, credential.periodSeconds), options);
  } catch (error) {
    // The token is unlocked, so `locked` is about this one credential: Trussed tokens ask a PIN for single ones.
    if (error instanceof BridgeError && REFUSALS.includes(error.code)) return null;
    throw error;
  }
}

/** RFC 6238 section 4.2, with T0 = 0: tokens know no other. */
function timeStep(unixSeconds: number, periodSeconds: number): number {
  return Math.floor(unixSeconds / periodSeconds);
}
