import type { Vector } from "../../expr/index.ts";
import { addScaled, dot, norm } from "../../linalg/index.ts";
import { type Direction, direction } from "./direction.ts";

/**
 * The direction from one solution to another: `from` is at 0, `to` at 1. Goodfellow, Vinyals & Saxe 2015, Qualitatively characterizing
 * neural network optimization problems. Throws a RangeError if they are equal, or differ in length.
 */
export function between(from: Vector, to: Vector, label = "from the first net to the second"): Direction {
  return direction(
    difference(from, to),
    { kind: "between", label },
    "the two nets are the same point; give two that differ",
  );
}

/**
 * The plane through three solutions: `a` at (0, 0), `b` at (1, 0) and `c` at (c, 1), where y is perpendicular to x. Garipov, Izmailov,
 * Podoprikhin, Vetrov & Wilson 2018, Loss surfaces, mode connectivity, and fast ensembling of DNNs, appendix A, whose axes have unit
 * length instead. Throws a RangeError if they lie on one line, or differ in length.
 */
export function throughThree(
  a: Vector,
  b: Vector,
  c: Vector,
): { readonly x: Direction; readonly y: Direction; readonly third: readonly [x: number, y: number] } {
  const x = between(a, b);
  const across = difference(a, c);
  const before = norm(across);
  const along = dot(across, x.vector) / x.facts.length ** 2;
  addScaled(across, -along, x.vector);
  if (!(norm(across) > 1e-9 * before)) throw new RangeError("the three nets lie on one line; give nets that do not");
  const y = direction(across, { kind: "between", label: "to the third net, perpendicular to the x axis" });
  return { x, y, third: [along, 1] };
}

function difference(from: Vector, to: Vector): Float64Array {
  if (from.length !== to.length)
    throw new RangeError(`the nets have ${from.length} and ${to.length} parameters; give nets of one layout`);
  return Float64Array.from(to, (value, i) => value - from[i]);
}
