/**
 * Builds the service worker after the app: lists what the app build wrote, compiles
 * `src/worker/sw.ts` with that list as one classic script, and stores `.br` and `.gz` twins
 * beside everything that compresses. `sw.js` is written last, so its presence means "complete".
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build, type Plugin } from "vite";

interface Precached {
  url: string;
  revision: string | null;
}

const COMPRESSES = /\.(css|html|js|json|svg|txt|webmanifest)$/;
/**
 * A clinic computer keeps nothing of the desk, so the desk is never stored on a device; and the
 * pictures of the manifest are looked at once, before the app is there.
 */
const LEFT_OUT = /^(desk\.html|robots\.txt|screenshots\/.*)$|\.map$/;

const source = fileURLToPath(new URL("../src/worker/sw.ts", import.meta.url));

/** Every file below `folder`, as paths with forward slashes. */
function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

function precacheList(folder: string, deskOnly: ReadonlySet<string>): Precached[] {
  return files(folder)
    .filter((path) => !LEFT_OUT.test(path) && !deskOnly.has(path))
    .map((path) => ({
      url: `/${path}`,
      // Names in /assets/ hold a hash already; the rest needs a revision.
      revision: path.startsWith("assets/")
        ? null
        : createHash("sha256")
            .update(readFileSync(join(folder, path)))
            .digest("hex")
            .slice(0, 16),
    }));
}

function compress(folder: string, paths: readonly string[]): void {
  for (const path of paths.filter((name) => COMPRESSES.test(name))) {
    const raw = readFileSync(join(folder, path));
    const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
    writeFileSync(join(folder, `${path}.br`), brotliCompressSync(raw, { params }));
    writeFileSync(join(folder, `${path}.gz`), gzipSync(raw, { level: 9 }));
  }
}

async function buildWorker(folder: string, list: Precached[]): Promise<void> {
  await build({
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    define: {
      __PRECACHE__: JSON.stringify(list),
      "process.env.NODE_ENV": JSON.stringify("production"),
    },
    build: {
      target: "es2023",
      outDir: folder,
      emptyOutDir: false,
      copyPublicDir: false,
      reportCompressedSize: false,
      // As a library it is one classic script, with what pages load later inside it.
      lib: {
        entry: source,
        formats: ["iife"],
        name: "journalWorker",
        fileName: () => "sw.building.js",
      },
    },
  });
}

/** The chunks (and their styles) that only the desk page loads. */
function onlyForDesk(bundle: Bundle): Set<string> {
  const patient = reached(bundle, "index");
  return new Set([...reached(bundle, "desk")].filter((file) => !patient.has(file)));
}

type Bundle = Parameters<
  Extract<NonNullable<Plugin["writeBundle"]>, (...a: never[]) => unknown>
>[1];

function reached(bundle: Bundle, entry: string): Set<string> {
  const found = new Set<string>();
  const visit = (file: string): void => {
    const chunk = bundle[file];
    if (found.has(file) || chunk?.type !== "chunk") return;
    found.add(file);
    for (const style of chunk.viteMetadata?.importedCss ?? []) found.add(style);
    for (const asset of chunk.viteMetadata?.importedAssets ?? []) found.add(asset);
    for (const next of [...chunk.imports, ...chunk.dynamicImports]) visit(next);
  };
  for (const chunk of Object.values(bundle)) {
    if (chunk.type === "chunk" && chunk.isEntry && chunk.name === entry) visit(chunk.fileName);
  }
  return found;
}

/** The Vite plugin; does nothing in development, where there is no worker. */
export function worker(): Plugin {
  let folder = "";
  let deskOnly = new Set<string>();
  return {
    name: "journal-worker",
    apply: "build",
    configResolved(config) {
      folder = config.build.outDir;
    },
    writeBundle(_options, bundle) {
      deskOnly = onlyForDesk(bundle);
    },
    closeBundle: {
      sequential: true,
      async handler(error?: Error) {
        if (error) return;
        const shell = files(folder).filter((path) => !/\.(br|gz)$/.test(path));
        await buildWorker(folder, precacheList(folder, deskOnly));
        compress(folder, shell);
        const built = join(folder, "sw.building.js");
        writeFileSync(join(folder, "sw.ready.js"), readFileSync(built));
        rmSync(built);
        compress(folder, ["sw.ready.js"]);
        for (const twin of [".br", ".gz", ""]) {
          renameSync(join(folder, `sw.ready.js${twin}`), join(folder, `sw.js${twin}`));
        }
      },
    },
  };
}
