import { openCanoKey } from "./canokey.ts";
import { startEnrolment } from "./enrolment.ts";
import { openNitrokey } from "./nitrokey.ts";
import { openPico } from "./pico.ts";
import { outcome } from "./outcome.ts";

/** What the tests use in the page: the bridge, and the browser's own APIs with nothing of it between (bytes as hex). */
const hardware = {
  openCanoKey,
  openPico,
  openNitrokey,
  outcome,
  startEnrolment,
  elements: () => import("../../../src/define.ts"),
  bridge: () => import("../../../src/bridge/index.ts"),
} as const;

declare global {
  interface Window {
    hardware: typeof hardware;
  }
}

window.hardware = hardware;
