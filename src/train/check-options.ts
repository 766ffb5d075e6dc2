import { checkNumber, checkOptions, domains, isOptions, quoteValue } from "../arguments/index.ts";
import { checkData, refuseDataOptions } from "../data/index.ts";

/** Checks at run time for callers without types: done before anything else. */

/** The names of all options of `train`. */
export const trainOptions: readonly string[] = [
  ...["model", "data", "optimizer", "epochs", "maxSteps", "seed", "l2", "dtype", "target", "stopAtTarget"],
  ...["patience", "monitor", "minDelta", "signal", "initial", "batchSize", "sampler", "dropLast", "from", "freeze"],
  ...["augment", "trajectory", "onPoint", "device", "backend", "threads", "onWarning"],
];

/**
 * Checks the options of `train`, or of what passes them on. Throws for an unknown option, and for an optimizer that is not one.
 *
 * @param more options beside those of `train`
 */
export function checkTrain(options: unknown, name = "train", more: readonly string[] = []): void {
  const allowed = [...trainOptions, ...more];
  refuseDataOptions(name, options, allowed);
  checkOptions(name, options, allowed, `${name}({ model: mlp([64, 32, 10]), data, optimizer: adam() })`);
  checkMethod(field(options, "optimizer"), ["needsOneOf", "bind", "rule", "solver"]);
}

/** Throws a TypeError for a method that is only a name, or a rule or solver that was not called. */
export function checkMethod(method: unknown, forms = ["needsOneOf", "bind"]): void {
  if (isOptions(method) && forms.some((name) => name in method)) return;
  const spec = typeof method === "function" && "spec" in method ? method.spec : undefined;
  const help =
    spec === undefined
      ? "give an update rule with its hyper-parameters, such as adam({ lr: 0.01 }), or a solver, such as lbfgs()"
      : `call it: ${String(field(spec, "name"))}() makes an optimizer of it`;
  const given = spec === undefined ? quoteValue(method) : `${String(field(spec, "name"))} itself`;
  throw new TypeError(`optimizer is ${given}; ${help}`);
}

/** Throws a TypeError for a missing model or data set, or a target that is not { loss } or { accuracy }. */
export function checkRun(options: {
  readonly model: unknown;
  readonly data: unknown;
  readonly target?: unknown;
}): void {
  const { model, data, target } = options;
  if (!isOptions(model) || !("forward" in model))
    throw new TypeError(`model is ${quoteValue(model)}; give one such as mlp([64, 32, 10])`);
  checkData(data);
  if (target !== undefined) checkGoal(target);
}

function checkGoal(target: unknown): void {
  checkOptions("target", target, ["loss", "accuracy"], "target: { accuracy: 0.9 } or { loss: 0.1 }");
  const parts = Object.entries(Object(target));
  if (parts.length !== 1)
    throw new TypeError(`target is ${quoteValue(target)}; give one of { accuracy: 0.9 } and { loss: 0.1 }`);
  for (const [name, value] of parts)
    checkNumber(`target: ${name}`, value, name === "accuracy" ? domains.unit : domains.notNegative);
}

/** Throws a TypeError for a target of `minimize` that is a plain function or a text, has no gradient, or has no known dimension. */
export function checkWalkable(target: unknown): void {
  if (isOptions(target) && ["expression", "residuals", "valueAndGradient", "gradient"].some((name) => name in target)) {
    if ("valueAndGradient" in target) checkOwn(target);
    return;
  }
  const text = typeof target === "string" ? 'surfaceFromText("x^2 + y^2")' : "surfaces.beale or surfaces.rosenbrock()";
  throw new TypeError(
    `the target is ${quoteValue(target)}; ${uncalled(target)}give a surface, such as ${text}, or ${OWN}`,
  );
}

const OWN = "{ name, dimension, valueAndGradient(w, g) }";

/** A named function may be one that makes a surface. */
const uncalled = (target: unknown): string =>
  typeof target === "function" && target.name !== "" ? `if it makes a surface, call it: ${target.name}(); else ` : "";

function checkOwn(target: object): void {
  const [name, dimension] = [field(target, "name"), field(target, "dimension")];
  if (typeof name !== "string")
    throw new TypeError(`the target's name is ${quoteValue(name)}; it must be a text: ${OWN}`);
  if (!Number.isSafeInteger(dimension) || Number(dimension) < 1)
    throw new TypeError(
      `the target's dimension is ${quoteValue(dimension)}; it must be the length of w, a whole number from 1: ${OWN}`,
    );
}

const field = (given: unknown, name: string): unknown => (isOptions(given) ? Reflect.get(given, name) : undefined);
