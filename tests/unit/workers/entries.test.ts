import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const files = ["src", "workers"].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => path.join(folder, name)),
);
const sourceOf = (file: string) => readFileSync(path.join(ROOT, file), "utf8");

it("W8 Comlink exposes one object, in one place and behind the guard", () => {
  const exposing = files.filter((file) => /\bexpose\(/u.test(sourceOf(file)));
  expect(exposing).toEqual([path.join("workers", "expose-service.ts")]);
  expect(sourceOf("workers/expose-service.ts")).toContain("guardedEndpoint(endpoint, API_METHODS)");
});

it("W8 the service is given its worker, or a channel of its own", () => {
  const calls = files.flatMap((file) =>
    [...sourceOf(file).matchAll(/(?<!function )\bexposeService\((\w+)\)/gu)].map(
      ([, to]) => `${file}: ${to}`,
    ),
  );
  expect(calls.toSorted()).toEqual([
    "workers/one-file-service.ts: scope",
    "workers/page-thread.ts: port2",
    "workers/verification.worker.ts: self",
  ]);
});

it("W8 no window is an endpoint, and no message goes to whoever listens", () => {
  const loose = /\bwindowEndpoint\b|postMessage\([^)]*["']\*["']/u;
  expect(files.filter((file) => loose.test(sourceOf(file)))).toEqual([]);
});
