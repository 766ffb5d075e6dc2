// Lets `npm start` and `npm test` work from a bare clone: installs what package-lock.json names when that is
// not what node_modules holds, then compiles, and bundles the viewer of landscapes (both only what has changed: an unchanged
// tree costs a second). As npm and the compiler are silent while they work, it says on the error stream what takes the time.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";

function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
  if (status !== 0) process.exit(status ?? 1);
}

const say = (words) => process.stderr.write(`${words}\n`);

const installed = "node_modules/.package-lock.json";
const stale = !existsSync(installed) || statSync(installed).mtimeMs < statSync("package-lock.json").mtimeMs;
if (stale) say("installing, which takes about a minute …");
if (stale) run("npm", ["ci", "--no-fund", "--no-audit", "--loglevel=error"]);
say(existsSync("dist") ? "compiling …" : "compiling, which takes a minute or two …");
run("node", ["node_modules/typescript/bin/tsc", "--build"]);
run("node", ["scripts/viewer.mjs"]);
