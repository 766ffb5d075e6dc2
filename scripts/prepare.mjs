// Lets `npm start` and `npm test` work from a bare clone: installs what package-lock.json names when that is
// not what node_modules holds, then compiles (incrementally: an unchanged tree costs a second).
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";

function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
  if (status !== 0) process.exit(status ?? 1);
}

const installed = "node_modules/.package-lock.json";
const stale = !existsSync(installed) || statSync(installed).mtimeMs < statSync("package-lock.json").mtimeMs;
if (stale) run("npm", ["ci", "--no-fund", "--no-audit", "--loglevel=error"]);
run("node", ["node_modules/typescript/bin/tsc", "--build"]);
