// @vitest-environment node
/** What the pages load, in the files as they were built. */
import { existsSync, readdirSync, readFileSync } from "node:fs";

import { expect, it } from "vitest";

const folder = new URL("../../../journal/static/", import.meta.url);
const text = (path: string): string => readFileSync(new URL(path, folder), "utf8");

/** All scripts a page can ever load: its own, and what these import at once or later. */
function loads(page: string): Set<string> {
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    for (const [, next = ""] of text(`assets/${file}`).matchAll(/["'`]\.\/([\w-]+\.js)["'`]/g)) {
      visit(next);
    }
  };
  for (const [, file = ""] of text(page).matchAll(/(?:src|href)="\/assets\/([\w-]+\.js)"/g)) {
    visit(file);
  }
  return found;
}

const entryOf = (page: string): string =>
  /<script[^>]* src="\/assets\/([\w-]+\.js)"/.exec(text(page))?.[1] ?? "";

it.each(["capture.html", "desk.html"])("%s never loads the app's beginning", (page) => {
  if (!existsSync(folder)) throw new Error('Run "npm run build" first.');
  expect(loads("index.html").size).toBeGreaterThan(20);
  expect(readdirSync(new URL("assets", folder))).toContain(entryOf("index.html"));
  expect(loads(page)).toContain(entryOf(page));
  // The app would begin a second time, on that page.
  expect(loads(page)).not.toContain(entryOf("index.html"));
});
