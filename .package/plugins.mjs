import path from "node:path";
import { minifyCss } from "./minify-css.mjs";

/** The file that starts a worker names it by this call. */
const OWN_WORKER = /^import \{ OwnWorker as Worker \} from "[^"]+";\n/mu;
const WORKER_URL = /new URL\("([^"]+\.worker)\.ts", import\.meta\.url\)/u;

/**
 * In the package workers are started by the browser's own `Worker` at a script's built name: that literal is what the bundlers
 * of those who embed us recognise. (The console's own build has our constructor there, for Trusted Types.)
 * @param {string} [folder] of the one file that everything is built into; unless told, each module stays where it is
 */
export function literalWorkers(folder) {
  return {
    name: "literal-workers",
    transform: {
      order: "pre",
      filter: { id: /start-worker\.ts$/u },
      handler(code, id) {
        const [literal, script] = WORKER_URL.exec(code) ?? [];
        if (!OWN_WORKER.test(code) || !script) return this.error(`no worker is started in ${id}`);
        const from = path.dirname(path.relative("", id));
        const url = path.posix.relative(folder ?? from, path.posix.join(from, script));
        const named = url.startsWith(".") ? url : `./${url}`;
        // Lines stay where they are, so that no source map is needed.
        const started = code
          .replace(OWN_WORKER, "\n")
          .replace(literal, `new URL("${named}.js", import.meta.url)`);
        return { code: started, map: null };
      },
    },
  };
}

/** Takes comments and indentation out of the style sheets in css`…`: no bundler looks into a template. */
export function smallStyles() {
  return {
    name: "small-styles",
    transform: {
      order: "pre",
      filter: { id: /\/src\/.*\.ts$/u, code: "css`" },
      handler: (code) => minifyCss(code),
    },
  };
}
