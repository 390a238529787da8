import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { BUDGETS } from "../../.package/budgets.mjs";
import { ENTRIES } from "../../.package/entries.mjs";
import { measure } from "../../.package/measure.mjs";
import { HOME, INSTALLED, ROOT, tarball } from "./packed.ts";

/** Runs a package's command; what it says is in the error when it fails. */
function run(command: string, args: readonly string[], cwd = ROOT): string {
  return execFileSync(process.execPath, [path.join(ROOT, "node_modules", command), ...args], {
    cwd,
    encoding: "utf8",
  });
}

test("publint finds nothing, not even a suggestion", () => {
  expect(run("publint/src/cli.js", ["--strict", "--pack", "false", INSTALLED])).toContain("All good!");
});

test("every entry point's types resolve as they run", () => {
  const args = [
    tarball(),
    "--profile",
    "esm-only",
    "--exclude-entrypoints",
    "worker",
    "worker/identification",
  ];
  // It ends with an error where one does not; the rest is to see that it looked at all of them.
  const said = run("@arethetypeswrong/cli/dist/index.js", [...args, "--format", "ascii"]);
  for (const name of Object.keys(ENTRIES))
    expect(said).toContain(`"${path.posix.join("oath-bridge", name)}"`);
});

test("every entry point is exported with its types and is there", () => {
  const { exports: exported } = JSON.parse(readFileSync(path.join(INSTALLED, "package.json"), "utf8")) as {
    exports: Record<string, { types: string; default: string }>;
  };
  for (const [name, file] of Object.entries(ENTRIES)) {
    expect(exported[name]).toEqual({
      types: `./dist/package/${file}.d.ts`,
      default: `./dist/package/${file}.js`,
    });
    expect(existsSync(path.join(INSTALLED, exported[name]?.default ?? ""))).toBe(true);
    expect(existsSync(path.join(INSTALLED, exported[name]?.types ?? ""))).toBe(true);
  }
});

test("a consumer's strict types hold, also inside our declarations", () => {
  const file = path.join(HOME, "types.ts");
  writeFileSync(
    file,
    `import "oath-bridge/define";
import { OathCode, type MfaService } from "oath-bridge";
import { createLocalMfaService } from "oath-bridge/mfa";
import { createOtpEngine } from "oath-bridge/otp";
import { readSeedFile } from "oath-bridge/seeds";
import { requestToken } from "oath-bridge/bridge";
const field: OathCode = document.createElement("oath-code");
field.addEventListener("oath-code", (event) => event.observed.code.length);
const service: MfaService = await createLocalMfaService();
// @ts-expect-error a name is text
void service.listMfaDevices(1);
void [createOtpEngine, readSeedFile, requestToken];
`,
  );
  for (const resolution of ["bundler", "nodenext"]) {
    const module = resolution === "bundler" ? "esnext" : "nodenext";
    const options = [
      "--ignoreConfig",
      "--noEmit",
      "--strict",
      "--target",
      "es2022",
      "--lib",
      "es2023,dom,dom.iterable,dom.asynciterable",
    ];
    run(
      "typescript/bin/tsc",
      [
        ...options,
        "--module",
        module,
        "--moduleResolution",
        resolution,
        "--skipLibCheck",
        "false",
        "--types",
        "w3c-web-usb,w3c-web-hid",
        file,
      ],
      HOME,
    );
  }
});

test("it is imported in Node, where there is no DOM, and computes there", () => {
  const script = `
    await import("oath-bridge"); await import("oath-bridge/define"); await import("oath-bridge/bridge"); await import("oath-bridge/mfa");
    const { createOtpEngine } = await import("oath-bridge/otp");
    const { readSeedFile } = await import("oath-bridge/seeds");
    const { seeds } = await readSeedFile("otpauth://hotp/A:b?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&counter=0");
    const engine = await createOtpEngine();
    console.log(typeof document, engine.code(seeds[0], 0));`;
  const said = execFileSync(process.execPath, ["--input-type=module", "-e", script], {
    cwd: HOME,
    encoding: "utf8",
  });
  expect(said.trim()).toBe("undefined 755224");
});

for (const { use, entry, limit, target } of BUDGETS) {
  test(`budget: ${use}`, async () => {
    const { first, later } = await measure(path.join(INSTALLED, "dist/package", entry));
    const ratio = (first / target).toFixed(2);
    // The figures are what the run is for.
    // oxlint-disable-next-line no-console
    console.log(
      `${use}: ${first} bytes gzip (limit ${limit}, ${ratio} of the target ${target}), ${later} later`,
    );
    expect(first).toBeGreaterThan(1000);
    expect(first).toBeLessThanOrEqual(limit);
  });
}
