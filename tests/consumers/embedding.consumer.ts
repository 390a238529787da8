import path from "node:path";
import { expect, test } from "@playwright/test";
import { enrol } from "./enrolment.ts";
import { INSTALLED } from "./packed.ts";
import { startSite } from "./site.ts";

const DIST = path.join(INSTALLED, "dist/package");
const NONCE = "c29tZS1ub25jZQ";

interface Embedding {
  /** Page's policy; `CDN` stands for the origin of the script, which is another one than the page's. */
  readonly policy?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The script is of the page's own origin. */
  readonly isOwn?: boolean;
  readonly runsIn: "worker" | "page";
  /** What the policy may refuse: the worker we then do without. */
  readonly refused?: readonly string[];
}

const TRUSTED = "require-trusted-types-for 'script'";
const STRICT = "default-src 'self'; script-src 'self' 'nonce-NONCE' CDN; style-src 'self'";

/** Every way of embedding the one-file bundle that a page's policy or origin makes different. */
const EMBEDDINGS: Readonly<Record<string, Embedding>> = {
  "own origin, no policy": { isOwn: true, runsIn: "worker" },
  "another origin, no policy": { runsIn: "worker" },
  "no worker-src": { policy: STRICT, runsIn: "page", refused: ["worker-src"] },
  "worker-src 'none'": { policy: `${STRICT}; worker-src 'none'`, runsIn: "page", refused: ["worker-src"] },
  "worker-src blob:": { policy: `${STRICT}; worker-src blob:`, runsIn: "worker" },
  "default-src 'self' with the documented sources": {
    isOwn: true,
    policy: "default-src 'self'; script-src 'self' 'nonce-NONCE' 'wasm-unsafe-eval'; worker-src blob:",
    runsIn: "worker",
  },
  "nonce and strict-dynamic": {
    policy: "script-src 'nonce-NONCE' 'strict-dynamic'; object-src 'none'; base-uri 'none'; worker-src blob:",
    runsIn: "worker",
  },
  "Trusted Types with our policy": {
    policy: `${STRICT}; worker-src blob:; ${TRUSTED}; trusted-types lit-html oath-bridge`,
    runsIn: "worker",
  },
  "Trusted Types without our policy": {
    policy: `${STRICT}; worker-src blob:; ${TRUSTED}; trusted-types lit-html`,
    runsIn: "page",
    refused: ["trusted-types", "require-trusted-types-for"],
  },
  "COEP and COOP": {
    headers: {
      "Cross-Origin-Embedder-Policy": "require-corp",
      "Cross-Origin-Opener-Policy": "same-origin",
    },
    runsIn: "worker",
  },
};

const pageOf = (
  script: string,
) => `<!doctype html><html lang="en"><meta charset="utf-8" /><title>Embedding</title>
<link rel="icon" href="data:," /><main></main><output></output>
<script type="module" nonce="${NONCE}">
  const refused = [];
  addEventListener("securitypolicyviolation", (event) => refused.push(event.effectiveDirective));
  globalThis.refused = refused;
  const { createLocalMfaService } = await import("${script}");
  const seeds = await (await fetch("/seeds.pskcxml")).text();
  const service = await createLocalMfaService();
  await service.importSeeds(seeds);
  const enroll = document.createElement("oath-enroll");
  enroll.userName = "ana";
  enroll.service = service;
  enroll.addEventListener("oath-enrolled", ({ device }) => {
    document.querySelector("output").textContent = "Enrolled " + device.deviceName + " of " + device.serialNumber;
  });
  document.querySelector("main").append(enroll);
  document.body.dataset.runsIn = service.runsIn;
</script></html>`;

const SEEDS = `<KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc"><KeyPackage>
<DeviceInfo><SerialNo>BOX000000001</SerialNo></DeviceInfo>
<Key Id="1" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:hotp">
<AlgorithmParameters><ResponseFormat Length="6" Encoding="DECIMAL"/></AlgorithmParameters>
<Data><Secret><PlainValue>MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=</PlainValue></Secret><Counter><PlainValue>0</PlainValue></Counter></Data>
</Key></KeyPackage></KeyContainer>`;

for (const [title, embedding] of Object.entries(EMBEDDINGS)) {
  const { policy, headers = {}, isOwn = false, runsIn, refused = [] } = embedding;
  test(`bundle, ${title}: answers from the ${runsIn}`, async ({ page }) => {
    await using cdn = await startSite({
      folder: DIST,
      headers: { "Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin" },
    });
    const filled = policy?.replaceAll("NONCE", NONCE).replaceAll("CDN", cdn.origin);
    await using site = await startSite({
      folder: DIST,
      headers: { ...headers, ...(filled !== undefined && { "Content-Security-Policy": filled }) },
      pages: { "/": pageOf(`${isOwn ? "" : cdn.origin}/src/bundle.js`), "/seeds.pskcxml": SEEDS },
    });
    await page.goto(site.origin);
    await expect(page.locator("body")).toHaveAttribute("data-runs-in", runsIn);
    await enrol(page);
    const violated = new Set(await page.evaluate<string[]>("globalThis.refused"));
    // The kernel is compiled where the policy lets it ('wasm-unsafe-eval'); its refusal is reported as of script-src.
    expect([...violated].filter((one) => !["script-src", ...refused].includes(one))).toEqual([]);
    if (policy?.includes("wasm-unsafe-eval")) expect([...violated]).toEqual([]);
    for (const one of refused.slice(0, 1)) expect([...violated]).toContain(one);
  });
}
