import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
}

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
const lock = read("../../package-lock.json") as { packages: Record<string, Locked> };
const manifest = read("../../package.json") as Record<string, Record<string, string>>;
const packages = Object.entries(lock.packages).filter(([name]) => name !== "");

/** What runs code of its own when it is installed: nothing. A name may be added only with a reason. */
const MAY_RUN_ON_INSTALL: readonly string[] = [];

it("P10 every package is locked by its hash, from the registry, and runs nothing when it is installed", () => {
  expect(packages.length).toBeGreaterThan(100);
  expect(
    packages.filter(([, { integrity }]) => !integrity?.startsWith("sha512-")).map(([name]) => name),
  ).toEqual([]);
  expect(
    packages
      .filter(
        ([, { resolved }]) => resolved !== undefined && !resolved.startsWith("https://registry.npmjs.org/"),
      )
      .map(([name]) => name),
  ).toEqual([]);
  const running = packages.filter(([, { hasInstallScript }]) => hasInstallScript).map(([name]) => name);
  expect(running).toEqual(MAY_RUN_ON_INSTALL);
});

it("P10 this package runs nothing when it is installed, and names exact versions", () => {
  const scripts = Object.keys(manifest["scripts"] ?? {});
  expect(scripts.filter((name) => /^(?:pre|post)?install$|^prepare$/u.test(name))).toEqual([]);
  const asked = Object.entries({ ...manifest["dependencies"], ...manifest["devDependencies"] });
  expect(asked.length).toBeGreaterThan(10);
  expect(asked.filter(([, version]) => !/^\d+\.\d+\.\d+$/u.test(version))).toEqual([]);
});
