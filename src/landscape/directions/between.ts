import type { Vector } from "../../expr/index.ts";
import { checkVector } from "../checks/vectors.ts";
import { besideLine } from "./beside-line.ts";
import { type Direction, direction } from "./direction.ts";

/**
 * The direction from one solution to another: `from` is at 0, `to` at 1. Goodfellow, Vinyals & Saxe 2015, Qualitatively characterizing
 * neural network optimization problems. Throws a TypeError for anything but two nets' weights, and a RangeError if they are equal, differ in
 * length or are not finite.
 *
 *     const towards = between(one.w, other.w);
 */
export function between(from: Vector, to: Vector, label = "from the first net to the second"): Direction {
  checkNets("between", [from, to]);
  return direction(
    Float64Array.from(to, (value, i) => value - from[i]),
    { kind: "between", label },
    "the two nets are the same point; give two that differ",
  );
}

/**
 * The plane through three solutions: `a` at (0, 0), `b` at (1, 0) and `c` at (c, 1), where y is perpendicular to x. Garipov, Izmailov,
 * Podoprikhin, Vetrov & Wilson 2018, Loss surfaces, mode connectivity, and fast ensembling of DNNs, appendix A, whose axes have unit
 * length instead. Throws a TypeError for anything but nets' weights, and a RangeError if they differ in length, are not finite, or lie on one
 * line as far as the rounding of their numbers lets that be seen.
 */
export function throughThree(
  a: Vector,
  b: Vector,
  c: Vector,
): { readonly x: Direction; readonly y: Direction; readonly third: readonly [x: number, y: number] } {
  checkNets("throughThree", [a, b, c]);
  const x = between(a, b);
  const beside = besideLine(a, b, c);
  if (beside === undefined)
    throw new RangeError("the three nets lie on one line, up to rounding; give nets that do not");
  const { along, across } = beside;
  const y = direction(across, { kind: "between", label: "to the third net, perpendicular to the x axis" });
  return { x, y, third: [along, 1] };
}

const ordinals = ["first", "second", "third"] as const;

function checkNets(what: string, nets: readonly Vector[]): void {
  for (const [k, net] of nets.entries()) checkVector(`${what}: the ${ordinals[k]} net`, net);
  const [first, ...others] = nets;
  for (const other of others)
    if (other.length !== first.length)
      throw new RangeError(
        `${what}: the nets have ${first.length} and ${other.length} parameters; give nets of one layout`,
      );
}
