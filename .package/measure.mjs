import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";

/**
 * What a page loads of an entry point, in bytes after gzip, minified, with all packages it needs inside: `first` at once,
 * `later` when it is used. Chunks are counted one by one, as they are sent.
 * @param {string} entry a file of the built package
 * @param {{ external?: (string | RegExp)[] }} [options] packages to leave out of the count
 */
export async function measure(entry, { external = [] } = {}) {
  const build = await rolldown({ input: entry, external, platform: "browser", logLevel: "silent" });
  const { output } = await build.generate({ format: "es", minify: true, comments: false });
  await build.close();
  const chunks = new Map(output.flatMap((one) => (one.type === "chunk" ? [[one.fileName, one]] : [])));
  const first = new Set();
  const load = (name) => {
    const chunk = chunks.get(name);
    if (!chunk || first.has(name)) return;
    first.add(name);
    chunk.imports.forEach(load);
  };
  for (const [name, chunk] of chunks) if (chunk.isEntry) load(name);
  const bytesOf = (wanted) =>
    [...chunks].reduce(
      (sum, [name, { code }]) =>
        first.has(name) === wanted ? sum + gzipSync(code, { level: 9 }).length : sum,
      0,
    );
  return { first: bytesOf(true), later: bytesOf(false) };
}
