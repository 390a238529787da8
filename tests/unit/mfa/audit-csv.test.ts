import papaparse from "papaparse";
import { expect, it } from "vitest";
import { auditCsv } from "../../../src/mfa/audit-csv.ts";

it("writes one line an entry, in UTC, and no cell is a formula", () => {
  const text = auditCsv([
    { id: 1, atMs: Date.UTC(2026, 0, 2, 3, 4, 5), action: "unlock", outcome: "wrong-passphrase" },
    {
      id: 2,
      atMs: Date.UTC(2026, 0, 2, 3, 4, 6),
      action: "enable-device",
      outcome: "done",
      userName: "=ana",
      serialNumber: "-17,5",
      details: { driftSteps: -3, reason: "skipped" },
    },
  ]);
  const { data } = papaparse.parse<string[]>(text, { skipEmptyLines: true });
  expect(data).toEqual([
    ["id", "time", "action", "outcome", "user", "serial", "details"],
    ["1", "2026-01-02T03:04:05.000Z", "unlock", "wrong-passphrase", "", "", ""],
    [
      "2",
      "2026-01-02T03:04:06.000Z",
      "enable-device",
      "done",
      "'=ana",
      "'-17,5",
      "driftSteps=-3; reason=skipped",
    ],
  ]);
});
