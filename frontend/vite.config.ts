import { svelte } from "@sveltejs/vite-plugin-svelte";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

import { worker } from "./build/worker.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [svelte(), worker()],
  build: {
    target: "es2023",
    outDir: here("../journal/static"),
    emptyOutDir: true,
    // Inlined assets would be data: addresses, which the content policy forbids.
    assetsInlineLimit: 0,
    // The polyfill is an inline script in disguise; every browser we support preloads natively.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { input: { index: here("index.html"), desk: here("desk.html") } },
  },
  server: {
    host: "localhost",
    port: 5173,
    strictPort: true,
    // Host and Origin stay equal, so cookies and the server's origin check work in development.
    proxy: { "/api": { target: "http://localhost:5001", changeOrigin: false } },
  },
});
