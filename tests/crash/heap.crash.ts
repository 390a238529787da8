import { randomBytes } from "node:crypto";
import { type CDPSession, expect, type Page, test } from "@playwright/test";
import { HOTP, Secret } from "otpauth";
import { formatBase32, formatHex } from "../../src/core/text-forms.ts";
import { openPage, ProfileOnDisk } from "./browser.ts";

const secret = Uint8Array.from(randomBytes(20));
const passphrase = `heap-canary-${randomBytes(12).toString("hex")}`;
const inUse = { userName: "heap", serialNumber: "HEAP00000001" };
const code = (counter: number) =>
  HOTP.generate({ secret: new Secret({ buffer: secret.slice().buffer }), digits: 6, counter });

/** A PSKC file, base64 as it is, of the canary as a counter token. */
const file = `<KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc"><KeyPackage>
<DeviceInfo><SerialNo>${inUse.serialNumber}</SerialNo></DeviceInfo>
<Key Id="1" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:hotp">
<AlgorithmParameters><ResponseFormat Length="6" Encoding="DECIMAL"/></AlgorithmParameters>
<Data><Secret><PlainValue>${Buffer.from(secret).toString("base64")}</PlainValue></Secret><Counter><PlainValue>0</PlainValue></Counter></Data>
</Key></KeyPackage></KeyContainer>`;

/** Calls of one target over the browser's own session: Playwright has none for workers. */
type Call = (method: string, parameters?: object) => Promise<Record<string, unknown>>;

interface Heap {
  readonly title: string;
  readonly call: Call;
  readonly chunks: string[];
}

/** The page and its dedicated workers. */
async function heapsOf(page: Page): Promise<Heap[]> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const heaps: Heap[] = [];
  const own: Heap = {
    title: "page",
    call: (method, parameters) => session.send(method as "HeapProfiler.takeHeapSnapshot", parameters),
    chunks: [],
  };
  session.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => own.chunks.push(chunk));
  heaps.push(own);
  let lastId = 0;
  const waiting = new Map<string, (result: Record<string, unknown>) => void>();
  session.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => {
    const heap: Heap = {
      title: targetInfo.url,
      chunks: [],
      call: (method, parameters = {}) =>
        new Promise((resolve) => {
          lastId += 1;
          waiting.set(`${sessionId} ${lastId}`, resolve);
          const message = JSON.stringify({ id: lastId, method, params: parameters });
          void session.send("Target.sendMessageToTarget", { sessionId, message });
        }),
    };
    heaps.push(heap);
    session.on("Target.receivedMessageFromTarget", (event) => {
      if (event.sessionId !== sessionId) return;
      const { id, method, params, result } = JSON.parse(event.message) as {
        id?: number;
        method?: string;
        params?: { chunk: string };
        result?: Record<string, unknown>;
      };
      if (method === "HeapProfiler.addHeapSnapshotChunk" && params) heap.chunks.push(params.chunk);
      if (id !== undefined) waiting.get(`${sessionId} ${id}`)?.(result ?? {});
    });
  });
  await session.send("Target.setAutoAttach", {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  return heaps;
}

/** What stands in the heap's strings, after everything unreachable was collected. A snapshot has no bytes of arrays: S14. */
async function strings({ call, chunks }: Heap): Promise<string> {
  chunks.length = 0;
  await call("HeapProfiler.enable");
  for (let time = 0; time < 3; time += 1) await call("HeapProfiler.collectGarbage");
  await call("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  return chunks.join("");
}

/** Keeps a text alive there: what a search that finds nothing has to find. */
async function plant({ call }: Heap, text: string): Promise<void> {
  await call("Runtime.evaluate", {
    expression: `void (globalThis.kept = { text: ${JSON.stringify(text)} })`,
  });
}

const profile = new ProfileOnDisk();
test.afterAll(() => profile.remove());

test("S15 after Lock no heap holds a seed or the passphrase as a text", async () => {
  const context = await profile.open();
  const page = await openPage(context);
  const heaps = await heapsOf(page);
  await expect.poll(() => heaps.length).toBeGreaterThanOrEqual(2);
  const marker = `heap-marker-${randomBytes(8).toString("hex")}`;
  for (const heap of heaps) await plant(heap, marker);
  expect(await page.evaluate((text) => window.crash.importSeeds(text), file)).toBe(1);
  const enabling = [inUse, [code(0), code(1)] as const] as const;
  expect(await page.evaluate(([token, codes]) => window.crash.enable(token, codes), enabling)).toBe(
    "accepted",
  );
  const using = [inUse, passphrase, code(2)] as const;
  expect(
    await page.evaluate(([token, phrase, shown]) => window.crash.useAndLock(token, phrase, shown), using),
  ).toBe("accepted");
  const forms = {
    hex: formatHex(secret),
    base32: formatBase32(secret),
    base64: Buffer.from(secret).toString("base64"),
    passphrase,
  };
  for (const heap of heaps) {
    const text = await strings(heap);
    expect(text, heap.title).toContain(marker);
    const found = Object.entries(forms).filter(([, form]) =>
      text.includes(JSON.stringify(form).slice(1, -1)),
    );
    expect(
      found.map(([name]) => name),
      heap.title,
    ).toEqual([]);
  }
  await context.close();
});
