import { type AxisOptions, type NumberAxis, upright, uprightAxis } from "../axis.ts";
import { rising } from "../check.ts";
import { checkGrid, type Grid } from "../grid.ts";
import { isolines } from "../isolines.ts";
import { levelsOf, type Spacing, spacings } from "../levels.ts";
import { mark } from "../mark.ts";
import { choice, forms, madeBy, optional, size } from "../options.ts";
import { coloredGround, cutOn, heightLabels, sharesOn, tintedGround } from "../svg/ground.ts";
import { ansiOf } from "../terminal/ansi.ts";
import { type Dot, dotOf, type Plot, stroke } from "../terminal/plot.ts";

/** The contour lines of a surface, as data. */
export interface ContourMark {
  readonly kind: "contour";
  /** The surface. */
  readonly grid: Grid;
  /** Heights at which the surface is cut, ascending. */
  readonly levels: readonly number[];
  /** Interpolation between the nodes: linear, or linear in the logarithm of the height above the lowest value. */
  readonly spacing: Spacing;
  /** Whether higher ground is tinted. */
  readonly filled: boolean;
  /** Where it is given, ground has the colours of `surface`, which cover the domain of this axis. */
  readonly z?: NumberAxis;
  /** Whether heights are written on the lines. */
  readonly labels: boolean;
}

/**
 * The contour lines of a surface. `levels`: the heights, or how many (default 14); with `spacing: "log"` they grow by a
 * constant factor above the lowest value, as narrow valleys (Beale, Rosenbrock) need. `z`: an axis of heights, linear or
 * log, whose domain gets the colours of `surface`, the same in light and dark. `labels`: whether heights are written on the
 * lines (default: no). Throws a RangeError for a grid that is not whole.
 */
export const contour = mark(build, {
  kind: "contour",
  options: {
    grid: madeBy("grid", "x", "y", "values"),
    levels: optional((what, value) => (typeof value === "number" ? size(0.1, 1000) : forms.rising)(what, value)),
    spacing: optional(choice(spacings)),
    filled: optional(forms.flag),
    z: optional(upright),
    labels: optional(forms.flag),
  },
  ground: true,
  inSpace: false,
  land: ({ grid, z }) => (z === undefined ? null : { share: sharesOn(z, grid), space: null }),
  overhangs: false,
  onZero: false,
  extent: ({ grid }, axis) => grid[axis],
  curve: () => null,
  sample: () => null,
  svg: (self, placed, paint) => {
    const { grid, z, filled, labels } = self;
    const cut = isolines(self).map(({ level, rings }) => cutOn(level, rings, placed));
    const colored = z === undefined ? null : { grid, z };
    return {
      surface: colored ? coloredGround(colored, cut, filled, placed) : tintedGround(cut, filled, paint),
      shape: labels ? heightLabels(cut, colored, placed, paint) : "",
    };
  },
  terminal: { last: false, draw },
});

function build(options: {
  grid: Grid;
  levels?: number | readonly number[];
  spacing?: Spacing;
  filled?: boolean;
  z?: AxisOptions;
  labels?: boolean;
}): ContourMark {
  const { grid, levels = 14, spacing = "linear", filled = true, labels = false } = options;
  checkGrid("contour", grid);
  const heights = typeof levels === "number" ? levelsOf(grid, Math.ceil(levels), spacing) : levels;
  const z = options.z && uprightAxis("contour: z", options.z);
  return {
    kind: "contour",
    grid,
    levels: rising("contour: levels", heights),
    spacing,
    filled,
    ...(z && { z }),
    labels,
  };
}

/** The most contour lines in a terminal: more would fill the plot. */
const LINES = 6;

/** Rows of single dots. The edges along which rings are closed are not drawn. */
function draw(self: ContourMark, plot: Plot): void {
  const every = Math.ceil(self.levels.length / LINES);
  const shown = isolines(self).filter((_, i) => i % every === 0);
  for (const ring of shown.flatMap(({ rings }) => rings))
    ring.forEach((corner, i) => {
      const [from, to] = [dotOf(ring[Math.max(0, i - 1)], plot), dotOf(corner, plot)];
      if (from && to && !alongEdge(from, to, plot)) stroke(plot, from, to, ansiOf("muted"), 3);
    });
}

const alongEdge = ([x, y]: Dot, to: Dot, { width, height }: Plot): boolean =>
  (x === to[0] && (x < 1 || x > width - 2)) || (y === to[1] && (y < 1 || y > height - 2));
