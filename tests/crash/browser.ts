import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { type BrowserContext, chromium, type Page } from "@playwright/test";
import { findChromium } from "../support/browser.mjs";

export const PORT = 4318;

/** A profile on disk, and browsers that use it one after the other. In a private window nothing would outlive them. */
export class ProfileOnDisk {
  readonly #folder = mkdtempSync(path.join(os.tmpdir(), "oath-bridge-profile-"));
  #processes: number[] = [];

  /** Starts a browser on the profile. */
  open(): Promise<BrowserContext> {
    return chromium.launchPersistentContext(this.#folder, { ...findChromium()?.launch, headless: true });
  }

  /** Finds the processes of the browser, so that killing them later takes no time. Its page must be open. */
  watch(): void {
    const listed = execFileSync("ps", ["-A", "-o", "pid=,args="], { encoding: "utf8", maxBuffer: 2 ** 24 });
    const own = listed.split("\n").filter((line) => line.includes(this.#folder));
    this.#processes = own.map((line) => Number.parseInt(line, 10));
  }

  /** Kills every process watched, as a failing machine would: none of them can write anything more. */
  kill(): void {
    for (const id of this.#processes.splice(0)) {
      try {
        process.kill(id, "SIGKILL");
      } catch {
        // Gone already, with the one that started it.
      }
    }
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** A page of that browser with the service open. */
export async function openPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${PORT}/tests/crash/page/`);
  await page.waitForFunction(() => "crash" in window);
  await page.evaluate(() => window.crash.open());
  return page;
}
