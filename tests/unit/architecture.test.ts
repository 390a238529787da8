import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

interface Rule {
  /** Folders (or files) of ours it may import, besides itself. */
  readonly ours: readonly string[];
  /** Folders whose types it may import, and nothing else of them. */
  readonly typesOf?: readonly string[];
  /** Packages it may import. */
  readonly packages: readonly string[];
}

/** Who may import what. A folder that is not here fails the test: add its line together with the folder. */
const RULES: Readonly<Record<string, Rule>> = {
  core: { ours: [], packages: ["@scure/base"] },
  otp: { ours: ["core"], packages: [] },
  apdu: { ours: ["core"], packages: [] },
  tlv: { ours: ["core"], packages: [] },
  "oath-applet": { ours: ["core", "apdu", "tlv"], typesOf: ["otp"], packages: [] },
  nitrokey: { ours: ["core", "apdu", "tlv"], typesOf: ["otp"], packages: [] },
  transports: { ours: ["core", "apdu"], packages: [] },
  bridge: { ours: ["core", "apdu", "oath-applet", "nitrokey", "transports", "otp"], packages: [] },
  seeds: {
    ours: ["core", "otp"],
    packages: ["@noble/ciphers", "@noble/hashes", "otpauth", "papaparse", "qr", "saxes"],
  },
  vault: { ours: ["core", "otp"], packages: ["idb", "hash-wasm"] },
  mfa: { ours: ["core", "otp", "seeds", "vault"], typesOf: ["workers/contract.ts"], packages: ["comlink"] },
  workers: { ours: ["core", "otp", "seeds", "vault", "mfa"], packages: ["comlink"] },
  virtual: { ours: ["core", "otp", "apdu", "tlv", "oath-applet", "nitrokey"], packages: [] },
  elements: {
    ours: ["mfa", "bridge", "core"],
    typesOf: ["otp", "seeds"],
    packages: ["lit", "@lit/context", "otpauth"],
  },
  define: { ours: ["elements"], packages: [] },
  bundle: { ours: ["core"], typesOf: ["mfa"], packages: ["virtual:one-file-service"] },
  console: { ours: ["elements", "mfa", "bridge", "virtual", "core"], packages: ["lit", "@lit/context"] },
};

/** Entry files join layers on purpose. */
const ENTRIES: Readonly<Record<string, readonly string[]>> = {
  "src/bundle.ts": ["define.ts", "index.ts", "bridge", "bundle", "core", "mfa"],
  "src/define.ts": ["define"],
  "src/index.ts": ["elements", "mfa", "bridge", "core"],
  "src/console/main.ts": ["elements", "mfa", "bridge", "virtual", "core", "define.ts"],
};

/**
 * The only ways from a lower layer to a higher one: the engine comes with the kernel and the workers that implement its
 * interfaces, and the local service loads what a worker would have had where it can start none.
 */
const COMPOSITION: Readonly<Record<string, readonly string[]>> = {
  "src/otp/engine.ts": ["workers/kernel/load-kernel.ts", "workers/identification/worker-parts.ts"],
  "src/mfa/local-service.ts": ["workers/page-thread.ts"],
};

/** What the engine comes with knows it and the core, and nothing of seed files, vault or service. */
const ENGINE_PARTS = /^workers\/(?:kernel|identification)\//u;

/** `workers/contract.ts` names the service's own types: types only, so that it adds no code to the page. */
const PURE_FOLDERS = [
  "core",
  "apdu",
  "tlv",
  "oath-applet",
  "nitrokey",
  "otp",
  "seeds",
  "vault",
  "mfa",
  "workers",
  "virtual",
];

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const files = ["src", "workers"].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
    .map((name) => path.posix.join(folder, name.replaceAll(path.sep, "/"))),
);
const sources = new Map(files.map((file) => [file, readFileSync(path.join(ROOT, file), "utf8")]));
const imports = files.flatMap(importsOf);

function importsOf(file: string): Import[] {
  const source = sources.get(file) ?? "";
  const statements = source.matchAll(
    /^(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?"([^"]+)";|\bimport\(\s*"([^"]+)"\s*\)/gmu,
  );
  return [...statements].map(([, type, named, dynamic]) => {
    const target = named ?? dynamic ?? "";
    const to = target.startsWith(".") ? path.posix.join(path.posix.dirname(file), target) : target;
    return { from: file, to, typeOnly: type !== undefined };
  });
}

function folderOf(file: string): string {
  const [top = "", second = ""] = file.split("/");
  return top === "src" ? second : top;
}

function isOurs(target: string): boolean {
  return target.startsWith("src/") || target.startsWith("workers/");
}

function packageOf(target: string): string {
  return target.split("/", target.startsWith("@") ? 2 : 1).join("/");
}

