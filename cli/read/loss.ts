import { type Loss, lossOf, registry, type Shapes, statementOf, usualLoss, type Written } from "../../src/nn/index.ts";
import * as flags from "../flags/index.ts";
import { UsageError } from "../mistakes/failure.ts";
import type { Settings } from "../settings.ts";

/**
 * The loss that the settings ask for, in place of a model's own; undefined if they ask for none. Throws a UsageError for one that is not
 * for such data, and for smoothed labels where the loss has none.
 */
export function writtenLoss(settings: Settings, own: Written | undefined, data: Shapes): Written | undefined {
  const given = settings.get(flags.loss);
  if (given !== undefined) checkLoss(given, data);
  const labelSmoothing = settings.get(flags.labelSmoothing);
  if (labelSmoothing === undefined) return given;
  const kept = own ?? usualLoss[data.task];
  const name = given ?? (typeof kept === "string" ? kept : kept.name);
  checkSmooths(name);
  return { name, labelSmoothing };
}

/** The same as a loss. */
export function lossFor(settings: Settings, own: Written | undefined, data: Shapes): Loss | undefined {
  const written = writtenLoss(settings, own, data);
  return written === undefined ? undefined : lossOf(written, registry);
}

function checkSmooths(name: string): void {
  const smooths = Object.entries(registry.losses)
    .filter(([, { family }]) => Object.hasOwn(family?.defaults ?? {}, "labelSmoothing"))
    .map(([each]) => each);
  if (!smooths.includes(name))
    throw new UsageError(`--label-smoothing: the loss is ${name}, and only ${smooths.join(", ")} has labels to smooth`);
}

/** Throws a UsageError for a loss that is not for such data, with the one that is. */
function checkLoss(name: string, { task, outputs }: Shapes): void {
  const targets = statementOf(registry.losses[name])?.targets;
  const usual = usualLoss[task];
  if (targets === "class" && task === "regression")
    throw new UsageError(`--loss ${name}: it is for classes, and this data set has numbers to predict; use ${usual}`);
  if (targets !== "class" && task === "classification" && outputs > 2)
    throw new UsageError(
      targets === "numbers"
        ? `--loss ${name}: it is for numbers, and this data set has ${outputs} classes; use ${usual}`
        : `--loss ${name}: it is for two classes, and this data set has ${outputs}; use ${usual}`,
    );
}
