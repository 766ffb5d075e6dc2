import { type Application, scalar } from "../expr/index.ts";

/** The values that a number may have: from lo to hi, infinities included; with `nan`, also NaN. */
export interface Range {
  readonly lo: number;
  readonly hi: number;
  readonly nan: boolean;
}

export const rangeOf = (lo: number, hi: number, nan = false): Range =>
  Number.isNaN(lo) || Number.isNaN(hi) ? anything : { lo, hi, nan };

export const only = (x: number): Range => rangeOf(x, x);

export const anything: Range = { lo: Number.NEGATIVE_INFINITY, hi: Number.POSITIVE_INFINITY, nan: true };

export const isFiniteRange = ({ lo, hi, nan }: Range): boolean =>
  !nan && lo > Number.NEGATIVE_INFINITY && hi < Number.POSITIVE_INFINITY;

export const sizeOfRange = ({ lo, hi }: Range): number => Math.max(Math.abs(lo), Math.abs(hi));

/** Computes the range of an operator's result from those of its inputs; `length` is the vectors' length. */
export type Rule = (inputs: readonly Range[], node: Application, length: number) => Range;

const isInfinite = (x: Range): boolean => sizeOfRange(x) === Number.POSITIVE_INFINITY;
const hasZero = ({ lo, hi }: Range): boolean => lo <= 0 && hi >= 0;
const isPoint = ({ lo, hi, nan }: Range): boolean => lo === hi && !nan;
const minus = ({ lo, hi, nan }: Range): Range => rangeOf(-hi, -lo, nan);

function sum(a: Range, b: Range): Range {
  const opposed = (x: Range, y: Range): boolean =>
    x.hi === Number.POSITIVE_INFINITY && y.lo === Number.NEGATIVE_INFINITY;
  return rangeOf(a.lo + b.lo, a.hi + b.hi, a.nan || b.nan || opposed(a, b) || opposed(b, a));
}

function product(a: Range, b: Range): Range {
  const nan = a.nan || b.nan || (hasZero(a) && isInfinite(b)) || (hasZero(b) && isInfinite(a));
  const corners = [a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi];
  return rangeOf(Math.min(...corners), Math.max(...corners), nan);
}

function reciprocal({ lo, hi, nan }: Range): Range {
  if (lo < 0 && hi > 0) return rangeOf(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, nan);
  // A zero may have either sign; if the rest of the range is positive, 1/0 counts as +∞.
  return hi <= 0 && lo < 0 ? minus(reciprocal(minus({ lo, hi, nan }))) : rangeOf(1 / hi, 1 / Math.abs(lo), nan);
}

function power(x: Range, exponent: number): Range {
  if (exponent < 0) return reciprocal(power(x, -exponent));
  const [a, b] = [x.lo ** exponent, x.hi ** exponent];
  if (exponent % 2 === 1) return rangeOf(a, b, x.nan);
  return rangeOf(hasZero(x) ? (exponent === 0 ? 1 : 0) : Math.min(a, b), Math.max(a, b), x.nan);
}

const computed: Rule = (inputs, { operator }) =>
  only(
    operator.evaluate(
      inputs.map(({ lo }) => scalar(lo)),
      [],
    ).data[0],
  );
const truth: Rule = (inputs, node, length) => (inputs.every(isPoint) ? computed(inputs, node, length) : rangeOf(0, 1));
const ofPoints: Rule = (inputs, node, length) =>
  node.operator.lanes !== null && inputs.every(isPoint) ? computed(inputs, node, length) : anything;
const monotone =
  (f: (x: number) => number): Rule =>
  ([x]) =>
    rangeOf(f(x.lo), f(x.hi), x.nan);
const extreme =
  (f: (a: number, b: number) => number): Rule =>
  ([a, b]) =>
    rangeOf(f(a.lo, b.lo), f(a.hi, b.hi), a.nan || b.nan);
const same: Rule = ([x]) => x;

function choice([condition, a, b]: readonly Range[]): Range {
  if (isPoint(condition) && condition.lo === 0) return b;
  if (!hasZero(condition)) return a;
  return rangeOf(Math.min(a.lo, b.lo), Math.max(a.hi, b.hi), a.nan || b.nan);
}

const rules: Readonly<Partial<Record<string, Rule>>> = {
  ...{ less: truth, lessEqual: truth, greater: truth, greaterEqual: truth, equal: truth, notEqual: truth },
  ...{ broadcastTo: same, reshape: same, mean: same, maxOf: same },
  ...{ floor: monotone(Math.floor), ceil: monotone(Math.ceil), sign: monotone(Math.sign) },
  ...{ min: extreme(Math.min), max: extreme(Math.max) },
  where: choice,
  add: ([a, b]) => sum(a, b),
  sub: ([a, b]) => sum(a, minus(b)),
  mul: ([a, b]) => product(a, b),
  div: ([a, b]) => (isPoint(a) && isPoint(b) ? only(a.lo / b.lo) : product(a, reciprocal(b))),
  neg: ([x]) => minus(x),
  abs: ([x]) => rangeOf(hasZero(x) ? 0 : Math.min(Math.abs(x.lo), Math.abs(x.hi)), sizeOfRange(x), x.nan),
  sqrt: ([x]) => rangeOf(Math.sqrt(Math.max(0, x.lo)), Math.sqrt(Math.max(0, x.hi)), x.nan || x.lo < 0),
  pow: (inputs, node, length) => {
    const { exponent } = node.operator.attributes;
    return typeof exponent === "number" ? power(inputs[0], exponent) : ofPoints(inputs, node, length);
  },
  sum: ([x], _, length) => product(x, rangeOf(0, length)),
  norm: ([x], _, length) => rangeOf(0, Math.sqrt(length) * sizeOfRange(x), x.nan),
};

/** The rule for an operator's range. An unknown operator may give anything, unless its inputs are known numbers. */
export const ruleFor = ({ operator: { name } }: Application): Rule => rules[name] ?? ofPoints;
