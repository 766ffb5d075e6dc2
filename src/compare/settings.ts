import { checkList, checkNumber, cut, quoteValue, unknownName, whole } from "../arguments/index.ts";
import { checkTunable, optimizerFromData } from "../optimizers/index.ts";
import { defaults, MOST_TRIALS, type Target } from "../train/index.ts";
import { checkContender } from "./check-request.ts";
import { atRate, type Contender, defaultContenders, isTunable, labelOf } from "./contender.ts";
import { type CompareOptions, tuningLosses } from "./options.ts";

/** The options with all defaults filled in. */
export interface CompareSettings
  extends Required<Omit<CompareOptions, "target" | "tuneOn" | "augment">>,
    // tuneOn is missing in folders of older versions.
    Pick<CompareOptions, "tuneOn" | "augment"> {
  /** The target that was given, or null. */
  readonly target: Target | null;
}

/**
 * Checks the options and fills in defaults. Throws a RangeError or TypeError that says what was given and what is
 * allowed.
 */
export function resolveCompareOptions(options: CompareOptions): CompareSettings {
  const { optimizers = defaultContenders, seeds = [1, 2, 3, 4, 5], trials = 8, fullBatch = true } = options;
  const { epochs = defaults.epochs, batchSize = defaults.batchSize, l2 = defaults.l2 } = options;
  const { tuningEpochs = epochs, tuneOn = "validation", dtype = defaults.dtype, target = null } = options;
  checkNumber("epochs", epochs, whole(1));
  checkNumber("tuningEpochs", tuningEpochs, whole(1));
  checkNumber("trials", trials, whole(0, MOST_TRIALS));
  if (batchSize !== "full") checkNumber("batchSize", batchSize, whole(1));
  if (typeof fullBatch !== "boolean") throw new TypeError(`fullBatch is ${quoteValue(fullBatch)}; give true or false`);
  if (!tuningLosses.includes(tuneOn)) throw new RangeError(unknownName("tuneOn", `${tuneOn}`, tuningLosses));
  checkSeeds("seeds", seeds, "[1, 2, 3]");
  const last = Math.max(...seeds);
  const { tuningSeeds = [last + 1, last + 2] } = options;
  checkSeeds("tuningSeeds", tuningSeeds, "[6, 7]");
  checkList("optimizers", optimizers, '[{ rule: "adam" }, { rule: "lion" }]');
  optimizers.forEach((contender, i) => {
    checkContender(contender, `optimizers[${i}]`);
  });
  distinct("optimizers", optimizers.map(labelOf));
  checkContenders(optimizers, trials > 0);
  const { augment } = options;
  return {
    ...{
      optimizers,
      batchSize,
      epochs,
      seeds,
      trials,
      tuningSeeds,
      tuningEpochs,
      tuneOn,
      fullBatch,
      target,
      l2,
      dtype,
    },
    ...(augment !== undefined && { augment }),
  };
}

function checkSeeds(name: string, seeds: readonly number[], example: string): void {
  checkList(name, seeds, example);
  for (const [i, seed] of seeds.entries()) checkNumber(`${name}[${i}]`, seed, whole(0));
  distinct(name, seeds.map(String));
}

function checkContenders(optimizers: readonly Contender[], tuned: boolean): void {
  for (const contender of optimizers) {
    if (tuned && contender.schedule !== undefined && isTunable(contender)) checkTunable(contender.schedule);
    optimizerFromData(atRate(contender));
  }
}

function distinct(what: string, names: readonly string[]): void {
  if (names.length === 0) throw new RangeError(`${what}: none are given; give at least one`);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new RangeError(`${what}: ${cut(twice)} is given twice; give each once`);
}
