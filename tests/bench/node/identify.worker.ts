import { parentPort } from "node:worker_threads";
import { expose } from "comlink";
import nodeEndpoint from "comlink/dist/esm/node-adapter";
import { IdentifyService } from "../identify-service.ts";

if (!parentPort) throw new Error("This file runs in a worker thread.");
expose(new IdentifyService(), nodeEndpoint(parentPort));
