import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { page } from "vitest/browser";
import { DEMO_DATABASE } from "../../../src/console/demo-service.ts";

beforeEach(() => {
  for (const name of ["localStorage", "sessionStorage"] as const) {
    vi.spyOn(window, name, "get").mockImplementation(() => {
      throw new DOMException("Access is denied for this document.", "SecurityError");
    });
  }
});

afterEach(() => {
  vi.restoreAllMocks();
  document.body.replaceChildren();
  indexedDB.deleteDatabase(DEMO_DATABASE);
});

it("starts, signs in and sets a token's clock where the browser blocks its storage", async () => {
  await page.viewport(1280, 900);
  const starting = document.createElement("p");
  starting.id = "starting";
  document.body.append(starting);

  await import("../../../src/console/main.ts");

  expect(starting.isConnected).toBe(false);
  await page.getByRole("button", { name: "Fill in for the root user" }).click();
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect.element(page.getByRole("heading", { name: "Welcome back" })).toBeVisible();
  await page.getByLabelText("Seconds ahead").fill("-180");
  await page.getByLabelText("Sample token").selectOptions("OBDT10000093 – Key fob 60 s");
  await page.getByLabelText("Sample token").selectOptions("OBDT10000017 – Key fob 30 s");
  await expect.element(page.getByText("It is 3 min behind. One step is 30 s.")).toBeVisible();
  await page.getByRole("button", { name: "Hide the virtual token" }).click();
  await expect.element(page.getByRole("button", { name: "Show the virtual token" })).toBeVisible();
});
