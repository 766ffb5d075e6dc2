import { type PlanePath, pathsOn, weightsMeter } from "../../src/landscape/index.ts";
import { several } from "../../src/report/index.ts";
import { bar } from "../print/progress.ts";
import type { Journeys } from "../read/journeys.ts";
import type { Ready } from "./landscape-slices-work.ts";

/** The ways in their plane, with the true loss at each point and the plane's at its projection. */
export async function pathsOf(
  { io, progress, runs, examples, normalization, device }: Ready,
  { plane, trajectories }: Journeys,
): Promise<PlanePath[]> {
  const [{ net, batchSize }] = runs;
  const meter = weightsMeter({ net, examples, normalization, device, batchSize });
  const onPoint = (done: number, total: number) =>
    progress.live(() => `${bar(done / total)}  ways: ${done} of ${several(total, "point")}`);
  try {
    return await pathsOn(plane, trajectories, meter, { onPoint, signal: io.signal });
  } finally {
    await meter.dispose();
  }
}
