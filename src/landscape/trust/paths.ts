import { checkList, cut, isOptions, quoteValue } from "../../arguments/index.ts";
import { checkSliceData } from "../checks/slices.ts";
import type { LossSlice, PlanePath } from "../slices/landscape.ts";

/** How much of an optimizer's path a plane shows, as plain data that JSON holds. */
export interface PathTrust {
  /** Who took it. */
  readonly name: string;
  /** The share of the path's variance that the plane's axes explain, if they are its principal components; else null. */
  readonly explained: number | null;
  /**
   * The share of the path's squared distances from the centre that is perpendicular to the plane, from 0 to 1. Exact where the
   * directions are perpendicular, as principal components are.
   */
  readonly outside: number;
  /** The greatest difference of the true loss and the plane's at a point's projection, relative to the larger; null if unknown. */
  readonly gap: number | null;
  /** The points whose true loss is finite while the plane's is not known. */
  readonly unknown: number;
}

/**
 * How far each path in a plane can be read from it: a path's losses are not the plane's where it leaves the plane. Throws a TypeError for anything
 * but a slice and its paths, and a RangeError for a path without coordinates, losses and a distance for each of its points.
 */
export function pathTrust(slice: LossSlice): PathTrust[] {
  checkSliceData("pathTrust", slice);
  const { paths = [], directions } = slice;
  checkList("pathTrust: the slice's paths", paths, "pathsOn(plane, trajectories, meter)");
  for (const path of paths) checkPath(path);
  const [along, up] = directions.map(({ length }) => length);
  const explained = directions.map((each) => each.explained);
  return paths.map(({ name, x, y, loss, onPlane, distance }) => {
    const outside = sum(distance.map((d) => d ** 2));
    const inside = sum(x.map((right, k) => (right * along) ** 2 + (y[k] * (up ?? 0)) ** 2));
    const gaps = loss.flatMap((own, k) => {
      const shown = onPlane[k];
      return own === null || shown === null
        ? []
        : [Math.abs(own - shown) / (Math.max(Math.abs(own), Math.abs(shown)) || 1)];
    });
    return {
      name,
      explained: explained.every((share) => share !== undefined) ? sum(explained.map((share) => share ?? 0)) : null,
      outside: outside > 0 ? outside / (outside + inside) : 0,
      gap: gaps.length === 0 ? null : Math.max(...gaps),
      unknown: loss.filter((own, k) => own !== null && onPlane[k] === null).length,
    };
  });
}

function checkPath(path: PlanePath): void {
  if (!(isOptions(path) && typeof path.name === "string"))
    throw new TypeError(`pathTrust: a path is ${quoteValue(path)}; give one, as pathsOn makes them`);
  const { name, x, y, distance, loss, onPlane } = path;
  checkList(`pathTrust: the x of ${cut(name)}`, x, "[0, 0.5]");
  for (const [what, values] of Object.entries({ x, y, distance, loss, onPlane })) {
    checkList(`pathTrust: the ${what} of ${cut(name)}`, values, "[0, 0.5]");
    if (values.length !== x.length)
      throw new RangeError(`pathTrust: ${cut(name)} has ${x.length} x and ${values.length} ${what}; give as many`);
    const mayLack = what === "loss" || what === "onPlane";
    const at = values.findIndex((value) => !(Number.isFinite(value) || (mayLack && value === null)));
    if (at >= 0)
      throw new RangeError(
        `pathTrust: the ${what} of ${cut(name)} is ${quoteValue(values[at])} at ${at}; give a finite number${mayLack ? ", or null" : ""}`,
      );
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
