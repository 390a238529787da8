import type { Page } from "@playwright/test";
import type { FaultPlan } from "../support/usbip/faults.ts";
import { expectToRead, type Family, tryToRead } from "./families.ts";
import { FAMILY_FAULTS, type FaultRow } from "./family-faults.ts";
import { expect, expectDevices, test } from "./token-test.ts";

/** Opens the page's token well, then lets `spoil` loose on its listing. Gives the error's code, or the number listed. */
async function listWith(
  page: Page,
  spoil: () => void,
): Promise<{ outcome: string | number; closed: string }> {
  const session = await page.evaluateHandle(async () => {
    const { grantedTokens } = await window.hardware.bridge();
    const [found] = await grantedTokens();
    if (!found) throw new Error("no token");
    return await found.open();
  });
  spoil();
  return session.evaluate(async (opened) => {
    const codeOf = (error: unknown) => String((error as { code?: unknown }).code ?? error);
    const outcome = await opened.list().then(({ length }) => length, codeOf);
    return { outcome, closed: await opened.close().then(() => "closed", codeOf) };
  });
}

for (const [family, rows] of FAMILY_FAULTS) {
  for (const code of new Set(rows.map((row) => row.code))) {
    const outcome =
      code === null ? "are made up for by a second try" : `end in ${code}, and the token works again`;
    test(`faults of a ${family.title} that ${outcome}`, async ({ token }) => {
      const { page, server } = await token(family.make());
      await expectDevices(page, family.api, 1);
      for (const row of rows.filter((one) => one.code === code)) {
        await test.step(row.title, () => meet(family, row, { page, faults: server.faults }));
      }
    });
  }
}

/** Lets one fault happen, and reads the token afterwards. */
async function meet(
  { api, isAnswer }: Family,
  { fault, where = isAnswer, times = 1, code }: FaultRow,
  { page, faults }: { readonly page: Page; readonly faults: FaultPlan },
): Promise<void> {
  const seen = await listWith(page, () => {
    for (let index = 0; index < times; index += 1) {
      faults.add(typeof fault === "function" ? fault(index) : fault, where);
    }
  });
  expect(seen).toEqual({ outcome: code ?? 1, closed: "closed" });
  // The fault was met, and one that stays outlasted the try.
  if (times > 1) expect(faults.pending).toBeGreaterThan(0);
  expect(faults.pending).toBeLessThan(times);
  faults.clear();
  if (api === "hid" && typeof fault !== "function" && fault.kind === "silence") {
    // Linux gives a control transfer 5 s and keeps the node busy so long, the page 3 s: the next try may come too early.
    await expect.poll(() => tryToRead(page)).not.toBe("timeout");
  }
  await expectToRead(page);
}
