import { type AxisOptions, type NumberAxis, upright, uprightAxis } from "../axis.ts";
import { rising, show } from "../check.ts";
import { checkGrid, type Grid } from "../grid.ts";
import { levelsOf } from "../levels.ts";
import { mark } from "../mark.ts";
import { type Form, forms, madeBy, optional, size } from "../options.ts";
import type { View } from "../surface/camera.ts";
import { drawLines } from "../surface/drape.ts";
import { drawFacets } from "../surface/facets.ts";
import { type Scene, sceneOf } from "../surface/scene.ts";
import { spaceOf } from "../surface/space.ts";
import { drawBox, drawWords } from "../surface/stage.ts";
import type { Placed } from "../svg/place.ts";
import type { Paint } from "../svg/theme.ts";
import { contour } from "./contour.ts";

/** A shaded surface in space, as data. */
export interface SurfaceMark {
  readonly kind: "surface";
  readonly grid: Grid;
  /** The upright axis. What lies above the end of its domain is cut off; what lies below is on the floor. */
  readonly z: NumberAxis;
  /** Heights of the lines on the surface, ascending. */
  readonly levels: readonly number[];
  readonly view: View;
  /** Height of the box around the surface, divided by its width. */
  readonly relief: number;
}

/**
 * A surface over the floor of its panel, seen in perspective, coloured by height, in the light of the sun and the sky: `azimuth`
 * (default 30) is how far the eye has gone round to the right, `elevation` (default 38) how high it is above the horizon, in
 * degrees. Between the nodes it is smooth; where a node is missing there is a hole. `z`: the upright axis; what lies above the
 * end of its domain is cut off. `levels`: heights of the lines drawn on it, or how many (default 12). Throws a RangeError for a
 * grid that is not whole.
 */
export const surface = mark(build, {
  kind: "surface",
  options: {
    grid: madeBy("grid", "x", "y", "values"),
    z: optional(upright),
    levels: optional((what, value) => (typeof value === "number" ? size(0.1, 1000) : forms.rising)(what, value)),
    azimuth: optional(degrees(-180, 180)),
    elevation: optional(degrees(5, 90)),
    relief: optional(size(0.05, 2)),
  },
  ground: true,
  inSpace: true,
  land: (self, placed) => {
    const scene = sceneOf(self, placed);
    return scene && { share: scene.z.at, space: spaceOf(scene, placed) };
  },
  overhangs: false,
  onZero: false,
  extent: ({ grid }, axis) => grid[axis],
  curve: () => null,
  sample: () => null,
  svg: (self, placed, paint) => {
    const scene = sceneOf(self, placed);
    return scene === null ? {} : drawn(self, scene, placed, paint);
  },
  terminal: {
    last: false,
    // Seen from above: in a terminal there is no light.
    draw: ({ grid, z, levels }, plot) =>
      contour.terminal?.draw({ kind: "contour", grid, levels, spacing: z.scale, filled: false, labels: false }, plot),
  },
});

function build(options: {
  grid: Grid;
  z?: AxisOptions;
  levels?: number | readonly number[];
  azimuth?: number;
  elevation?: number;
  relief?: number;
}): SurfaceMark {
  const { grid, levels = 12, azimuth = 30, elevation = 38, relief = 0.5 } = options;
  checkGrid("surface", grid);
  const z = uprightAxis("surface: z", options.z ?? {});
  const heights = typeof levels === "number" ? levelsOf(grid, Math.ceil(levels), z.scale) : levels;
  return { kind: "surface", grid, z, levels: rising("surface: levels", heights), view: { azimuth, elevation }, relief };
}

/** The box below and behind the surface, and the words on top of all. */
const drawn = (self: SurfaceMark, scene: Scene, placed: Placed, paint: Paint) => ({
  surface: [drawBox(scene, placed, paint), drawFacets(scene), drawLines(scene, self.levels)].join("\n"),
  shape: drawWords(scene, placed, paint),
});

function degrees(least: number, most: number): Form {
  return (what, value) => {
    if (!(typeof value === "number" && value >= least && value <= most))
      throw new RangeError(`${what} is ${show(value)}; give degrees from ${least} to ${most}`);
  };
}
