import { minifyCss } from "./minify-css.mjs";

/** The file that starts a worker names it by this call. */
const OWN_WORKER = /^import \{ OwnWorker as Worker \} from "[^"]+";\n/mu;
const WORKER_URL = /new URL\("([^"]+\.worker)\.ts", import\.meta\.url\)/u;

/**
 * In the package workers are started by the browser's own `Worker` at a script's built name: that literal is what the bundlers
 * of those who embed us recognise. (The console's own build has our constructor there, for Trusted Types.)
 */
export function literalWorkers() {
  return {
    name: "literal-workers",
    transform: {
      order: "pre",
      filter: { id: /start-worker\.ts$/u },
      handler(code, id) {
        if (!OWN_WORKER.test(code) || !WORKER_URL.test(code)) this.error(`no worker is started in ${id}`);
        // Lines stay where they are, so that no source map is needed.
        const started = code
          .replace(OWN_WORKER, "\n")
          .replace(WORKER_URL, 'new URL("$1.js", import.meta.url)');
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
