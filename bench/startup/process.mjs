// From the start of a Node process to its end.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { measure, report, settings } from "../contender.mjs";

const { script, args } = settings;
if (script !== undefined && !existsSync(script)) report({ skipped: `${script} has not been built` });
else
  await measure(() => {
    const { status } = spawnSync(process.execPath, script === undefined ? args : [script, ...args]);
    if (status !== 0) throw new Error(`${args.join(" ")} ended with status ${status}`);
  });
