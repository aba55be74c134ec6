/**
 * Writes src/api/schema.gen.ts from the server's OpenAPI document; `--check` only compares.
 *
 * Where the document is looser than the server's rules (answers, parts, categories), the types
 * refer to the hand-written ones of src/api/shapes.ts.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";

const root = fileURLToPath(new URL("../..", import.meta.url));
const target = fileURLToPath(new URL("../src/api/schema.gen.ts", import.meta.url));
const own = `${root}.venv/bin/python`;
const python = process.env.PYTHON ?? (existsSync(own) ? own : "python3");

/** Whole schemas that are unions in truth. */
const WHOLE = { Part: "Part", Change: "Change", Choice: "What" };

const named = (name) => ts.factory.createTypeReferenceNode(name);
const orNull = (type, schema) =>
  [schema.type].flat().includes("null")
    ? ts.factory.createUnionTypeNode([
        type,
        ts.factory.createLiteralTypeNode(ts.factory.createNull()),
      ])
    : type;
const isText = (schema) => [schema?.type].flat().includes("string") && !schema.enum;

function transform(schema, { path }) {
  const steps = path?.split("/") ?? [];
  const name = steps.at(-1);
  if (steps.at(-2) === "schemas" && WHOLE[name]) return named(WHOLE[name]);
  if ((name === "answers" || name === "base") && schema.additionalProperties) {
    return orNull(named("Answers"), schema);
  }
  if (name === "category" && isText(schema)) return orNull(named("Category"), schema);
  if (name === "categories" && isText(schema.items)) {
    return ts.factory.createArrayTypeNode(named("Category"));
  }
  if (path?.endsWith("/schemas/Category/id")) return named("Category");
  if (/\/(Excerpt|Receipt)\/kind$/.test(path ?? "")) return named('What["kind"]');
  return undefined;
}

/** `{entry_id}` and `{grant_id}` are all `{id}` here: names in a path never travel. */
function shortIds(api) {
  const renamed = Object.entries(api.paths).map(([path, methods]) => {
    const [, long] = /^[^{]*\{(\w+_id)\}[^{]*$/.exec(path) ?? [];
    if (!long) return [path, methods];
    for (const { parameters = [] } of [methods, ...Object.values(methods)]) {
      for (const each of parameters) if (each.in === "path" && each.name === long) each.name = "id";
    }
    return [path.replace(`{${long}}`, "{id}"), methods];
  });
  return { ...api, paths: Object.fromEntries(renamed) };
}

const document = execFileSync(python, ["-m", "journal.cli", "openapi"], {
  cwd: root,
  encoding: "utf8",
  maxBuffer: 64 * 1024 * 1024,
});
const types = await openapiTS(shortIds(JSON.parse(document)), {
  transform,
  defaultNonNullable: false,
});
const made = `/* Made by "npm run api" from the server's OpenAPI document. */
import type { Answers, Category, Change, Part, What } from "./shapes.ts";

${astToString(types)}`;

if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") !== made) {
    process.stderr.write('src/api/schema.gen.ts is not up to date: run "npm run api".\n');
    process.exit(1);
  }
} else {
  writeFileSync(target, made);
}
