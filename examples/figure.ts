// A figure is plain data that is drawn as SVG: here, the paths of two optimizers over the contours of a surface.
import { writeFile } from "node:fs/promises";
import { minimize, surfaces } from "downhill";
import { evaluateScalar } from "downhill/expr";
import { contour, figure, grid, line, pairs, panel, toSvg } from "downhill/figure";
import { adam, momentum } from "downhill/optimizers";

const beale = surfaces.beale;
const heights = grid((x, y) => evaluateScalar(beale.expression, { x, y }), { x: [-1, 4], y: [-1.5, 2], columns: 60 });
const walks = [adam({ lr: 0.1 }), momentum({ lr: 0.002 })].map((optimizer) =>
  line({ points: pairs(minimize(beale, { optimizer, start: [1, 1.6] }).points), label: optimizer.name }),
);

const drawing = figure({
  title: "Two walks on Beale's function",
  description: "Adam and momentum, from (1, 1.6) towards the minimum at (3, 0.5).",
  panels: [panel({ marks: [contour({ grid: heights, spacing: "log" }), ...walks] })],
});
const svg = toSvg(drawing);
await writeFile("walks.svg", svg);
console.log(
  "walks.svg begins with",
  svg.slice(0, 4),
  "and names",
  ["adam", "momentum"].filter((name) => svg.includes(name)),
);

// Prints
// walks.svg begins with <svg and names [ 'adam', 'momentum' ]
