import { searchHere } from "./searching.ts";

globalThis.postMessage(await searchHere(), { transfer: [] });
