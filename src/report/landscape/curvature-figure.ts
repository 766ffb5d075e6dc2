import { cell, type Figure, figure, formatNumber, line, panel, text } from "../../figure/index.ts";
import { curvatureRatio, type LossSlice } from "../../landscape/index.ts";
import * as format from "../format.ts";
import { curvatureLines, isRough } from "./curvature-lines.ts";
import { mostCurved } from "./most-curved.ts";
import { centreWords } from "./slice-words.ts";

type CurvatureMap = NonNullable<LossSlice["curvature"]>;

/** Pixels of a cell, and beside the map. */
const [CELL, ASIDE] = [62, 120];

/** The map of |λmin/λmax| as cells, tinted and with their percentages; along a line as a curve. Throws a RangeError for a slice without a map. */
export function curvatureFigure(slice: LossSlice): Figure {
  const { curvature, title, directions } = slice;
  if (curvature === undefined)
    throw new RangeError("curvatureFigure: the slice has no map of curvature; give one with its field curvature");
  const labels = directions.map(({ label }) => label);
  return figure({
    title: `|λmin/λmax| of ${title}${curvature.y.length === 1 ? "" : `, in full colour from ${format.percent(mostCurved([slice]))}`}`,
    description: [
      `${centreWords(slice)}.`,
      ...curvatureLines(slice).map(({ value, sentence }) => `|λmin/λmax| is ${value}. ${sentence}`),
    ].join(" "),
    ...(curvature.y.length === 1 ? along(curvature, labels) : over(curvature, labels)),
  });
}

/** What ≈ means, where a point has it. */
const noted = (cells: readonly { readonly rough: boolean }[]) =>
  cells.some(({ rough }) => rough) && { note: "≈: not known to 1 %, as the search ended before." };

function along(curvature: CurvatureMap, [label]: readonly string[]) {
  const cells = cellsOf(curvature);
  const rough = cells.filter((each) => each.rough);
  return {
    panels: [
      panel({
        ...noted(cells),
        x: { label },
        y: { label: "|λmin/λmax|" },
        marks: [
          line({ x: curvature.x, y: curvatureRatio(curvature)[0].map((ratio) => ratio ?? Number.NaN) }),
          ...rough.map(({ j, ratio }) =>
            text({ at: [curvature.x[j], ratio], text: "≈", anchor: "middle", shift: [0, -10], color: "ink" }),
          ),
        ],
      }),
    ],
  };
}

function over(curvature: CurvatureMap, [across, upward]: readonly string[]) {
  const [columns, rows] = [namesOf(curvature.x), namesOf(curvature.y)];
  const cells = cellsOf(curvature);
  return {
    width: Math.min(900, Math.max(360, ASIDE + CELL * curvature.x.length)),
    panels: [
      panel({
        ...noted(cells),
        x: { label: across, scale: "band" as const, domain: columns },
        y: { label: upward, scale: "band" as const, domain: rows.toReversed() },
        aspect: 1,
        marks: [
          cell({
            points: cells.map(({ i, j }) => [columns[j], rows[i]]),
            shares: cells.map(({ ratio }) => Math.min(1, ratio / mostCurved([{ curvature }]))),
            texts: cells.map(({ ratio, rough }) => `${rough ? "≈ " : ""}${format.percent(ratio)}`),
            titles: cells.map(({ title }) => title),
          }),
        ],
      }),
    ],
  };
}

/** Coordinates as names: in as few digits as tell them apart. */
const namesOf = (nodes: readonly number[]): string[] =>
  [3, 6, 12]
    .map((digits) => nodes.map((node) => formatNumber(node, digits)))
    .find((names) => new Set(names).size === nodes.length) ?? nodes.map(String);

/** A cell for each point with a ratio. */
function cellsOf(curvature: CurvatureMap) {
  const { x, y, largest, smallest } = curvature;
  return curvatureRatio(curvature).flatMap((row, i) =>
    row.flatMap((ratio, j) => {
      if (ratio === null) return [];
      const rough = isRough(curvature, i, j);
      const ends = `λmax ${format.coordinate(largest[i][j] ?? 0)}, λmin ${format.coordinate(smallest[i][j] ?? 0)}`;
      return [{ i, j, ratio, rough, title: `${format.point([x[j], y[i]])}: ${ends}` }];
    }),
  );
}
