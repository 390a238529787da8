import type { TextStorage } from "../safe-storage.ts";

const KEY = "oath-console.outbox";
/** The oldest make way: it is a demo's mailbox, not an archive. */
const MESSAGES_MAX = 30;

/** A message that the demo would have sent. */
export interface OutboxMessage {
  readonly id: string;
  /** An e-mail address. */
  readonly to: string;
  readonly subject: string;
  /** Its paragraphs. */
  readonly lines: readonly string[];
  /** Unix milliseconds. */
  readonly sentAtMs: number;
  /** What its link proves, if it has one. */
  readonly proof?: string;
}

export type NewMessage = Omit<OutboxMessage, "id" | "sentAtMs">;

/**
 * Stands where a mail server would: what is sent lies here, for the person at the screen to read. Per tab, and over a
 * reload.
 * @fires change - a message came, or all were taken away
 */
export class Outbox extends EventTarget {
  readonly #storage: TextStorage;
  readonly #now: () => number;

  constructor(storage: TextStorage, now: () => number) {
    super();
    this.#storage = storage;
    this.#now = now;
  }

  /** All of them, newest first. */
  get messages(): readonly OutboxMessage[] {
    try {
      const saved: unknown = JSON.parse(this.#storage.getItem(KEY) ?? "[]");
      return Array.isArray(saved) ? saved.filter(isMessage) : [];
    } catch {
      return [];
    }
  }

  /** Those to one address, newest first. */
  messagesTo(address: string): readonly OutboxMessage[] {
    return this.messages.filter(({ to }) => to === address);
  }

  send(message: NewMessage): void {
    const sent = { ...message, id: crypto.randomUUID(), sentAtMs: this.#now() };
    this.#storage.setItem(KEY, JSON.stringify([sent, ...this.messages].slice(0, MESSAGES_MAX)));
    this.dispatchEvent(new Event("change"));
  }

  clear(): void {
    this.#storage.removeItem(KEY);
    this.dispatchEvent(new Event("change"));
  }
}

function isMessage(value: unknown): value is OutboxMessage {
  if (typeof value !== "object" || value === null) return false;
  const { id, to, subject, lines, sentAtMs, proof } = value as Record<string, unknown>;
  return (
    typeof id === "string" &&
    typeof to === "string" &&
    typeof subject === "string" &&
    Array.isArray(lines) &&
    lines.every((line) => typeof line === "string") &&
    typeof sentAtMs === "number" &&
    (proof === undefined || typeof proof === "string")
  );
}
