import * as flags from "./index.ts";

/**
 * Flags that several commands take together. Those with names are options of the library: the command hands them over as they
 * are, so a flag that stands here reaches every command that takes the bundle.
 */

/** How a command speaks. */
export const output = [flags.quiet, flags.noColor];

/** Where settings come from. */
export const settings = [flags.config, flags.printConfig];

/** How the table in a file is read. */
export const table = {
  target: flags.predict,
  task: flags.task,
  delimiter: flags.delimiter,
  decimal: flags.decimal,
  notMissing: flags.notMissing,
} as const;

/** Where data come from. */
export const source = { dir: flags.dataDir, limit: flags.limit } as const;

/** All that says which data, and how they are read. */
export const tableFlags = [...Object.values(table), flags.header, flags.noHeader];
export const dataFlags = [flags.data, ...Object.values(source), ...tableFlags];

/** What is said of a network beside its text. */
export const network = { activation: flags.activation, dropout: flags.dropout } as const;
/** The same with its loss. */
export const networkFlags = [...Object.values(network), flags.loss];

/** How a run goes: of train, and of all runs of compare. */
export const run = {
  batchSize: flags.batchSize,
  epochs: flags.epochs,
  l2: flags.l2,
  dtype: flags.dtype,
  target: flags.target,
} as const;

/** The same of one run alone. */
export const oneRun = {
  stopAtTarget: flags.stopAtTarget,
  patience: flags.patience,
  maxSteps: flags.maxSteps,
  seed: flags.seed,
} as const;

/** How many runs there are in a comparison. */
export const comparison = { seeds: flags.seeds, trials: flags.trials, tuningEpochs: flags.tuningEpochs } as const;

/** What computes. */
export const device = { device: flags.device, backend: flags.backend } as const;

/** What is set of an update rule. */
export const changes = [flags.set, flags.weightDecay, flags.clipNorm, flags.clipValue, flags.schedule];
