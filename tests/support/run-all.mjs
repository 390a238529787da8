// Runs every test this machine can run, one runner after the other, and ends with one line of the real totals:
//   N passed, N failed, N skipped
// A runner that breaks before it reports counts as one failure, so that the line can never hide it.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { ensureChromium } from "./browser.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const require = createRequire(import.meta.url);
const reports = mkdtempSync(path.join(os.tmpdir(), "oath-bridge-tests-"));
const total = { passed: 0, failed: 0, skipped: 0 };

/** @param {string} title @param {string} program @param {string[]} args @param {Record<string, string>} [env] */
function run(title, program, args, env = {}) {
  console.log(`\n— ${title}`);
  const { status } = spawnSync(process.execPath, [program, ...args], {
    cwd: ROOT,
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  return status === 0;
}

/** The file behind a package's command. @param {string} name @param {string} command */
function bin(name, command) {
  const manifest = require.resolve(`${name}/package.json`);
  const { bin: commands } = JSON.parse(readFileSync(manifest, "utf8"));
  return path.join(path.dirname(manifest), typeof commands === "string" ? commands : commands[command]);
}

/** @param {string} title @param {boolean} succeeded @param {() => typeof total} read */
function add(title, succeeded, read) {
  let counted = { passed: 0, failed: 0, skipped: 0 };
  try {
    counted = read();
  } catch (error) {
    console.error(`${title}: no report (${error instanceof Error ? error.message : String(error)})`);
  }
  if (!succeeded && counted.failed === 0) counted.failed = 1;
  // Skipped ones have printed their reason.
  if (succeeded && counted.passed + counted.skipped === 0) {
    console.error(`${title}: ran no test`);
    counted.failed += 1;
  }
  console.log(`${title}: ${counted.passed} passed, ${counted.failed} failed, ${counted.skipped} skipped`);
  total.passed += counted.passed;
  total.failed += counted.failed;
  total.skipped += counted.skipped;
}

/** @param {string} file */
function vitestTotals(file) {
  const report = JSON.parse(readFileSync(file, "utf8"));
  return {
    passed: report.numPassedTests,
    failed:
      report.numFailedTests +
      report.testResults.filter((one) => one.status === "failed" && one.assertionResults.length === 0).length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** @param {string} name of the report and of the folder in tests @param {string} title @param {boolean} canRun */
function playwright(name, title, canRun) {
  const file = path.join(reports, `${name}.json`);
  const args = ["test", "--config", `tests/${name}/playwright.config.ts`, "--reporter", "list,json"];
  const succeeded =
    canRun && run(title, bin("@playwright/test", "playwright"), args, { PLAYWRIGHT_JSON_OUTPUT_NAME: file });
  add(name, succeeded, () => playwrightTotals(file));
}

/** @param {string} file */
function playwrightTotals(file) {
  const { stats } = JSON.parse(readFileSync(file, "utf8"));
  if (stats.flaky > 0) console.log(`${stats.flaky} of them passed at the second try only`);
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
}

try {
  const browser = ensureChromium();
  console.log(`browser: ${browser.path} (${browser.source})`);

  for (const project of ["unit", "browser"]) {
    const file = path.join(reports, `${project}.json`);
    const args = [
      "run",
      "--project",
      project,
      "--reporter",
      "default",
      "--reporter",
      "json",
      `--outputFile.json=${file}`,
    ];
    const succeeded = run(`${project} tests`, bin("vitest", "vitest"), args);
    add(project, succeeded, () => vitestTotals(file));
  }

  const built = run("build of the console", bin("vite", "vite"), ["build", "--logLevel", "warn"]);
  playwright("e2e", "end-to-end tests", built);
  playwright("crash", "crash tests: two tabs at once, browsers that are killed", true);
  playwright("consumers", "consumers: pages that embed the packed package, built by others' tools", true);
  playwright("hardware", "hardware tests: virtual tokens on the browser's real WebUSB and WebHID", true);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  total.failed += 1;
} finally {
  rmSync(reports, { recursive: true, force: true });
}

console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;
