import type { Expr } from "../../expr/index.ts";
import { type Arithmetic, singleLane, wholeLanes } from "./arithmetic.ts";
import { type Code, get, i32, repeatWhile, set, when } from "./instructions.ts";
import type { Plan, Sweep } from "./plan.ts";
import { CELLS, loadCell } from "./stage.ts";
import { Accumulators } from "./totals.ts";
import { type Imports, Values } from "./values.ts";
import { type Func, Locals, type ValueType } from "./wasm.ts";

/** The cells' address, the vectors' addresses with the spare one's last, and the length. */
export const sweepParameters = ({ vectors, keeps }: Plan): ValueType[] =>
  Array.from({ length: vectors.length + (keeps ? 3 : 2) }, () => "i32");
const pointer = (vector: number): number => CELLS + 1 + vector;

/**
 * Copies of the body in one pass of the loop: two keep the execution units busy if one element is little work. With more
 * work, two no longer fit in the processor's registers, and take up to 1.3 times as long as one.
 */
const copiesOf = ({ steps, totals, writes }: Sweep): number =>
  steps.length + totals.length + writes.length <= 12 ? 2 : 1;

/**
 * The fewest elements for which lanes pay off. Two float64 elements were often stored separately just before: a load of both
 * would wait until those stores reach memory.
 */
const FEW = 3;

/** The k-th sweep: whole lanes while there are enough elements, then the last ones one by one. */
export function sweepFunction(plan: Plan, k: number, imports: Imports): Func {
  const sweep = plan.sweeps[k];
  const whole = wholeLanes[plan.dtype];
  const locals = new Locals(...sweepParameters(plan));
  const scalars = new Values(whole, locals, imports);
  const splats = scalarsOf(sweep).map((x) => [loadCell(plan, x), whole.splat, scalars.keep(x)]);
  const totals = new Accumulators(plan, sweep.totals, locals);
  const loop: Loop = { sweep, scalars, totals, length: locals.params.length - 1 };
  const copies = copiesOf(sweep);
  const unrolled = copies > 1 ? [turns(loop, whole, copies)] : [];
  const wide = when([...unrolled, turns(loop, whole, 1)]);
  const loops = [get(loop.length), i32.const(FEW), i32.greaterEqual, wide, turns(loop, singleLane[plan.dtype], 1)];
  return { name: `sweep${k}`, locals, body: [splats, totals.start(), loops, totals.finish()] };
}

/** The scalars that the loop needs. */
function scalarsOf({ steps, writes, reads }: Sweep): Expr[] {
  const inLoop = new Set<Expr>([...steps.map(({ node }) => node), ...reads.map(([x]) => x)]);
  const used = new Set([...steps.flatMap(({ node }) => node.inputs), ...writes.map(([x]) => x)]);
  return [...used].filter((x) => !inLoop.has(x));
}

interface Loop {
  readonly sweep: Sweep;
  readonly scalars: Values;
  readonly totals: Accumulators;
  /** The local that holds the number of elements to go. */
  readonly length: number;
}

/** Loops while there are elements for several copies of the body. It computes everything before it stores anything. */
function turns({ sweep, scalars, totals, length }: Loop, arithmetic: Arithmetic, copies: number): Code {
  const { reads, steps, writes } = sweep;
  const { lanes, size } = arithmetic;
  const compute: Code[] = [];
  const store: Code[] = [];
  for (let offset = 0; offset < copies * lanes * size; offset += lanes * size) {
    const values = scalars.fork(arithmetic);
    for (const [x, vector] of reads) compute.push(get(pointer(vector)), arithmetic.load(offset), values.keep(x));
    for (const step of steps) compute.push(values.compute(step.node, step.lanes));
    compute.push(totals.gather(values, arithmetic));
    for (const [x, vector] of writes) store.push(get(pointer(vector)), values.number(x), arithmetic.store(offset));
  }
  const vectors = new Set([...reads, ...writes].map(([, vector]) => vector));
  const moves = [...vectors].map((vector) => move(pointer(vector), i32.add, copies * lanes * size));
  const enough = [get(length), i32.const(copies * lanes), i32.greaterEqual];
  return repeatWhile(enough, [compute, store, moves, move(length, i32.sub, copies * lanes)]);
}

const move = (local: number, operation: Code, by: number): Code => [get(local), i32.const(by), operation, set(local)];
