import { installPacked } from "./packed.ts";

/** Playwright takes its set-up from a default export. */
export default function setUp(): void {
  installPacked();
}
