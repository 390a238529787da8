import { expect, it } from "vitest";
import "../../../src/define.ts";

it.each([
  "oath-code",
  "oath-countdown",
  "oath-enroll",
  "oath-resync",
  "oath-verify",
  "oath-devices",
  "oath-token",
])("registers %s", (name) => {
  expect(customElements.get(name)).toBeDefined();
});

it("does no harm when it is loaded again", async () => {
  // The question mark makes another module of the same file, as a second copy on the page would be.
  const again = new URL("../../../src/define.ts?again", import.meta.url).href;
  await expect(import(/* @vite-ignore */ again)).resolves.toBeDefined();
});
