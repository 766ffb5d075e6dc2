import { checkOptions, domainOf, isOptions, quoteValue, unknownName, wordsFor } from "../arguments/index.ts";
import { inOrder, type Layout, type Shape, selectTensors, sizeOf } from "../expr/index.ts";
import { freeNames, parseStatements } from "../expr/text/index.ts";
import type { Hyper } from "./hyper.ts";
import type { RuleSpec } from "./rule-spec.ts";
import type { ConfiguredRule } from "./scalars.ts";
import { bindUpdate, shapeOf, slotStarts } from "./update.ts";

/**
 * Parameters for which hyper-parameters have other values: the optimizer's own values, or those of its schedules, times a factor.
 * A parameter in several groups gets the product of their factors.
 */
export interface ParameterGroup {
  /**
   * Which parameters: one by its name, such as `layer1_bias`; those of a layer, such as `layer1`; or `biases`, which are all with
   * at most one axis, so also the scales and offsets of normalisation. Or a list of these.
   */
  readonly parameters: string | readonly string[];
  /** The factors by hyper-parameter, each 0 or more: `{ lr: 0.1 }`, `{ weight_decay: 0 }`. */
  readonly factors: Readonly<Record<string, number>>;
}

/** A stretch of w whose hyper-parameters have the same values. */
export interface Span {
  readonly shape: Shape;
  readonly offset: number;
  readonly factors: ParameterGroup["factors"];
}

const EXAMPLE = '{ parameters: "biases", factors: { weight_decay: 0 } }';

/** Throws a TypeError for anything but a list of groups, and a RangeError for a field or a factor that is not allowed. */
export function checkGroupData(place: string, given: unknown): void {
  if (!Array.isArray(given)) throw new TypeError(`${place} are ${quoteValue(given)}; give a list: [${EXAMPLE}]`);
  for (const [i, group] of given.entries()) {
    const where = `${place}[${i}]`;
    checkOptions(where, group, ["parameters", "factors"], EXAMPLE);
    const { parameters, factors } = { parameters: undefined, factors: undefined, ...group };
    for (const name of [parameters].flat())
      if (typeof name !== "string" || name === "")
        throw new TypeError(`${where}: parameters is ${quoteValue(parameters)}; give names, as in ${EXAMPLE}`);
    if (!isOptions(factors))
      throw new TypeError(`${where}: factors is ${quoteValue(factors)}; give numbers by name, as in ${EXAMPLE}`);
    for (const [name, factor] of Object.entries(factors))
      if (!(typeof factor === "number" && factor >= 0 && Number.isFinite(factor)))
        throw new RangeError(
          `${where}: the factor of ${name} is ${quoteValue(factor)}; it must be a number, 0 or more`,
        );
  }
}

/**
 * Throws a RangeError for a factor of a hyper-parameter that the rule lacks or must have for all parameters alike, and for one that
 * leads to a value that is not allowed.
 */
export function checkGroups({ spec, hyper }: ConfiguredRule, groups: readonly ParameterGroup[]): void {
  checkGroupData(`${spec.name}: groups`, groups);
  for (const { factors } of groups)
    for (const [name, factor] of Object.entries(factors)) {
      if (!Object.hasOwn(hyper, name))
        throw new RangeError(unknownName(`${spec.name}: groups: hyper-parameter`, name, Object.keys(hyper)));
      const use = sharedUse(spec, name);
      if (use !== undefined)
        throw new RangeError(`${spec.name}: groups: ${name} ${use}, so it must be the same for all parameters`);
      checkProduct(spec, name, hyper[name], factor);
    }
}

