/** The part of `Storage` the console uses. */
export type TextStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/**
 * A browser's storage that never throws: what it does not take, being blocked or full, this page remembers until it is
 * closed. `find` gives the storage; it is asked each time, because with cookies blocked the very word `localStorage`
 * throws a `SecurityError` (HTML, 12.2.3).
 */
export function safeStorage(find: () => TextStorage): TextStorage {
  /** What the storage did not take; null for a key it did not let go. */
  const kept = new Map<string, string | null>();
  const change = (key: string, value: string | null, apply: () => void) => {
    try {
      apply();
      kept.delete(key);
    } catch {
      kept.set(key, value);
    }
  };
  return {
    getItem: (key) => {
      const value = kept.get(key);
      if (value !== undefined) return value;
      try {
        return find().getItem(key);
      } catch {
        return null;
      }
    },
    setItem: (key, value) => change(key, value, () => find().setItem(key, value)),
    removeItem: (key) => change(key, null, () => find().removeItem(key)),
  };
}
