// A method's walk down Beale's function, as a small drawing.
import { minimize, surfaces } from "downhill";
import { evaluateScalar } from "downhill/expr";
import { contour, figure, grid, line, marker, pairs, panel, toSvg } from "downhill/figure";

const START = [1, 1.6];
const STEPS = 100;
/** Four learning rates per decade, as in the comparison. */
const RATES = [
  -4, -3.75, -3.5, -3.25, -3, -2.75, -2.5, -2.25, -2, -1.75, -1.5, -1.25, -1, -0.75, -0.5, -0.25, 0, 0.25,
].map((exponent) => Number((10 ** exponent).toPrecision(2)));

const { beale } = surfaces;
const WINDOW = { x: [-0.5, 3.8], y: [-1, 2] };
const heights = grid((x, y) => evaluateScalar(beale.expression, { x, y }), { ...WINDOW, columns: 48, rows: 36 });

const drawings = new Map();

/** The drawing and its caption; undefined for a method that cannot walk on a formula. */
export function walkDrawing(method) {
  if (!drawings.has(method.name)) drawings.set(method.name, drawn(method));
  return drawings.get(method.name);
}

function drawn(method) {
  const { lr, path } = method.kind === "rule" ? bestWalk(method) : { path: solverWalk(method) };
  if (path === undefined) return undefined;
  const { title } = method;
  const steps = path.values.length - 1;
  const end = Number(path.values.at(-1).toPrecision(2));
  const words = `${title} on Beale's function${lr === undefined ? "" : `, lr = ${lr}`}: after ${steps} steps the value is ${end}`;
  const points = pairs(path.points);
  const marks = [
    contour({ grid: heights, spacing: "log", levels: 9 }),
    line({ points, label: title }),
    marker({ points: [[3, 0.5]] }),
  ];
  const window = { x: { domain: WINDOW.x }, y: { domain: WINDOW.y } };
  const drawing = figure({
    title,
    description: words,
    legend: "none",
    width: 420,
    height: 300,
    panels: [panel({ ...window, marks })],
  });
  return { words, lr, cap: steps === STEPS ? STEPS : undefined, svg: toSvg(drawing) };
}

/** The walk that ends lowest, of the learning rates whose walks stay in the window. */
function bestWalk({ make, hyper }) {
  if (!("lr" in hyper)) return { path: walk(make()) };
  const walks = RATES.map((lr) => ({ lr, path: walk(make({ lr })) })).filter(({ path }) => isInside(path));
  return walks.reduce((best, each) => (each.path.values.at(-1) < best.path.values.at(-1) ? each : best));
}

const walk = (optimizer) => minimize(beale, { optimizer, start: START, steps: STEPS });

const isInside = ({ outcome, points }) =>
  outcome.kind !== "diverged" &&
  pairs(points).every(([x, y]) => x > WINDOW.x[0] && x < WINDOW.x[1] && y > WINDOW.y[0] && y < WINDOW.y[1]);

function solverWalk({ make }) {
  try {
    return minimize(beale, { optimizer: make(), start: START, steps: STEPS });
  } catch {
    return undefined; // it needs what a formula cannot tell
  }
}
