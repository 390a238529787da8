// The verification worker as it is, and beside it what a test wants to know of its inside.
import { expose } from "comlink";
import { API_METHODS } from "../../../workers/contract.ts";
import { guardedEndpoint } from "../../../workers/guarded-endpoint.ts";
import { RecordedService } from "../../../workers/recorded-service.ts";

const service = new RecordedService();
const seen = { uncaught: 0, fingerprint: "" };
const methods = ["constructor", ...API_METHODS];
const originals = methods.map((name) => Reflect.get(service, name) as unknown);

/** What an attack would have to change. */
function fingerprint(): string {
  const own = Reflect.ownKeys(service).map(String);
  const isUntouched = methods.every((name, index) => Reflect.get(service, name) === originals[index]);
  return JSON.stringify([Reflect.ownKeys(Object.prototype).map(String), own, isUntouched]);
}
const before = fingerprint();

const count = () => {
  seen.uncaught += 1;
};
addEventListener("error", count);
addEventListener("unhandledrejection", count);
addEventListener("message", ({ data }: MessageEvent<unknown>) => {
  // The guard lets no text through.
  if (data === "inspect") postMessage({ ...seen, isUnchanged: fingerprint() === before });
});

// A worker's global scope is an endpoint; this file is compiled with the page's types.
expose(service, guardedEndpoint(globalThis as unknown as Worker, API_METHODS));
