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
    modulePreload: {
      // It is an inline script in disguise; every browser we support preloads natively.
      polyfill: false,
      // Listing what each later screen needs costs the first one more than it saves: the worker
      // has it all. Styles have no other way to come.
      resolveDependencies: (_file, needs, { hostId, hostType }) =>
        hostType === "js" && /^assets\/(index|capture)-/.test(hostId)
          ? needs.filter((each) => each.endsWith(".css"))
          : needs,
    },
    reportCompressedSize: false,
    rolldownOptions: {
      input: {
        index: here("index.html"),
        capture: here("capture.html"),
        desk: here("desk.html"),
      },
    },
  },
  server: {
    host: "localhost",
    port: 5173,
    strictPort: true,
    // Host and Origin stay equal, so cookies and the server's origin check work in development.
    proxy: { "/api": { target: "http://localhost:5001", changeOrigin: false } },
  },
});
