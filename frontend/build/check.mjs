/** Runs the checks of `npm run check` side by side, as each of them keeps one core busy. */
import { spawn } from "node:child_process";

const CHECKS = ["check:svelte", "lint", "check:types", "format:check"];
const TOGETHER = 2;

/** Whether this script of `package.json` has nothing to say against the code. */
const passes = (script) =>
  new Promise((resolve, reject) => {
    const npm = [process.env.npm_execpath, "run", "--silent", script];
    const run = spawn(process.execPath, npm, { stdio: "inherit" });
    run.on("error", reject);
    run.on("close", (code) => resolve(code === 0));
  });

const failed = [];
const waiting = [...CHECKS];
await Promise.all(
  Array.from({ length: TOGETHER }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (!(await passes(next))) failed.push(next);
    }
  }),
);
if (failed.length > 0) {
  process.stderr.write(`Failed: ${failed.join(", ")}\n`);
  process.exitCode = 1;
}
