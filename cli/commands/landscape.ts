import { device, output } from "../flags/bundles.ts";
import * as flags from "../flags/index.ts";
import type { Command } from "./command.ts";

const folder = { paths: "folders" } as const;

export const landscape: Command = {
  name: "landscape",
  summary: "measure the loss around a trained net, or between nets",
  about:
    "A plane or a line through the net's weights, with loss and accuracy at each point, without dropout and augmentation. The run's folder " +
    "tells the data. Points that are measured are kept in the folder landscapes of the run, and are taken from there when the same is started " +
    "again.",
  words: [
    [
      "<run...>",
      "a run's folder; two of one model for the line between them, three for the plane through them; with --directions trajectory, any number",
      folder,
    ],
  ],
  flags: [
    ...[flags.grid, flags.range, flags.line, flags.directions, flags.connect, flags.directionSeed],
    ...[flags.measuredSplit, flags.measuredLimit, flags.batchNorm, flags.refine],
    ...[flags.curvature, flags.pairs, flags.trust, flags.measuringWorkers],
    ...[flags.dataDir, ...Object.values(device)],
    ...[flags.landscapeOut, flags.noOut, flags.beside, flags.stillFigureFile, flags.json, ...output],
  ],
  defaults: { seed: "1", split: "train", limit: "1000", pairs: "5", trust: "all" },
  otherwise: {
    grid: "25; 51 on a line, 41 between two nets",
    range: "1; around ways, what they take; between two nets -0.5:1.5, through three -0.5:1.5",
  },
  examples: [
    ["downhill landscape runs/NAME", "a plane of 25 × 25 points in random directions, scaled filter by filter"],
    ["downhill landscape runs/NAME --line --range 2 --limit all", "a line, on the whole training set"],
    ["downhill landscape runs/ONE runs/OTHER", "from one net to another, and a bit beyond"],
    [
      "downhill landscape runs/NAME --directions hessian --range 0.5",
      "along the directions in which the loss bends most",
    ],
    ["downhill landscape runs/ONE runs/OTHER --connect", "a curve between two nets around the barrier, in its plane"],
    [
      "downhill landscape runs/ADAM runs/SGD --directions trajectory",
      "the ways of runs with --trajectory, in the plane closest to them",
    ],
    ["downhill landscape runs/NAME --curvature 9", "where the loss bends downward, at 9 × 9 points of the plane"],
    [
      "downhill landscape runs/NAME --grid 9 --refine 2 --json",
      "a coarse grid, finer where the surface bends, as JSON",
    ],
  ],
  load: () => import("./landscape-work.ts"),
};
