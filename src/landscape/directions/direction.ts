import {
  checkChoice,
  checkList,
  checkNumber,
  checkText,
  cut,
  domains,
  isOptions,
  quoteValue,
} from "../../arguments/index.ts";
import { norm } from "../../linalg/index.ts";
import type { Model } from "../../nn/index.ts";
import { checkParameters } from "../checks/nets.ts";
import { checkFloat64 } from "../checks/vectors.ts";
import { type DirectionFacts, directionKinds } from "../slices/landscape.ts";

/** A direction in parameter space: a step of 1 along it adds `vector` to w. */
export interface Direction {
  readonly facts: DirectionFacts;
  /** One element for each parameter. */
  readonly vector: Float64Array;
}

/**
 * A direction with its length told. Throws a TypeError for anything but a vector in float64 and facts with a label, and a RangeError for an
 * unknown kind, and for a vector that is zero, or not finite.
 *
 * @param vector an element for each parameter
 * @param advice what to do about a vector without a length
 */
export function direction(
  vector: Float64Array,
  facts: Omit<DirectionFacts, "length">,
  advice = "take another",
): Direction {
  checkFacts(facts);
  if (!(vector instanceof Float64Array)) checkFloat64(`the direction "${facts.label}"`, vector);
  const length = norm(vector);
  if (length > 0 && Number.isFinite(length)) return { facts: { ...facts, length }, vector };
  throw new RangeError(`the direction "${facts.label}" has length ${length}; ${advice}`);
}

function checkFacts(facts: Omit<DirectionFacts, "length">): void {
  if (!isOptions(facts))
    throw new TypeError(`direction: the facts are ${quoteValue(facts)}; give { kind: "between", label: "…" }`);
  checkChoice("direction: kind", facts.kind, directionKinds);
  checkText("direction: label", facts.label, '"from the first net to the second"');
}

/** The same direction, `length` long, a number above 0. Throws for a vector that is zero or not finite, and for another length. */
export function scaledTo(vector: Float64Array, length: number): Float64Array {
  checkFloat64("scaledTo: the vector", vector);
  checkNumber("scaledTo: length", length, domains.positive);
  const own = norm(vector);
  if (!(own > 0 && Number.isFinite(own)))
    throw new RangeError(`scaledTo: the vector has length ${own}; give one that leads somewhere`);
  return vector.map((x) => (x / own) * length);
}

/**
 * Throws a TypeError for anything but directions, and a RangeError unless there are one or two, each with a finite number for each parameter
 * of the model.
 */
export function checkDirections(what: string, model: Model, directions: readonly Direction[]): void {
  checkList(`${what}: directions`, directions, '[randomDirection(model, w, "filter")]');
  if (directions.length !== 1 && directions.length !== 2)
    throw new RangeError(`a slice has one or two directions; ${directions.length} were given`);
  for (const given of directions) {
    if (!(isOptions(given) && isOptions(given.facts)))
      throw new TypeError(
        `${what}: a direction is ${quoteValue(given)}; give { facts, vector }, as randomDirection makes them`,
      );
    const { vector, facts } = given;
    checkParameters(model, `the direction "${cut(String(facts.label))}"`, vector);
  }
}
