import { count, list, nullable, number, object, oneOf, optional, text } from "../../files/schema/index.ts";
import {
  type Alignment,
  type DirectionAlignment,
  type PathTrust,
  type SliceMeasures,
  type SliceTrust,
  type Spread,
  spreadMeasures,
  type TwoLosses,
} from "../../landscape/index.ts";

/** The schema of what says how far a slice can be trusted, as JSON. */

const measures = object<SliceMeasures>({
  ...{ level: number, basin: number, basinArea: number },
  ...{ barrier: nullable(number), barrierAlong: oneOf("between", "outward") },
  ...{ radius: number, sharpness: nullable(number) },
  ...{ lossAtRadius: nullable(number), lowestAtRadius: nullable(number), highestAtRadius: nullable(number) },
  ...{ nonConvex: nullable(number), nonConvexInBasin: nullable(number) },
  ...{ minima: number, quadraticResidual: nullable(number), curvature: list(nullable(number)), notFinite: number },
});

const directions = list(object<DirectionAlignment>({ curvature: number, gradient: nullable(number), top: number }));

const alignmentFields = {
  ...{ parameters: count, directions, between: nullable(number) },
  inSlice: object<Alignment["inSlice"]>({ largest: number, smallest: number }),
  ...{ largest: number, smallest: number, error: number, mean: number, meanError: nullable(number) },
  ...{ gradientNorm: number, products: number },
};

/** What a comparison with the Hessian found. */
export const alignmentSchema = object<NonNullable<SliceTrust["alignment"]>>({
  ...alignmentFields,
  examples: optional(count),
});

const spread = object<Spread>({
  measure: oneOf(...spreadMeasures),
  ...{ count, mean: number, deviation: nullable(number), least: number, most: number },
});

type Pairs = NonNullable<SliceTrust["pairs"]>;

const coarser = object<NonNullable<Pairs["coarser"]>>({ columns: count, rows: count, slice: measures });

const twoFields = {
  points: list(
    object<TwoLosses["points"][number]>({ x: number, y: number, first: nullable(number), second: nullable(number) }),
  ),
  ...{ greatest: nullable(number), mean: nullable(number), apart: number },
};

/** Losses that were measured in two ways. */
const twoLosses = object<TwoLosses>(twoFields);

const path = object<PathTrust>({
  name: text,
  ...{ explained: nullable(number), outside: number, gap: nullable(number), unknown: number },
});

/** All of it. */
export const trustSchema = object<SliceTrust>({
  slice: measures,
  alignment: optional(alignmentSchema),
  pairs: optional(object<Pairs>({ count, spread: list(spread), coarser: optional(coarser) })),
  paths: optional(list(path)),
  halves: optional(twoLosses),
  float64: optional(object<NonNullable<SliceTrust["float64"]>>({ ...twoFields, examples: optional(count) })),
});
