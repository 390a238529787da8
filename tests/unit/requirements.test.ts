import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** Letter and number of the last requirement of each group. */
const GROUPS = { V: 21, S: 17, W: 8, D: 15, I: 13, C: 7, P: 11 };
const IDS = Object.entries(GROUPS).flatMap(([letter, last]) =>
  Array.from({ length: last }, (_, index) => `${letter}${index + 1}`),
);

/** Requirements whose tests are written at the same time on other branches. To be emptied when they are joined. */
const DONE_ELSEWHERE: readonly string[] = [];

const ROOT = new URL("../../", import.meta.url);
const TEST_FILE = /\.(?:test|e2e|crash|hw)\.ts$/u;
/** The title of a test that begins with IDs: the first text that is passed to `it`, `test`, or what `.each(…)` gives. */
const TITLE = /(?:\b(?:it|test|plain)(?:\.\w+)*|[\])])\(\s*["'`]((?:[A-Z]\d+ )+)/gu;

function idsOf(source: string): Set<string> {
  return new Set([...source.matchAll(TITLE)].flatMap(([, ids = ""]) => ids.trim().split(" ")));
}

const testFiles = readdirSync(new URL("tests/", ROOT), { recursive: true, encoding: "utf8" })
  .map((path) => `tests/${path.replaceAll("\\", "/")}`)
  .filter((path) => TEST_FILE.test(path));
const idsIn = new Map(testFiles.map((path) => [path, idsOf(readFileSync(new URL(path, ROOT), "utf8"))]));

interface Row {
  readonly id: string;
  readonly requirement: string;
  readonly test: string;
  readonly isApplicable: boolean;
}

const rows: Row[] = readFileSync(new URL("SECURITY.md", ROOT), "utf8")
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .filter(([, id = ""]) => /^[A-Z]\d+$/u.test(id))
  .map(([, id = "", requirement = "", test = ""]) => ({
    id,
    requirement,
    test,
    isApplicable: !test.startsWith("not applicable: "),
  }));

describe("the table of requirements in SECURITY.md", () => {
  it("has one row for each requirement, and no other", () => {
    expect(rows.map(({ id }) => id)).toEqual(IDS);
    for (const { id, requirement, test } of rows) {
      expect(requirement, id).not.toBe("");
      expect(test, id).not.toBe("");
    }
  });

  it("names files that exist", () => {
    const named = rows.flatMap(({ test }) =>
      [...test.matchAll(/`(tests\/[^`]+\.ts)`/gu)].map(([, path]) => path),
    );
    expect(named.filter((path) => !testFiles.includes(path ?? ""))).toEqual([]);
  });

  const checked = rows.filter(({ id, isApplicable }) => isApplicable && !DONE_ELSEWHERE.includes(id));
  it.each(checked)("$id is in the title of a test in each file that the row names", ({ id, test }) => {
    const paths = [...test.matchAll(/`(tests\/[^`]+)`/gu)].map(([, path = ""]) => path);
    const files = paths.filter((path) => path.endsWith(".ts"));
    // A row may name a folder only: then any test below `tests` will do.
    const having = [...idsIn].filter(([, ids]) => ids.has(id)).map(([path]) => path);
    expect(having.length).toBeGreaterThan(0);
    expect(files.filter((path) => !having.includes(path))).toEqual([]);
  });

  it("knows every ID that a title begins with", () => {
    const used = [...idsIn.values()].flatMap((ids) => [...ids]);
    expect(used.filter((id) => !IDS.includes(id))).toEqual([]);
  });

  it("finds titles however a test is written", () => {
    expect([
      ...idsOf('it("V1 V2 x", f); it.each([[1]])("S3 y", f); test(`W4 z`, f); it("no V9", f)'),
    ]).toEqual(["V1", "V2", "S3", "W4"]);
  });
});
