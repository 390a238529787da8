import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PAGE = fileURLToPath(new URL("page/index.html", import.meta.url));

/** The test page, built: every test opens it anew, and a few files load faster than hundreds of modules. */
export default defineConfig({
  root: ROOT,
  base: "./",
  worker: { format: "es" },
  build: {
    outDir: `${ROOT}/test-results/hardware-page`,
    emptyOutDir: true,
    target: "es2022",
    rollupOptions: { input: PAGE },
  },
});
