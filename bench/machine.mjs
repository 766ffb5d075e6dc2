import { availableParallelism, cpus, loadavg, release, totalmem, type } from "node:os";

/** Where numbers were measured. */
export const machine = () => ({
  cpu: cpus()[0]?.model.trim() ?? "unknown",
  cores: availableParallelism(),
  memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
  system: `${type()} ${release()}`,
  node: process.version,
});

/** Processes that wanted a core in the last minute, on average: what else was going on. */
export const load = () => Number(loadavg()[0].toFixed(2));
