/**
 * `oath-bridge/bundle`: everything in one ES module for a `<script type="module">`, from this origin or another one. It
 * registers the elements and needs nothing but itself: Lit, the service's worker and the kernel are inside. For browsers only.
 */
import "./define.ts";
import { startInlineWorker } from "./bundle/inline-worker.ts";
import { setWorkerFactory } from "./core/worker-factory.ts";

export * from "./index.ts";
export { grantedTokens, requestToken, supportedTokens, watchTokens } from "./bridge/index.ts";
export { createLocalMfaService, type LocalMfaServiceOptions } from "./mfa/local-service.ts";
export type { LocalMfaService } from "./mfa/local-contract.ts";
export { setWorkerFactory, type WorkerFactory, type WorkerKind } from "./core/worker-factory.ts";

setWorkerFactory(startInlineWorker);
