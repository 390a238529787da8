import { describe, expect, it, onTestFinished } from "vitest";
import { createOtpEngine } from "../../../src/otp/index.ts";
import { answer, type KernelAnswer } from "./answer.ts";
import { oracleCode, totpSeed } from "../../support/seeds.ts";

const FAST: KernelAnswer = { kernel: "wasm-simd", code: "755224", webAssembly: "works" };

describe("the kernel", () => {
  it("is the WebAssembly one in the page", async () => {
    expect(await answer()).toEqual(FAST);
  });

  it("is the WebAssembly one in a worker", async () => {
    const worker = new Worker(new URL("./answering.worker.ts", import.meta.url), { type: "module" });
    onTestFinished(() => worker.terminate());
    const said = await new Promise((resolve, reject) => {
      worker.addEventListener("message", ({ data }) => resolve(data));
      worker.addEventListener("error", () => reject(new Error("the worker failed")));
    });
    expect(said).toEqual(FAST);
  });

  it("is the TypeScript one where the content security policy forbids WebAssembly", async () => {
    expect(await answerUnder("script-src 'self'")).toEqual({
      kernel: "typescript",
      code: "755224",
      webAssembly: "CompileError",
    });
  });

  it("is the WebAssembly one where the policy allows just that", async () => {
    expect(await answerUnder("script-src 'self' 'wasm-unsafe-eval'")).toEqual(FAST);
  });
});

it("identifies one token among 20 000 in the page, and can be cancelled", async () => {
  const engine = await createOtpEngine();
  const secrets = crypto.getRandomValues(new Uint8Array(20_000 * 3));
  const seeds = Array.from({ length: 20_000 }, (_, index) =>
    totpSeed({ serialNumber: `N${index}`, secret: secrets.subarray(index * 3, index * 3 + 3), digits: 8 }),
  );
  const seed = seeds[17_171] ?? totpSeed();
  const codes = [59, 60].map((step) => oracleCode(seed, step));
  const window = { backSteps: 10, aheadSteps: 10 };
  const found = await engine.identify(seeds, codes, { atMs: 55 * 30_000, window });
  // Secrets of three bytes may occur twice.
  expect(found.map(({ serialNumber }) => serialNumber)).toContain("N17171");
  expect(found[0]).toMatchObject({ movingFactor: 60, driftSteps: 5 });

  const controller = new AbortController();
  const wide = { backSteps: 0, aheadSteps: 100_000 };
  const search = engine.identify(seeds, codes, { atMs: 0, window: wide, signal: controller.signal });
  setTimeout(() => controller.abort(new Error("enough")), 50);
  await expect(search).rejects.toThrow("enough");
});

/** A frame of our own origin under a policy of its own. */
function answerUnder(policy: string): Promise<unknown> {
  const frame = document.createElement("iframe");
  const script = new URL("./answering-page.ts", import.meta.url).href;
  frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="${policy}"><script type="module" src="${script}"></script>`;
  onTestFinished(() => frame.remove());
  return new Promise((resolve) => {
    window.addEventListener("message", ({ source, data }) => {
      if (source === frame.contentWindow) resolve(data);
    });
    document.body.append(frame);
  });
}
