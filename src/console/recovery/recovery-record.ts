import type { TextStorage } from "../safe-storage.ts";

const KEY = "oath-console.recovery";

/** Something sent that can be proved once. */
interface SentProof {
  readonly secret: string;
  /** Unix milliseconds. */
  readonly atMs: number;
}

/** A recovery as it is kept over a reload. A site's server would keep it; the demo has none. */
export interface Recovery {
  readonly userName: string;
  /** The token that is lost. */
  readonly serialNumber: string;
  /** Unix milliseconds. */
  readonly startedAtMs: number;
  readonly mailProved: boolean;
  readonly callProved: boolean;
  readonly mail?: SentProof;
  readonly call?: SentProof;
  readonly wrongDigits?: number;
}

/** What is kept; null for nothing, and for what we did not write. */
export function readRecovery(storage: TextStorage): Recovery | null {
  try {
    const saved: unknown = JSON.parse(storage.getItem(KEY) ?? "null");
    return isRecovery(saved) ? saved : null;
  } catch {
    return null;
  }
}

/** Keeps it, or with null takes it away. */
export function writeRecovery(storage: TextStorage, recovery: Recovery | null): void {
  if (recovery) storage.setItem(KEY, JSON.stringify(recovery));
  else storage.removeItem(KEY);
}

function isRecovery(value: unknown): value is Recovery {
  if (typeof value !== "object" || value === null) return false;
  const { userName, serialNumber, startedAtMs, mailProved, callProved, mail, call, wrongDigits } =
    value as Record<string, unknown>;
  return (
    typeof userName === "string" &&
    typeof serialNumber === "string" &&
    typeof startedAtMs === "number" &&
    typeof mailProved === "boolean" &&
    typeof callProved === "boolean" &&
    (mail === undefined || isProof(mail)) &&
    (call === undefined || isProof(call)) &&
    (wrongDigits === undefined || typeof wrongDigits === "number")
  );
}

function isProof(value: unknown): value is SentProof {
  if (typeof value !== "object" || value === null) return false;
  const { secret, atMs } = value as Record<string, unknown>;
  return typeof secret === "string" && typeof atMs === "number";
}
