import { type Domain, domains, whole } from "../../arguments/index.ts";
import type { Vector } from "../../expr/index.ts";
import { type Model, outputSize, statementOf } from "../../nn/index.ts";

/** The allowed values of a target's elements, according to the loss; undefined if it allows any. */
export function targetDomain(model: Model): Domain | undefined {
  const targets = statementOf(model.loss)?.targets;
  if (targets === "class") return whole(0, outputSize(model) - 1);
  return targets === "probabilities" ? domains.unit : undefined;
}

/** The index of the first value that is not allowed, among the first `count`; −1 if all are allowed. */
export function findInvalidTarget(targets: Vector, { allows }: Domain, count = targets.length): number {
  for (let i = 0; i < count; i++) if (!allows(targets[i])) return i;
  return -1;
}
