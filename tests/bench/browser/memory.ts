import { releaseProxy, wrap } from "comlink";
import { expectSame } from "../contest.ts";
import { showCodes } from "../contests/identify.ts";
import type { IdentifyService } from "../identify-service.ts";

/** Chromium only, and only in a page that is isolated from other origins. TypeScript's DOM does not know it. */
interface PerformanceWithMemory extends Performance {
  measureUserAgentSpecificMemory(): Promise<{ readonly bytes: number }>;
}

/** Live bytes of this page and its workers, after garbage collection, and the WebAssembly memory. */
export interface IdentifyMemory {
  /** The caller's own array of seeds. */
  readonly inventoryBytes: number;
  /** The most that searching added to it, seen while it ran and after. */
  readonly searchBytes: number;
  /** Of it, the WebAssembly memory: the seeds' states, which stay for the next search. */
  readonly wasmBytes: number;
  /** Measurements that fell into the search. */
  readonly samples: number;
}

/** What a search among `count` seeds needs, beside the caller's seeds themselves. */
export async function measureIdentifyMemory(count: number): Promise<IdentifyMemory> {
  const empty = await jsBytes();
  const worker = new Worker(new URL("./identify.worker.ts", import.meta.url), { type: "module" });
  const identifier = wrap<IdentifyService>(worker);
  try {
    await identifier.fill(count);
    const liveBytes = async () => (await jsBytes()) + (await identifier.wasmBytes());
    const [before, wasmBefore] = [await liveBytes(), await identifier.wasmBytes()];
    const { index, codes } = showCodes(count);
    const state = { searching: true };
    const search = identifier.search(codes, 10).finally(() => {
      state.searching = false;
    });
    const seen: number[] = [];
    do seen.push(await liveBytes());
    while (state.searching);
    expectSame(
      "identify: token found",
      (await search).some((one) => one.index === index),
      true,
    );
    const samples = seen.length;
    seen.push(await liveBytes());
    return {
      inventoryBytes: before - wasmBefore - empty,
      searchBytes: Math.max(...seen) - before,
      wasmBytes: (await identifier.wasmBytes()) - wasmBefore,
      samples,
    };
  } finally {
    identifier[releaseProxy]();
    worker.terminate();
  }
}

async function jsBytes(): Promise<number> {
  const { bytes } = await (performance as PerformanceWithMemory).measureUserAgentSpecificMemory();
  return bytes;
}
