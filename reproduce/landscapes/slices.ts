import type { Dataset, Examples } from "../../src/data/index.ts";
import type { Device } from "../../src/index.ts";
import {
  curvatureMap,
  curvatureRatio,
  type Extremes,
  evenGrid,
  type LossSlice,
  lossSlice,
  type Measured,
  measuresOf,
  overParts,
  randomDirection,
  type SliceMeasures,
  weightParts,
} from "../../src/landscape/index.ts";
import { NetObjective } from "../../src/solvers/index.ts";
import { type Given, unlessInterrupted } from "../reproduction.ts";
import type { TrainedNet } from "./nets.ts";
import type { LandscapeSettings } from "./settings.ts";

/** A slice through a net, and what is measured on it. */
export interface MeasuredSlice {
  readonly slice: LossSlice;
  readonly measures: SliceMeasures;
  /** The mean loss around the centre at each of `radii`. */
  readonly lossByRadius: readonly (number | null)[];
}

/** A net with its slices. */
export interface Surveyed {
  readonly net: TrainedNet;
  readonly slices: readonly MeasuredSlice[];
}

/** In the slice's coordinates: at 1 each filter has been changed by as much as its length, and by half as much again with both directions. */
export const radii = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** Images whose products of the Hessian are computed at a time, which bounds their memory. */
const HESSIAN_CHUNK = 64;

/** Where slices are measured. */
export interface SliceRequest {
  readonly net: TrainedNet;
  /** Which pair of random directions: from 1. */
  readonly pair: number;
  readonly data: Dataset;
  readonly examples: Examples;
  readonly device: Device;
  readonly settings: Pick<LandscapeSettings, "columns">;
}

/** Measures a slice along two random directions, filter by filter as long as the net's; a point that was measured before is kept. */
export async function measuredSlice(
  { kept, signal }: Given,
  { net, pair, data, examples, device, settings }: SliceRequest,
  tell: (fraction: number) => void,
): Promise<MeasuredSlice | undefined> {
  const key = (x: number, y: number) => ({ ...net.key, part: "point", images: examples.count, pair, x, y });
  const slice = await unlessInterrupted(signal, () =>
    lossSlice({
      ...{ net, examples, device, signal, title: net.title },
      directions: directionsOf(net, pair),
      grid: evenGrid({ columns: settings.columns }),
      about: { data: data.name, split: "train" },
      finished: {
        find: (x, y) => {
          const found = kept.find(key(x, y));
          return isMeasured(found) ? found : undefined;
        },
        keep: (x, y, measured) => kept.keep(key(x, y), measured),
      },
      onProgress: (done, total) => tell(done / total),
    }),
  );
  return slice && measured(slice, Math.log(data.outputs));
}

/** The measures of a slice whose basin is where the loss is below that of guessing. */
export function measured(slice: LossSlice, level: number): MeasuredSlice {
  const lossByRadius = radii.map((radius) => measuresOf(slice, { level, radius }).lossAtRadius);
  return { slice, measures: measuresOf(slice, { level, radius: 0.5 }), lossByRadius };
}

const directionsOf = ({ model, w }: TrainedNet, pair: number) =>
  [0, 1].map((index) => randomDirection(model, w, "filter", { seed: pair, index }));

/** Adds the extreme eigenvalues of the Hessian over the weights, without biases and normalisation, on a coarser grid. */
export async function withCurvature(
  { kept, signal }: Given,
  { net, pair, examples, device }: Omit<SliceRequest, "settings">,
  { slice }: Pick<MeasuredSlice, "slice">,
  { columns, products }: LandscapeSettings["curvature"],
  tell: (fraction: number) => void,
): Promise<LossSlice | undefined> {
  const { model, w, s } = net;
  const objective = new NetObjective({ model, examples, device, state: s, dtype: "f32", chunk: HESSIAN_CHUNK });
  const over = overParts(objective, w, weightParts(model));
  const key = (x: number, y: number) => ({
    ...net.key,
    ...{ part: "curvature", images: examples.count, pair, products, x, y },
  });
  let done = 0;
  const point = (): void => tell(++done / columns ** 2);
  try {
    const curvature = await unlessInterrupted(signal, () =>
      curvatureMap(
        over,
        over.from(w),
        directionsOf(net, pair).map(({ vector }) => over.from(vector)),
        evenGrid({ columns }),
        {
          ...{ steps: products, accuracy: 0.005, signal },
          known: ({ x, y }) => {
            const found = kept.find(key(x, y));
            if (!isExtremes(found)) return undefined;
            point();
            return found;
          },
          onPoint: ({ x, y }, found) => {
            kept.keep(key(x, y), found);
            point();
          },
        },
      ),
    );
    return curvature && { ...slice, curvature };
  } finally {
    await objective.dispose();
  }
}

/** The share of the points of a map of curvature at which |λmin/λmax| is below a bound; NaN if there is no map. */
export function shareBelow({ curvature }: LossSlice, bound: number): number {
  const ratios = curvature === undefined ? [] : curvatureRatio(curvature).flat();
  return ratios.filter((ratio) => ratio !== null && ratio < bound).length / ratios.length;
}

const isNumberOrNull = (value: unknown): value is number | null => value === null || typeof value === "number";

const isMeasured = (value: unknown): value is Measured =>
  typeof value === "object" && value !== null && "loss" in value && isNumberOrNull(value.loss);

const isExtremes = (value: unknown): value is Extremes =>
  typeof value === "object" &&
  value !== null &&
  "largest" in value &&
  isNumberOrNull(value.largest) &&
  "smallest" in value &&
  isNumberOrNull(value.smallest);
