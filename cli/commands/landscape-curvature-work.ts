import type { Examples } from "../../src/data/index.ts";
import { nullable, number, object, optional } from "../../src/files/schema/index.ts";
import {
  curvatureMap,
  type Extremes,
  evenGrid,
  evenLine,
  type Grid,
  type LossSlice,
} from "../../src/landscape/index.ts";
import * as flags from "../flags/index.ts";
import { digestOfPlain } from "../read/digest.ts";
import { fewExamples, fewerThan, HESSIAN_EXAMPLES } from "../read/slice-examples.ts";
import { hessianObjective, type Ready, type Slicer, showing } from "./landscape-slices-work.ts";

/** What is kept of a point of the map. */
const extremes = object<Extremes>({
  ...{ largest: nullable(number), smallest: nullable(number), error: optional(nullable(number)) },
});

/** At each point: the most products of the Hessian, and the accuracy of |λmin/λmax|, of which 1 % must still be told from nothing. */
const SEARCH = { steps: 60, accuracy: 0.005 };

/** The Hessian's extreme eigenvalues over the slice's window, on a few of the examples; undefined if they are not asked for. */
export async function curvatureOf(ready: Ready, slicer: Slicer): Promise<LossSlice["curvature"]> {
  const columns = ready.settings.get(flags.curvature);
  if (columns === undefined) return undefined;
  const { settings, examples, runs, directions, shape, progress, io } = ready;
  const few = await fewExamples(settings, examples, HESSIAN_EXAMPLES);
  const grid = coarser(shape.grid, columns);
  const finished = slicer.file(nameOf(ready, slicer, few), extremes);
  const show = counting(showing(progress, "curvature"), grid);
  const objective = hessianObjective(ready, few);
  const vectors = directions.map(({ vector }) => vector);
  try {
    const map = await curvatureMap(objective, runs[0].net.w, vectors, grid, {
      ...{ ...SEARCH, signal: io.signal },
      known: ({ x, y }) => {
        const found = finished?.find(x, y);
        if (found !== undefined) show();
        return found;
      },
      onPoint: ({ x, y }, found) => {
        finished?.keep(x, y, found);
        show();
      },
    });
    return { ...map, ...fewerThan(examples, few) };
  } finally {
    await objective.dispose();
  }
}

/** By all that the eigenvalues depend on, but the grid. */
const nameOf = ({ directions }: Ready, slicer: Slicer, few: Examples): string =>
  `curvature-${digestOfPlain({ slice: slicer.key(directions, { examples: few }), ...SEARCH, examples: few.count })}.jsonl`;

/** So many points along each axis of the same window. */
function coarser({ x, y }: Grid, columns: number): Grid {
  const window = [x[0], x[x.length - 1]] as const;
  if (y.length === 1) return evenLine({ x: window, columns });
  return evenGrid({ x: window, y: [y[0], y[y.length - 1]], columns });
}

/** Shows one point more each time it is called. */
function counting(show: (done: number, total: number) => void, { x, y }: Grid): () => void {
  const total = x.length * y.length;
  let done = 0;
  show(done, total);
  return () => show(++done, total);
}
