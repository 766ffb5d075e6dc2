import { checkList, checkNumber, domains, isOptions, quoteValue } from "../../arguments/index.ts";
import type { Vector } from "../../expr/index.ts";
import type { AsyncObjective } from "../../objective/index.ts";
import { missing } from "../../solvers/index.ts";
import { checkVector } from "./vectors.ts";

type Method = "value" | "gradient" | "hessianProduct";

/** Throws a TypeError for anything but an objective, and for one without a method that is needed; a RangeError for a wrong dimension. */
export function checkObjective(
  what: string,
  objective: Pick<AsyncObjective, "name" | "dimension">,
  methods: readonly Method[],
): void {
  const has = (method: Method): boolean => typeof Reflect.get(objective, method) === "function";
  const basic = methods.filter((method) => method !== "hessianProduct");
  if (!isOptions(objective) || typeof objective.name !== "string" || !basic.every(has))
    throw new TypeError(
      `${what}: the objective is ${quoteValue(objective)}; give that of a net, await netObjective({ net, examples }), or your own: { ${["name", "dimension", ...methods].join(", ")} }`,
    );
  checkNumber(`${what}: the objective's dimension`, objective.dimension, domains.count);
  if (methods.length > basic.length && !has("hessianProduct")) throw missing(objective, "hessianProduct");
}

/** Throws a TypeError for a point that is no vector, and a RangeError unless it has as many finite numbers as the objective has variables. */
export function checkPoint({ name, dimension }: Pick<AsyncObjective, "name" | "dimension">, w: Vector): void {
  checkVector(`${name}: the point`, w, dimension);
}

/** Checks one direction of a line or two of a plane, each as long as the objective's points. */
export function checkAxes(
  { name, dimension }: Pick<AsyncObjective, "name" | "dimension">,
  directions: readonly Vector[],
): void {
  checkList(`${name}: the directions`, directions, "[d1, d2]");
  if (directions.length !== 1 && directions.length !== 2)
    throw new RangeError(
      `${name}: ${directions.length} directions were given; give one for a line, or two for a plane`,
    );
  for (const [k, vector] of directions.entries())
    checkVector(`${name}: the ${["first", "second"][k]} direction`, vector, dimension);
}
