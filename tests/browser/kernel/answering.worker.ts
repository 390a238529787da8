import { answer } from "./answer.ts";

globalThis.postMessage(await answer(), { transfer: [] });
