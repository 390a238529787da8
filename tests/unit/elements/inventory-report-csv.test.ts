import { expect, it } from "vitest";
import { englishInventoryMessages } from "../../../src/elements/inventory-messages.ts";
import { inventoryReportCsv } from "../../../src/elements/inventory-report-csv.ts";

it("has every row with its code and message, then the tokens that were known", () => {
  const csv = inventoryReportCsv(
    {
      importId: "import-1",
      format: "csv-entra",
      imported: 0,
      skipped: [
        { row: 3, serialNumber: "=OBDT3", code: "bad-secret", message: "Not base32, compare the row." },
        { row: 5, code: "missing-serial", message: "The serial number is empty." },
      ],
      skippedCount: 2,
      duplicates: [{ serialNumber: "OBDT1", outcome: "assigned" }],
      duplicateCount: 1,
    },
    { ...englishInventoryMessages, problems: { "missing-serial": "Nummer fehlt" } },
  );

  expect(csv.split("\r\n")).toEqual([
    "\uFEFFrow,serial,code,message",
    `3,'=OBDT3,bad-secret,"Not base32, compare the row."`,
    "5,,missing-serial,Nummer fehlt",
    `,OBDT1,assigned,"kept, for it is assigned"`,
    "",
  ]);
});
