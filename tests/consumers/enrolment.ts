import { expect, type Page } from "@playwright/test";

/** Assigns the page's token in `<oath-enroll>`, with the first two codes of RFC 4226 appendix D. */
export async function enrol(page: Page): Promise<void> {
  await page.getByLabel("Device name").fill("desk-fob");
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await page.getByLabel("Serial number").fill("BOX000000001");
  await page.getByLabel("MFA code 1", { exact: true }).fill("755224");
  await page.getByLabel("MFA code 2", { exact: true }).fill("287082");
  await page.getByRole("button", { name: "Add MFA", exact: true }).click();
  await expect(page.locator("output")).toHaveText("Enrolled desk-fob of BOX000000001");
}