function isAllowed({ from, to, typeOnly }: Import): boolean {
  const entry = ENTRIES[from];
  const rule = RULES[folderOf(from)];
  if (!isOurs(to)) return entry !== undefined || (rule?.packages.includes(packageOf(to)) ?? false);
  if (COMPOSITION[from]?.includes(to)) return true;
  const folder = folderOf(to);
  if (from.startsWith("workers/kernel/") && folder !== "core") {
    return to.startsWith("workers/kernel/") || (typeOnly && folder === "otp");
  }
  if (ENGINE_PARTS.test(from) && !ENGINE_PARTS.test(to) && folder !== "core" && folder !== "otp")
    return false;
  if (entry) return entry.includes(folder) || folder === folderOf(from);
  if (!rule) return false;
  if (folder === folderOf(from) || rule.ours.includes(folder)) return true;
  return typeOnly && (rule.typesOf ?? []).some((allowed) => allowed === folder || allowed === to);
}

describe("architecture", () => {
  it("has a rule for every folder", () => {
    const folders = new Set(files.filter((file) => !ENTRIES[file]).map(folderOf));
    expect([...folders].filter((folder) => !RULES[folder])).toEqual([]);
  });

  it("imports only what the table allows", () => {
    const forbidden = imports.filter((one) => !isAllowed(one));
    expect(forbidden.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it("finds the imports at all", () => {
    expect(imports.length).toBeGreaterThan(files.length);
    expect(isAllowed({ from: "src/core/x.ts", to: "src/otp/y.ts", typeOnly: true })).toBe(false);
    expect(isAllowed({ from: "src/elements/x.ts", to: "src/vault/y.ts", typeOnly: false })).toBe(false);
    expect(isAllowed({ from: "src/elements/x.ts", to: "src/otp/y.ts", typeOnly: false })).toBe(false);
    expect(isAllowed({ from: "src/otp/x.ts", to: "lit", typeOnly: false })).toBe(false);
    for (const [from, targets] of Object.entries(COMPOSITION)) {
      for (const to of targets) {
        expect(isAllowed({ from, to, typeOnly: false })).toBe(true);
        expect(isAllowed({ from: "src/otp/x.ts", to, typeOnly: false })).toBe(false);
        expect(isAllowed({ from: "src/mfa/x.ts", to, typeOnly: false })).toBe(false);
      }
    }
    const part = "workers/identification/x.ts";
    expect(isAllowed({ from: part, to: "src/otp/y.ts", typeOnly: false })).toBe(true);
    expect(isAllowed({ from: part, to: "src/vault/y.ts", typeOnly: true })).toBe(false);
    expect(isAllowed({ from: part, to: "workers/outcomes.ts", typeOnly: false })).toBe(false);
    expect(isAllowed({ from: "workers/kernel/x.ts", to: "src/otp/y.ts", typeOnly: true })).toBe(true);
    expect(isAllowed({ from: "workers/kernel/x.ts", to: "src/otp/y.ts", typeOnly: false })).toBe(false);
  });

  it("has no cycle", () => {
    const edges = new Map(files.map((file) => [file, [] as string[]]));
    for (const { from, to, typeOnly } of imports) if (isOurs(to) && !typeOnly) edges.get(from)?.push(to);
    const done = new Set<string>();
    const visit = (file: string, trail: readonly string[]): string[] => {
      if (trail.includes(file)) return [[...trail.slice(trail.indexOf(file)), file].join(" → ")];
      if (done.has(file)) return [];
      const found = (edges.get(file) ?? []).flatMap((next) => visit(next, [...trail, file]));
      done.add(file);
      return found;
    };
    expect(files.flatMap((file) => visit(file, []))).toEqual([]);
  });

  it("compiles the pure folders without the DOM", () => {
    const config = readFileSync(path.join(ROOT, "workers/tsconfig.json"), "utf8");
    for (const folder of PURE_FOLDERS.filter((name) => name !== "workers")) {
      expect(config).toContain(`"../src/${folder}"`);
    }
    expect(config).not.toContain('"DOM');
  });

  it("keeps files small, and out of buckets", () => {
    const large = files.filter((file) => (sources.get(file)?.split("\n").length ?? 0) > 251);
    expect(large).toEqual([]);
    const buckets = files.filter((file) => /(?:^|\/)(?:utils?|helpers?|misc|types)\.ts$/u.test(file));
    expect(buckets).toEqual([]);
  });

  it("P2 has no unsafe sink and no default export", () => {
    const sinks = /\bunsafe(?:HTML|SVG|CSS)\b|\binnerHTML\b|\beval\(|\bnew Function\b|^export default/mu;
    expect(files.filter((file) => sinks.test(sources.get(file) ?? ""))).toEqual([]);
  });
});
