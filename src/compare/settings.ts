import { checkNumber, cut, quoteValue, whole } from "../arguments/index.ts";
import { checkTunable, optimizerFromData } from "../optimizers/index.ts";
import { defaults, type Target } from "../train/index.ts";
import { atRate, type Contender, isTunable, labelOf, lecture } from "./contender.ts";
import { checkContender, checkList } from "./door.ts";

/** What a comparison is asked to do. */
export interface CompareOptions {
  /** Default: the lecture's. */
  readonly optimizers?: readonly Contender[];
  /** Default 64, as in all runs. */
  readonly batchSize?: number | "full";
  /** Passes of each final run. Default 25, as in all runs. */
  readonly epochs?: number;
  /** Seeds of the final runs. Default 1 … 5. */
  readonly seeds?: readonly number[];
  /** Learning rates that are tried for each optimizer. Default 8. 0: no search, defaults are taken. */
  readonly trials?: number;
  /** Seeds of the trials, each rate's cost being the mean over them. Default: the two after the largest of `seeds`. */
  readonly tuningSeeds?: readonly number[];
  /** Passes of each trial. Default: as many as a final run has, since short trials favour rates that are too small. */
  readonly tuningEpochs?: number;
  /** Whether gradient descent on the full batch is run beside, for the report. Default true. */
  readonly fullBatch?: boolean;
  /** Default: nine tenths of the way down to the middle optimizer's best validation cost, on a log scale. */
  readonly target?: Target;
  /** The strength of a term ½·l2·‖w‖² in the cost. Default 0. */
  readonly l2?: number;
  /** Default f32. */
  readonly dtype?: "f32" | "f64";
}

/** The same with every default in its place. */
export interface CompareSettings extends Required<Omit<CompareOptions, "target">> {
  readonly target: Target | null;
}

/** Checks the options and fills in defaults. Throws a RangeError that says what was given and what is allowed. */
export function settleComparison(options: CompareOptions): CompareSettings {
  const { optimizers = lecture, seeds = [1, 2, 3, 4, 5], trials = 8, fullBatch = true } = options;
  const { epochs = defaults.epochs, batchSize = defaults.batchSize, l2 = defaults.l2 } = options;
  const { tuningEpochs = epochs, dtype = defaults.dtype, target = null } = options;
  checkNumber("epochs", epochs, whole(1));
  checkNumber("tuningEpochs", tuningEpochs, whole(1));
  checkNumber("trials", trials, whole(0));
  if (batchSize !== "full") checkNumber("batchSize", batchSize, whole(1));
  if (typeof fullBatch !== "boolean") throw new TypeError(`fullBatch is ${quoteValue(fullBatch)}; give true or false`);
  checkList("seeds", seeds, "[1, 2, 3]");
  distinct("seeds", seeds.map(String));
  const last = Math.max(...seeds);
  const { tuningSeeds = [last + 1, last + 2] } = options;
  checkList("tuningSeeds", tuningSeeds, "[6, 7]");
  distinct("tuningSeeds", tuningSeeds.map(String));
  for (const seed of [...seeds, ...tuningSeeds]) checkNumber("seed", seed, whole(0));
  checkList("optimizers", optimizers, '[{ rule: "adam" }, { rule: "lion" }]');
  optimizers.forEach((contender, i) => {
    checkContender(contender, `optimizers[${i}]`);
  });
  distinct("optimizers", optimizers.map(labelOf));
  checkContenders(optimizers, trials > 0);
  return { optimizers, batchSize, epochs, seeds, trials, tuningSeeds, tuningEpochs, fullBatch, target, l2, dtype };
}

function checkContenders(optimizers: readonly Contender[], tuned: boolean): void {
  for (const contender of optimizers) {
    if (tuned && contender.schedule !== undefined && isTunable(contender)) checkTunable(contender.schedule);
    optimizerFromData(atRate(contender));
  }
}

function distinct(what: string, names: readonly string[]): void {
  if (names.length === 0) throw new RangeError(`${what}: none are given; one at least is needed`);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new RangeError(`${what}: ${cut(twice)} is given twice; each can take part once`);
}