/** What a hyper-parameter decides for all of w at once; undefined if it is only used parameter by parameter. */
function sharedUse(spec: RuleSpec, name: string): string | undefined {
  const uses = (text: string): boolean => freeNames(parseStatements(text)).includes(name);
  if (spec.gradientsPerStep === name) return "counts gradients";
  if (spec.average !== undefined && uses(spec.average)) return "averages the weights";
  const slot = Object.entries(slotStarts(spec)).find(([, start]) => uses(start));
  if (slot !== undefined) return `is in the start of ${slot[0]}`;
  const { outputs } = bindUpdate(spec, shapeOf.others, { givenNorm: true });
  const scalar = Object.keys(spec.scalars ?? {}).find(
    (each) => outputs[each] && inOrder([outputs[each]]).some((node) => node.kind === "input" && node.name === name),
  );
  return scalar === undefined ? undefined : `decides ${scalar}, which is one number for all`;
}

function checkProduct({ name: rule, domains }: RuleSpec, name: string, value: Hyper[string], factor: number): void {
  const domain = domainOf(name, domains);
  if (typeof value === "number") {
    if (!domain.allows(value * factor))
      throw new RangeError(
        `${rule}: groups: ${name} is ${value}, times ${factor} that is ${value * factor}; it must be ${wordsFor(domain, value * factor)}`,
      );
  } else if (!domain.allows(0) || !domain.allows(Number.MAX_VALUE))
    throw new RangeError(
      `${rule}: groups: ${name} is a schedule and must be ${domain.words}; only one that may be any number from 0 can have a factor`,
    );
}

/**
 * w in stretches with the same factors, in order; `apart`: one for each tensor. Throws a RangeError for a name that no parameter
 * has, and if the parameters have no names.
 */
export function spansOf(
  rule: string,
  groups: readonly ParameterGroup[],
  layout: Layout | undefined,
  { apart }: { readonly apart: boolean },
): readonly Span[] {
  if (layout === undefined)
    throw new RangeError(`${rule}: its groups name parameters, but w has no names here; give a layout with the step`);
  const chosen = groups.map(({ parameters, factors }) => {
    const names = [parameters].flat().flatMap((name) => selectTensors(`${rule}: groups: parameter`, name, layout));
    return { factors, names: new Set(names.map(({ name }) => name)) };
  });
  const spans = layout.map(({ name, shape, offset }) => ({
    ...{ shape, offset },
    factors: productOf(chosen.filter(({ names }) => names.has(name)).map(({ factors }) => factors)),
  }));
  return apart ? spans : spans.reduce<Span[]>(joined, []);
}

function productOf(all: readonly ParameterGroup["factors"][]): Record<string, number> {
  const product: Record<string, number> = {};
  for (const factors of all)
    for (const [name, factor] of Object.entries(factors)) product[name] = (product[name] ?? 1) * factor;
  return product;
}

/** Adds a span, or lengthens the last one if it has the same factors and ends where this one begins. */
function joined(before: Span[], next: Span): Span[] {
  const last = before.at(-1);
  const isSame = last !== undefined && sameFactors(last.factors, next.factors);
  if (!isSame || last.offset + sizeOf(last.shape) !== next.offset) return [...before, next];
  return [...before.slice(0, -1), { ...last, shape: [sizeOf(last.shape) + sizeOf(next.shape)] }];
}

const sameFactors = (a: ParameterGroup["factors"], b: ParameterGroup["factors"]): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) => (a[name] ?? 1) === (b[name] ?? 1));

/** The places of factors among a kernel's scalars. */
export type Scaling = readonly (readonly [at: number, factor: number])[];

/** The scaling of a span for a kernel with these scalars. */
export const scalingOf = ({ factors }: Pick<Span, "factors">, scalars: readonly string[]): Scaling =>
  Object.entries(factors).flatMap(([name, factor]) => (factor === 1 ? [] : [[scalars.indexOf(name), factor] as const]));

/** Acts with some scalars multiplied, and restores them. */
export function withScaling(scaling: Scaling, values: Float64Array, act: () => void): void {
  const before = scaling.map(([at]) => values[at]);
  for (const [at, factor] of scaling) values[at] *= factor;
  try {
    act();
  } finally {
    for (const [i, [at]] of scaling.entries()) values[at] = before[i];
  }
}
