/** The budget counts what a page loads before it can be used: its script and what that preloads. */
import { existsSync, readFileSync } from "node:fs";

const folder = "../journal/static";

function firstLoad(page) {
  if (!existsSync(`${folder}/${page}`)) throw new Error('Run "npm run build" first.');
  const html = readFileSync(`${folder}/${page}`, "utf8");
  const found = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)];
  return found.map(([, path]) => `${folder}/${path}`);
}

export default [
  { name: "patient, first load", path: firstLoad("index.html"), brotli: true, limit: "45 kB" },
  { name: "capture, first load", path: firstLoad("capture.html"), brotli: true, limit: "36.5 kB" },
  { name: "therapist, first load", path: firstLoad("desk.html"), brotli: true, limit: "40 kB" },
  // Comes behind the first screen; every file it keeps is named in it.
  { name: "worker", path: `${folder}/sw.js`, brotli: true, limit: "16 kB" },
];
