// The real service in a worker that can be hung from outside: one that never comes back cannot be had otherwise.
import { type Endpoint, expose } from "comlink";
import { API_METHODS } from "../../../workers/contract.ts";
import { guardedEndpoint } from "../../../workers/guarded-endpoint.ts";
import { RecordedService } from "../../../workers/recorded-service.ts";

expose(new RecordedService(), guardedEndpoint(globalThis as unknown as Endpoint, API_METHODS));

globalThis.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
  if (data !== "hang") return;
  for (;;);
});
