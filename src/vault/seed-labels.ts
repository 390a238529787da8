import type { Database } from "./database.ts";
import type { TextStamps } from "./seed-texts.ts";
import type { SeedRecord } from "./records.ts";

/** A label was written. */
export interface Relabelled {
  readonly record: SeedRecord;
  readonly before: TextStamps;
  readonly after: TextStamps;
}

/** Gives a token another label; an empty one takes it away. Null when the token is not there. Needs no key. */
export function writeLabel(
  database: Database,
  serialNumber: string,
  label: string,
): Promise<Relabelled | null> {
  return database.write(["seeds", "inventory"], async (transaction) => {
    const seeds = transaction.objectStore("seeds");
    const inventory = transaction.objectStore("inventory");
    const [stored, stamp, labels] = await Promise.all([
      seeds.get(serialNumber),
      inventory.get("stamp"),
      inventory.get("labels"),
    ]);
    if (!stored) return null;
    const { label: _before, ...rest } = stored;
    const record = label === "" ? rest : { ...rest, label };
    const next = crypto.randomUUID();
    await Promise.all([seeds.put(record), inventory.put(next, "labels")]);
    return { record, before: { seeds: stamp, labels }, after: { seeds: stamp, labels: next } };
  });
}
