import { type ClockOffset, offsetFromDate } from "../core/clock-offset.ts";

/** Asks the server the page came from for its time. Null where there is none: a file, or no connection. */
export async function measureServerOffset(): Promise<ClockOffset | null> {
  if (!/^https?:$/u.test(location.protocol) || !navigator.onLine) return null;
  const sentAtMs = Date.now();
  const began = performance.now();
  const { headers } = await fetch(location.pathname, {
    method: "HEAD",
    cache: "no-store",
    redirect: "error",
  });
  const roundTripMs = performance.now() - began;
  return offsetFromDate({ sentAtMs, roundTripMs, date: headers.get("date"), age: headers.get("age") });
}
