import { SettingError, setting } from "../files/index.ts";
import { sumAt, type Walked, walkWithin } from "./bounds.ts";
import type { Rows } from "./counted-rows.ts";
import type { CurveStarts } from "./curve-fit.ts";
import { residualsFor, type Task } from "./curve-task.ts";
import { chooseStarts } from "./starts.ts";

export interface Best {
  readonly walk: Walked;
  readonly starts: CurveStarts;
}

/** Steps from each start before the best one goes on, and the relative difference of losses that counts as none. */
const [FIRST_STEPS, SAME] = [200, 1e-6];
/** The best ends of the first walks, near which more starts are looked for. */
const ENDS = 4;
/** The most rows that starts are judged by, and that are walked on; the best ends go on with all rows, this many of them. */
const [JUDGED_BY, WALKED_ON, FINISHED] = [200, 2000, 2];

/** The fit from the given start, or the best from several. */
export function bestWalk(task: Task): Best {
  const { options, free } = task;
  const { start = {} } = options;
  if (!free.every((name) => Object.hasOwn(start, name))) return bestOfSeveral(task);
  const given = Float64Array.from(free, (name) => start[name]);
  return { walk: walkOn(task, given), starts: { tried: 1, walked: 1, reached: 1 } };
}

function bestOfSeveral(task: Task): Best {
  const { options, bounds, formula, free, rows } = task;
  const { maxIterations = 10_000, signal } = options;
  const sample = thinned(rows, WALKED_ON);
  const scout = sample === rows ? task.residuals : residualsFor(options, formula, free, sample).residuals;
  const walks: Walked[] = [];
  let tried = 0;
  for (let round = 0; round < 2; round++) {
    const starts = startsFor(task, byValue(walks).slice(0, ENDS));
    tried += starts.tried;
    for (const x of starts.best)
      if (Number.isFinite(sumAt(task.residuals, x)))
        walks.push(walkWithin(scout, bounds, x, { maxIterations: Math.min(FIRST_STEPS, maxIterations), signal }));
    if (walks.length === 0 || starts.tried === 1) break;
  }
  if (walks.length === 0) throw new SettingError(noStart(task, tried));
  const [lowest, ...others] = byValue(walks);
  const isUnfinished = sample !== rows || lowest.outcome === "maximum iterations";
  const ends = sample === rows ? [lowest] : [lowest, ...others].slice(0, FINISHED);
  const [walk] = isUnfinished ? byValue(ends.map(({ x }) => walkOn(task, x))) : [lowest];
  const least = sample === rows ? walk.value : lowest.value;
  const reached = walks.filter(({ value }) => value <= least * (1 + SAME) + Number.MIN_VALUE).length;
  return { walk, starts: { tried, walked: walks.length, reached: Math.max(1, reached) } };
}

const walkOn = ({ residuals, bounds, options }: Task, from: Float64Array): Walked =>
  walkWithin(residuals, bounds, from, { maxIterations: options.maxIterations ?? 10_000, signal: options.signal });

const byValue = (walks: readonly Walked[]): Walked[] => walks.toSorted((a, b) => a.value - b.value);

/** At most so many rows, evenly from all. */
function thinned(rows: Rows, most: number): Rows {
  const every = Math.ceil(rows.count / most);
  if (every === 1) return rows;
  const thin = (column: Float64Array): Float64Array => column.filter((_, i) => i % every === 0);
  const columns = Object.fromEntries(Object.entries(rows.columns).map(([name, column]) => [name, thin(column)]));
  return { ...rows, columns, count: Math.ceil(rows.count / every), weights: rows.weights && thin(rows.weights) };
}

function startsFor({ options, formula, free, bounds, rows }: Task, ends: readonly Walked[]) {
  const sample = thinned(rows, JUDGED_BY);
  return chooseStarts({
    ...residualsFor(options, formula, free, sample),
    bounds,
    given: free.map((name) => options.start?.[name]),
    predictors: formula.predictors.map((name) => sample.columns[name]),
    seed: options.seed ?? 1,
    ends: ends.map(({ x }) => x),
  });
}

/** Names the first row in which the formula is not finite with all parameters at 1, if others are. */
function noStart({ residuals, free, formula, rows }: Task, tried: number): string {
  const r = new Float64Array(rows.count);
  residuals.residuals(new Float64Array(free.length).fill(1), r);
  const [row, first] = [
    r.findIndex((each) => !Number.isFinite(each)),
    setting(`--start ${free[0]}=…`, `start: { ${free[0]}: … }`),
  ];
  const values = formula.predictors.map((name) => `${name} is ${rows.columns[name][row]}`).join(" and ");
  const isSome = row >= 0 && r.some(Number.isFinite) && values !== "";
  const where = isSome ? `${rows.place(row)}, where ${values}: ` : "";
  return `${where}the formula is not finite at any of ${tried} starts that were tried; give one: ${first}${isSome ? ", or leave such rows out" : ""}`;
}
