import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import process from "node:process";

/** Debian's own Python: it is the one that sees Debian's `python3-gi`. */
export const PYTHON = "/usr/bin/python3";
/** Debian's own Chromium: it reads {@link POLICY_FOLDER}. */
export const CHROMIUM = "/usr/bin/chromium";
/** Where Debian's Chromium reads managed policies. */
export const POLICY_FOLDER = "/etc/chromium/policies/managed";

const PACKAGES = ["umockdev", "gir1.2-umockdev-1.0", "python3-gi"] as const;
/** What a browser needs to show its windows, and somebody to press keys in them. */
const DISPLAY_PACKAGES = ["xvfb", "xdotool", "openbox"] as const;
const DISPLAY_PROGRAMS = ["/usr/bin/Xvfb", "/usr/bin/xdotool", "/usr/bin/openbox"] as const;

/** What this machine lacks for the hardware tests, as one line; null when they can run. */
export function missingForBed(): string | null {
  if (process.platform !== "linux") return "the test bed needs Linux";
  if (!isExecutable(CHROMIUM)) return `the test bed needs Debian's Chromium at ${CHROMIUM}`;
  if (process.getuid?.() !== 0) return "the test bed needs root, to grant the devices by a managed policy";
  if (!hasPackages()) return `the test bed needs the Debian packages ${PACKAGES.join(", ")}`;
  return null;
}

/** What this machine lacks, besides {@link missingForBed}, for the tests of the browser's chooser; null when they can run. */
export function missingForDisplay(): string | null {
  if (DISPLAY_PROGRAMS.every(isExecutable)) return null;
  return `a browser with windows needs the Debian packages ${DISPLAY_PACKAGES.join(", ")}`;
}

/** Installs the packages where that can be done without asking: as root on Debian. */
export function installPackages(): void {
  const bed = hasPackages() ? [] : PACKAGES;
  const display = missingForDisplay() === null ? [] : DISPLAY_PACKAGES;
  // One after the other: where the display cannot be had, the bed still can.
  const groups = [bed, display].filter(({ length }) => length > 0);
  if (groups.length === 0 || process.platform !== "linux" || process.getuid?.() !== 0 || !isDebian()) return;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const wait = ["-o", "DPkg::Lock::Timeout=300"];
  const options = { env, stdio: "ignore" } as const;
  if (spawnSync("apt-get", [...wait, "update"], options).status !== 0) return;
  for (const group of groups) {
    spawnSync("apt-get", [...wait, "install", "-y", "--no-install-recommends", ...group], options);
  }
}

function hasPackages(): boolean {
  const program = "import gi; gi.require_version('UMockdev', '1.0'); from gi.repository import UMockdev";
  return spawnSync(PYTHON, ["-c", program], { stdio: "ignore" }).status === 0;
}

function isDebian(): boolean {
  return existsSync("/etc/os-release") && /^ID=debian$/mu.test(readFileSync("/etc/os-release", "utf8"));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
