import type { Examples } from "../../src/data/index.ts";
import type { Device } from "../../src/device/index.ts";
import { dtypeOf } from "../../src/expr/index.ts";
import {
  between,
  type Direction,
  gradientDirection,
  hessianDirections,
  type PlaneNet,
  randomDirection,
  scaledTo,
  throughThree,
} from "../../src/landscape/index.ts";
import { NetObjective } from "../../src/objective/index.ts";
import { format } from "../../src/report/index.ts";
import { HESSIAN_CHUNK } from "./slice-examples.ts";
import { isRandom, type SliceShape } from "./slice-shape.ts";
import type { SourceRun } from "./source-run.ts";

/** What directions are made of. */
interface Around {
  readonly shape: SliceShape;
  readonly runs: readonly SourceRun[];
  readonly examples: Examples;
  /** Those of them on which gradient and Hessian are computed, here as for all that is told of both. */
  readonly few: Examples;
  readonly device: Device;
  readonly seed: number;
}

/** The slice's directions: one of a line, two of a plane. */
export async function directionsFor(around: Around): Promise<Direction[]> {
  const { shape, runs, seed } = around;
  const [{ net }, ...others] = runs;
  const { model, w } = net;
  const all = others.length > 0 ? throughNets(runs) : await aroundOne(around);
  const count = shape.isLine ? 1 : 2;
  if (all.length >= count) return all.slice(0, count);
  // What is along one axis only gets a random direction for the other.
  const [x] = all;
  return [x, asLongAs(x, randomDirection(model, w, "filter", { seed, index: 1 }))];
}

/** The other direction at the length of the first, so that both axes have one scale. */
const asLongAs = ({ facts: { length } }: Direction, { facts, vector }: Direction): Direction => ({
  facts: { ...facts, length, label: "random, its filters in proportion to the net's, all of it as long as x" },
  vector: scaledTo(vector, length),
});

function throughNets([a, b, c]: readonly SourceRun[]): Direction[] {
  if (c === undefined) return [between(a.net.w, b.net.w)];
  const { x, y } = throughThree(a.net.w, b.net.w, c.net.w);
  return [x, y];
}

/** Where the nets of a slice through several are; none of a slice around one. */
export function netsAmong(runs: readonly SourceRun[]): PlaneNet[] {
  const [a, b, c] = runs;
  if (b === undefined) return [];
  const third = c && throughThree(a.net.w, b.net.w, c.net.w).third;
  return [
    { name: a.path, x: 0, y: 0 },
    { name: b.path, x: 1, y: 0 },
    ...(c === undefined || third === undefined ? [] : [{ name: c.path, x: third[0], y: third[1] }]),
  ];
}

async function aroundOne({
  shape: { kind },
  runs: [{ net }],
  examples,
  few,
  device,
  seed,
}: Around): Promise<Direction[]> {
  const { model, w } = net;
  if (isRandom(kind)) return [0, 1].map((index) => randomDirection(model, w, kind, { seed, index }));
  const objective = new NetObjective({
    model,
    examples: few,
    device,
    dtype: dtypeOf(w),
    state: net.s,
    chunk: HESSIAN_CHUNK,
  });
  try {
    const at = Float64Array.from(w);
    const found =
      kind === "hessian" ? await hessianDirections(objective, at) : [await gradientDirection(objective, at)];
    return found.map((each) => toldOn(each, examples, few));
  } finally {
    await objective.dispose();
  }
}

/** Tells of a direction on how many of the examples it was computed, where it was not on all. */
const toldOn = ({ facts, vector }: Direction, examples: Examples, few: Examples): Direction =>
  few.count === examples.count
    ? { facts, vector }
    : { facts: { ...facts, label: `${facts.label}, on ${format.count(few.count)} of the examples` }, vector };
