import type { Domain } from "../../arguments/index.ts";
import type { Source } from "../../data/index.ts";
import type { Vector } from "../../expr/index.ts";
import type { Buffers } from "./buffers.ts";
import type { Net } from "./pass.ts";
import { findInvalidTarget } from "./targets.ts";

/** Examples of a source, by their indices. */
export interface Batch {
  readonly examples: Source;
  readonly indices: Uint32Array;
}

/** Where a batch goes, and which targets it may have. */
export interface BatchPlace {
  readonly net: Net;
  readonly buffers: Buffers;
  /** The allowed values of a target's elements; undefined if the loss allows any. */
  readonly allowed: Domain | undefined;
}

/**
 * Writes examples into a run's buffers, and their weights, if they have some, to `weights`. Throws a RangeError for a target that is not
 * allowed.
 */
export function gatherBatch(
  place: BatchPlace,
  { examples, indices }: Batch,
  weights?: Vector,
): Promise<void> | undefined {
  const { inputs, targets } = place.buffers;
  const gathered = examples.gather(indices, inputs, targets, weights);
  if (gathered !== undefined) return gathered.then(() => checkTargets(place, indices));
  checkTargets(place, indices);
  return undefined;
}

/** Throws for a target that is not allowed, such as a class that does not exist: the loss would silently ignore it. A source shows only its batches, so each batch is checked. */
function checkTargets({ net, buffers: { targets }, allowed }: BatchPlace, indices: Uint32Array): void {
  if (allowed === undefined) return;
  const { model, targetSize } = net;
  const at = findInvalidTarget(targets, allowed, indices.length * targetSize);
  if (at < 0) return;
  const example = indices[Math.floor(at / targetSize)] + 1;
  throw new RangeError(
    `${model.name}: the target of example ${example} is ${targets[at]}; for ${model.loss.name} it must be ${allowed.words}`,
  );
}
