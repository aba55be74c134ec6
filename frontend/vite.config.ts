import { svelte } from "@sveltejs/vite-plugin-svelte";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

import { chunks } from "./build/chunks.ts";
import { worker } from "./build/worker.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What every page begins with. */
const CORE =
  /preload-helper|node_modules\/(svelte|esm-env)\/|src\/(app\/(router|once|autosave|shown)|api\/(who|trouble|server|version)|domain\/when|page\/when|text\/shell|ui\/(Screen|State|Button|Bar|hide\.svelte))\.(ts|svelte)$/;
/** What lies on a phone: the desk keeps nothing, and loads none of it. */
const PHONE =
  /node_modules\/idb\/|src\/(data\/(db|vault|changes|room)|domain\/(ids|media|answers))\.ts$/;
/** What the first screen of the journal adds to it, and screens behind other pages need too. */
const JOURNAL =
  /src\/(app\/(session|update)|data\/(account|locked|entries|opened|queue|kept|library|prefs)|domain\/stage|sync\/(engine|readers|wishes)|patient\/(look|bin|entries|frame|handed|readers|away|said)|text\/first)(\.svelte)?\.ts$/;

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
      // Three pages share code: without these it would come in thirty small files, each of them
      // compressed for itself and asked for by itself.
      output: {
        // The first script names the styles of all later screens: a name says nothing there.
        assetFileNames: "assets/[hash][extname]",
        codeSplitting: {
          groups: [
            { name: "core", test: CORE },
            { name: "phone", test: PHONE },
            { name: "journal", test: JOURNAL },
            { name: chunks(), includeDependenciesRecursively: false },
          ],
        },
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
