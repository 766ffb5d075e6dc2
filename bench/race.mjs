import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkAgreement, summarize } from "./judge.mjs";
import { undisturbed } from "./quiet.mjs";

const HERE = import.meta.dirname;

/**
 * Runs the contenders by turns, A B C A B C …, each time in a process of its own, so that a disturbance meets all alike.
 * Returns for each contender its times, or why it did not take part, and Downhill's time over its, round by round.
 */
export async function race(benchmark, { rounds, peers, quick, quiet, say }) {
  const folder = mkdtempSync(join(tmpdir(), "downhill-bench-"));
  try {
    const settings = { ...benchmark.settings, ...(quick ? QUICK : {}), folder };
    benchmark.prepare?.(folder, settings);
    const results = Object.fromEntries(Object.keys(benchmark.contenders).map((name) => [name, []]));
    const skipped = {};
    for (let round = 1; round <= rounds; round++)
      for (const [name, contender] of Object.entries(benchmark.contenders)) {
        if (name in skipped) continue;
        const own = { ...settings, ...contender.settings, ...(quick ? QUICK : {}), seed: round };
        const run = () => runContender(contender, own, peers);
        const result = quiet ? await undisturbed(run) : run();
        if ("skipped" in result) skipped[name] = result.skipped;
        else results[name].push(result);
        say(`${benchmark.name}: round ${round} of ${rounds}, ${name}: ${result.skipped ?? show(result, benchmark)}`);
      }
    checkAgreement(benchmark, results);
    return summarize(benchmark, results, skipped);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A few steps, to see that everything runs and agrees. */
const QUICK = { warmUp: 2, steps: 4 };

const show = (result, { unit }) => `${result.median.toPrecision(3)} ${unit}`;

function runContender({ program, peer }, settings, peers) {
  const python = program.endsWith(".py");
  const missing = python ? peers.python.missing : peer ? peers.packages.missing : undefined;
  if (missing !== undefined) return { skipped: missing };
  const command = python ? peers.python.command : process.execPath;
  const env = { ...process.env, PYTHONPATH: HERE, PYTHONDONTWRITEBYTECODE: "1" };
  const { status, signal, stdout } = spawnSync(command, [program, JSON.stringify(settings)], {
    cwd: HERE,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error(`${program} ended with ${signal ?? `status ${status}`}`);
  return JSON.parse(stdout.trimEnd().split("\n").at(-1));
}
