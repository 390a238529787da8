import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Where the consumers live while they are tested. Our package is in its own `node_modules`; all others are found above it. */
export const HOME = path.join(ROOT, "dist/consumers");

/** The package as a consumer has it. */
export const INSTALLED = path.join(HOME, "node_modules/oath-bridge");

/** The packed file itself. */
export const tarball = () => path.join(HOME, readdirSync(HOME).find((name) => name.endsWith(".tgz")) ?? "");

/** Builds and packs the package, and unpacks it where the consumers find it. Needs no network. */
export function installPacked(): void {
  rmSync(HOME, { recursive: true, force: true });
  mkdirSync(INSTALLED, { recursive: true });
  // A project of its own: inside ours, "oath-bridge" would mean the working tree.
  writeFileSync(path.join(HOME, "package.json"), JSON.stringify({ private: true, type: "module" }));
  // `prepack` builds it: what is tested is what would be published.
  execFileSync("npm", ["pack", "--silent", "--pack-destination", HOME], {
    cwd: ROOT,
    stdio: ["ignore", "ignore", "inherit"],
  });
  execFileSync("tar", ["xzf", tarball(), "-C", INSTALLED, "--strip-components=1"]);
  cpSync(path.join(ROOT, "tests/consumers/apps"), path.join(HOME, "apps"), { recursive: true });
}
