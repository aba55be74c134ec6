/**
 * Which file a part of the app lies in that is not there from the start. Left to itself the build
 * makes a file of every screen and of all that any two share: hundreds of requests before a phone
 * can do without a network. Here a file holds what is used together.
 */

interface Module {
  readonly importedIds: readonly string[];
  readonly dynamicallyImportedIds: readonly string[];
}
interface Graph {
  getModuleInfo(id: string): Module | null;
}

const APP = "src/main.ts";
/** What they reach stays as the build splits it: a file of the app's would start the app there. */
const OTHERS = ["src/capture.ts", "src/desk.ts"];
const PAGES = [APP, ...OTHERS];
/** Wanted at once, one behind the other: what is in two of them lies with the first. */
const SOON: readonly (readonly [file: string, screens: RegExp])[] = [
  ["enter", /src\/enter\/SignIn\.svelte$/],
  ["help", /src\/enter\/Help\.svelte$/],
  [
    "behind",
    /src\/(patient\/(Guide|NewPage|HomeNotes|Setup|Elsewhere)|lock\/(LockScreen|Cover))\.svelte$|src\/app\/(watch|putaway)\.ts$/,
  ],
];
const AREA = /\/src\/(\w+)\//;
/** Too small for a file of their own. */
const WITH: Readonly<Record<string, string>> = {
  app: "patient",
  data: "sync",
  api: "sync",
  media: "patient",
  ui: "patient",
  trends: "measures",
  search: "timeline",
  install: "sharing",
  plan: "sharing",
  brief: "sharing",
};

/** All that these load, themselves among it; `later`: also what they load once they are asked to. */
function reached(from: readonly string[], graph: Graph, later = false): Set<string> {
  const found = new Set<string>();
  const visit = (id: string): void => {
    if (found.has(id)) return;
    found.add(id);
    const module = graph.getModuleInfo(id);
    module?.importedIds.forEach(visit);
    if (later) module?.dynamicallyImportedIds.forEach(visit);
  };
  from.forEach(visit);
  return found;
}

const idOf = (page: string): string => new URL(`../${page}`, import.meta.url).pathname;

/** The file of each part of the app that no page begins with. */
function filed(graph: Graph): Map<string, string> {
  const reach = (from: readonly string[]) => reached(from, graph);
  const ids = [...reached(PAGES.map(idOf), graph, true)];
  const first = reach([idOf(APP)]);
  const elsewhere = reached(OTHERS.map(idOf), graph, true);
  const lazy = [
    ...new Set(ids.flatMap((id) => graph.getModuleInfo(id)?.dynamicallyImportedIds ?? [])),
  ];
  const files = new Map<string, string>();
  const put = (id: string, file: string): void => {
    if (!first.has(id) && !elsewhere.has(id) && !files.has(id)) files.set(id, file);
  };
  for (const [file, screens] of SOON) {
    for (const id of reach(lazy.filter((one) => screens.test(one)))) put(id, file);
  }
  const areas = new Map<string, Set<string>>();
  for (const one of lazy) {
    const area = AREA.exec(one)?.[1] ?? "";
    for (const id of reach([one])) {
      areas.set(id, (areas.get(id) ?? new Set()).add(WITH[area] ?? area));
    }
  }
  for (const [id, [area = "", other]] of areas) put(id, other ? "shared" : area);
  return files;
}

/** The name of the file for a module, or null where the build decides. */
export function chunks(): (id: string, graph: Graph) => string | null {
  let known: Map<string, string> | null = null;
  return (id, graph) => (known ??= filed(graph)).get(id) ?? null;
}
