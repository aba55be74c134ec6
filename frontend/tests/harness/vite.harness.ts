/** Builds the page that tests drive: `vite build --config tests/harness/vite.harness.ts --outDir …`. */
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("."),
  plugins: [svelte({ configFile: here("../../svelte.config.js") })],
  publicDir: false,
  build: {
    target: "es2023",
    emptyOutDir: true,
    // Names under /desk are no business of the service worker, so the page opens beside the app.
    assetsDir: "desk-engine",
    modulePreload: { polyfill: false },
    minify: false,
    reportCompressedSize: false,
    rolldownOptions: { input: here("desk-engine.html") },
  },
});
