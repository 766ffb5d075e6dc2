import { rising } from "../check.ts";
import { checkGrid, type Grid } from "../grid.ts";
import { type Corner, isolines } from "../isolines.ts";
import { levelsOf, type Spacing, spacings } from "../levels.ts";
import { mark } from "../mark.ts";
import { choice, forms, madeBy, optional, size } from "../options.ts";
import { element } from "../svg/element.ts";
import { type Placed, written } from "../svg/place.ts";
import { simplify } from "../svg/simplify.ts";
import type { Paint } from "../svg/theme.ts";
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
}

/**
 * The contour lines of a surface. `levels`: the heights, or how many (default 14); with `spacing: "log"` they grow by a
 * constant factor above the lowest value, as narrow valleys (Beale, Rosenbrock) need. Throws a RangeError for a grid
 * that is not whole.
 */
export const contour = mark(build, {
  kind: "contour",
  options: {
    grid: madeBy("grid", "x", "y", "values"),
    levels: optional((what, value) => (typeof value === "number" ? size(0.1, 1000) : forms.rising)(what, value)),
    spacing: optional(choice(spacings)),
    filled: optional(forms.flag),
  },
  ground: true,
  overhangs: false,
  onZero: false,
  extent: ({ grid }, axis) => grid[axis],
  curve: () => null,
  sample: () => null,
  svg: (self, placed, paint) => ({ surface: grounds(self, placed, paint) }),
  terminal: { last: false, draw },
});

function build(options: {
  grid: Grid;
  levels?: number | readonly number[];
  spacing?: Spacing;
  filled?: boolean;
}): ContourMark {
  const { grid, levels = 14, spacing = "linear", filled = true } = options;
  checkGrid(grid);
  const heights = typeof levels === "number" ? levelsOf(grid, Math.ceil(levels), spacing) : levels;
  return { kind: "contour", grid, levels: rising("contour: levels", heights), spacing, filled };
}

/** The highest ground's share of the tint, to which each level adds a part. */
const TINT = 0.62;

/** Each level's ground is laid over the lower ones: the higher, the more tinted, on light and on dark paper. */
function grounds(self: ContourMark, { x, y }: Placed, paint: Paint): string {
  const opacity = 1 - (1 - TINT) ** (1 / self.levels.length);
  const look = {
    class: "ground",
    fill: self.filled ? paint("ground") : "none",
    "fill-opacity": opacity.toFixed(4),
    "fill-rule": "evenodd",
    stroke: paint("ink"),
    "stroke-opacity": "0.2",
    "stroke-width": 0.7,
  };
  const ring = (corners: readonly Corner[]) => simplify(corners.map(([cx, cy]) => [x.at(cx) ?? 0, y.at(cy) ?? 0]));
  const paths = isolines(self).map(({ rings }) =>
    rings.map((corners) => `M${ring(corners).map(written).join("L")}Z`).join(""),
  );
  return element("g", look, ...paths.filter((d) => d !== "").map((d) => element("path", { d })));
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
