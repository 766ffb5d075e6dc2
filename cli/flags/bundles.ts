import * as flags from "./index.ts";

/** Flags that several commands take together. */

/** How a command speaks. */
export const output = [flags.quiet, flags.noColor];
/** Where settings come from. */
export const settings = [flags.config, flags.printConfig];
/** How a table is read. */
export const csv = [
  flags.predict,
  flags.task,
  flags.delimiter,
  flags.header,
  flags.noHeader,
  flags.decimal,
  flags.notMissing,
];
/** Which data set. */
export const dataSet = [flags.data, flags.dataDir, flags.limit, ...csv];
/** Which network. */
export const network = [flags.model, flags.activation, flags.dropout];
/** What is set of an update rule. */
export const changes = [flags.set, flags.weightDecay, flags.clipNorm, flags.clipValue];
