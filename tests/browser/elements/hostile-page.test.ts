import { expect, it, onTestFinished } from "vitest";
import type { HostilePageReport } from "./hostile-page.ts";

it("P3 in a page whose objects were tampered with, the worker's verdicts stay, and elements draw", async () => {
  const frame = document.createElement("iframe");
  const script = new URL("./hostile-page.ts", import.meta.url).href;
  frame.srcdoc = `<script type="module" src="${script}"></script>`;
  onTestFinished(() => frame.remove());
  const report = await new Promise<HostilePageReport>((resolve) => {
    window.addEventListener("message", ({ source, data }) => {
      if (source === frame.contentWindow) resolve(data as HostilePageReport);
    });
    document.body.append(frame);
  });
  expect(report).toEqual({
    wrong: "code-not-recognised",
    right: "accepted",
    again: "code-already-used",
    drawn: true,
    isOurs: true,
    devices: 1,
    vaultState: "new",
  });
});
