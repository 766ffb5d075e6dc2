import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Model, modelFor, parseModel, type Shapes } from "../../src/nn/index.ts";
import { isModelFile, readModel } from "../../src/nn/node/index.ts";
import * as bundles from "../flags/bundles.ts";
import * as flags from "../flags/index.ts";
import { UsageError } from "../mistakes/failure.ts";
import type { Settings } from "../settings.ts";
import { writtenLoss } from "./loss.ts";

/** Reads the network that the settings ask for; what comes back builds it for data. Both throw a UsageError. */
export function network(settings: Settings, given = settings.value(flags.model)): (data: Shapes) => Model {
  const beside = settings.options(bundles.network);
  const text = savedIn(given) ?? given;
  const read = (shapes?: Shapes) => refusing(text, () => readModel(text, { ...beside, data: shapes }));
  // A mistake in a text or a file shows before the data are loaded.
  const first = read();
  return (data) => {
    const own = isModelFile(text) ? first : read(data);
    const loss = writtenLoss(settings, own.loss, data);
    return refusing(text, () => modelFor(loss === undefined ? own : { ...own, loss }, data));
  };
}

/** The model's file where a folder is named that has one: of a saved net, or of a run. What is a model's text stays one. */
function savedIn(folder: string): string | undefined {
  try {
    if (!isModelFile(folder)) parseModel(folder);
    return undefined;
  } catch {
    return [join(folder, "model.json"), join(folder, "model", "model.json")].find((file) => existsSync(file));
  }
}

/** What is wrong with a model is what the user gave, in a file or on the command line. */
function refusing<T>(text: string, build: () => T): T {
  try {
    return build();
  } catch (error) {
    if (![RangeError, TypeError, SyntaxError].some((kind) => error instanceof kind) || !(error instanceof Error))
      throw error;
    throw new UsageError(isModelFile(text) ? `${text}: ${error.message}` : error.message, { cause: error });
  }
}
