const PARTS = [
  ["h", 3600],
  ["min", 60],
  ["s", 1],
] as const;

/** A clock's error in words: `right`, `3 min behind`, `1 min 30 s ahead`. */
export function describeDrift(driftMs: number): string {
  let seconds = Math.round(Math.abs(driftMs) / 1000);
  if (seconds === 0) return "right";
  const direction = driftMs > 0 ? "ahead" : "behind";
  const words: string[] = [];
  for (const [unit, length] of PARTS) {
    const count = Math.floor(seconds / length);
    seconds %= length;
    if (count > 0) words.push(`${count} ${unit}`);
  }
  return `${words.join(" ")} ${direction}`;
}
