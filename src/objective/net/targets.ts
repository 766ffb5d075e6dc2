import { type Domain, domains, whole } from "../../arguments/index.ts";
import type { Vector } from "../../expr/index.ts";
import { type Model, statementOf } from "../../nn/index.ts";
import { outputSize } from "./pass.ts";

/** What each number of a target may be, by what the loss says that it takes; undefined where that may be any. */
export function targetDomain(model: Model): Domain | undefined {
  const targets = statementOf(model.loss)?.targets;
  if (targets === "class") return whole(0, outputSize(model) - 1);
  return targets === "probabilities" ? domains.unit : undefined;
}

/** The place of the first number that is not allowed, among the first `count`; −1 where all are. */
export function strangeTarget(targets: Vector, { allows }: Domain, count = targets.length): number {
  for (let i = 0; i < count; i++) if (!allows(targets[i])) return i;
  return -1;
}
