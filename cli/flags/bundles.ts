import type { CompareOptions } from "../../src/compare/index.ts";
import type { SplitOptions } from "../../src/data/index.ts";
import type { LoadOptions } from "../../src/data/node/index.ts";
import type { DeviceOptions } from "../../src/device/index.ts";
import type { TextOptions } from "../../src/nn/index.ts";
import type { RunData } from "../../src/train/plain/index.ts";
import type { FlagsFor } from "./flag.ts";
import * as flags from "./index.ts";

/**
 * Groups of flags that several commands share. Those with names are options of the library: the command passes them on
 * unchanged, so a flag added here is accepted by every command that uses the bundle. `satisfies` names the library's type,
 * so a flag for an option that it lacks does not compile.
 */

/** How much a command prints, and whether in colour. */
export const output = [flags.quiet, flags.noColor];

/** Where settings come from. */
export const settings = [flags.config, flags.printConfig];

/** How the text of a CSV file is parsed. */
export const form = {
  delimiter: flags.delimiter,
  decimal: flags.decimal,
  thousands: flags.thousands,
  notMissing: flags.notMissing,
} as const satisfies FlagsFor<LoadOptions>;

/** How the table in a CSV file is read. */
export const table = { target: flags.predict, task: flags.task, ...form } as const satisfies FlagsFor<LoadOptions>;

/** What becomes of a table's columns and rows. */
export const tableUse = {
  ignore: flags.ignore,
  columns: flags.columns,
  weights: flags.exampleWeights,
  missing: flags.missing,
  rare: flags.rare,
  asIs: flags.asIs,
  validationFile: flags.validation,
  testFile: flags.test,
} as const satisfies FlagsFor<LoadOptions>;

/** How rows are kept together. */
export const grouping = { groups: flags.groupBy } as const satisfies FlagsFor<LoadOptions>;

/** How much classes count. */
export const weighing = { classWeights: flags.classWeights } as const satisfies FlagsFor<LoadOptions>;

/** How a table's rows are split. */
export const split = {
  validation: flags.validationSplit,
  test: flags.testSplit,
  seed: flags.splitSeed,
  column: flags.splitBy,
} as const satisfies FlagsFor<SplitOptions>;

/** Where data come from. */
export const source = {
  dir: flags.dataDir,
  limit: flags.limit,
  whiten: flags.whiten,
  imageSize: flags.imageSize,
} as const satisfies FlagsFor<LoadOptions>;

/** Everything that chooses the data and how to read them. */
export const tableFlags = [
  ...[...Object.values(table), flags.header, flags.noHeader],
  ...[...Object.values(tableUse), ...Object.values(split)],
];
export const dataFlags = [flags.data, ...Object.values(source), ...tableFlags];

/** Settings of a network beside its text. */
export const network = {
  activation: flags.activation,
  dropout: flags.dropout,
} as const satisfies FlagsFor<TextOptions>;
/** The same, and its loss. */
export const networkFlags = [...Object.values(network), flags.loss, flags.labelSmoothing];

/** The fit of a formula to data. */
export const curve = {
  predict: flags.curvePredict,
  start: flags.curveStart,
  bounds: flags.bounds,
  fix: flags.fix,
  weights: flags.weights,
  sigma: flags.sigma,
  absoluteSigma: flags.absoluteSigma,
  loss: flags.curveLoss,
  scale: flags.scale,
  missing: flags.curveMissing,
  level: flags.level,
  seed: flags.curveSeed,
} as const;

/** Settings of a run: of train, and of all runs of compare. */
export const run = {
  batchSize: flags.batchSize,
  epochs: flags.epochs,
  augment: flags.augment,
  l2: flags.l2,
  dtype: flags.dtype,
  target: flags.target,
} as const satisfies FlagsFor<RunData, CompareOptions>;

/** Settings of a single run. */
export const oneRun = {
  stopAtTarget: flags.stopAtTarget,
  patience: flags.patience,
  monitor: flags.monitor,
  minDelta: flags.minDelta,
  maxSteps: flags.maxSteps,
  seed: flags.seed,
  trajectory: flags.trajectory,
} as const satisfies FlagsFor<RunData>;

/** The number of runs in a comparison. */
export const comparison = {
  seeds: flags.seeds,
  trials: flags.trials,
  tuningEpochs: flags.tuningEpochs,
} as const satisfies FlagsFor<CompareOptions>;

/** The device. */
export const device = { device: flags.device, backend: flags.backend } as const satisfies FlagsFor<DeviceOptions>;

/** Changes to an update rule. */
export const changes = [flags.set, flags.weightDecay, flags.clipNorm, flags.clipValue, flags.schedule];

/** Parameters with other hyper-parameters. */
export const groups = [flags.lrFactor, flags.decayFactor];
