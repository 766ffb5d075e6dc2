import type { Vector } from "../../expr/index.ts";
import type { Engine, Evaluation, GradientSource, Workspace } from "../../objective/index.ts";
import { Random } from "../../random/index.ts";
import { type CurveShape, curveShares, placeOnCurve } from "./curve.ts";

/** A curve whose bend is trained. */
interface Curve {
  readonly shape: CurveShape;
  readonly ends: readonly [Vector, Vector];
  readonly seed: number;
}

/** Where the loss along the curve is evaluated during training: the middles of five equal parts, whose mean estimates E_t L(φ(t)). */
const POSITIONS = [0.1, 0.3, 0.5, 0.7, 0.9];

/**
 * What a training needs to train a curve's bend θ as if it were a net: the gradient of L(φ(t)) by θ, at another random t in each step.
 *
 *     ∇_θ L(φ(t)) = b(t)·∇L(φ(t)),   t ~ U[0, 1]
 *
 * The engine computes at φ(t), which lies where it would have the point that a rule looks ahead to. t is a function of seed and step.
 */
export function curveSource(engine: Engine, { shape, ends: [first, last], seed }: Curve): GradientSource {
  const random = new Random(seed, "curve");
  let own: { readonly run: Workspace; readonly at: Vector; readonly scratch: Vector } | undefined;
  const begun = () => {
    if (own === undefined) throw new Error("curve: no run has begun; call begin first");
    return own;
  };
  return {
    begin: (plan) => {
      const { lookahead = false, vectors = 0 } = plan;
      const run = engine.begin({ ...plan, lookahead: true, vectors: vectors + 1 + Number(lookahead) });
      const scratch = run.vector();
      const at = lookahead ? run.vector() : run.w;
      own = { run, at, scratch };
      return { ...run, point: at };
    },
    prepare: (batchSizes) => engine.prepare(batchSizes),
    gradient: async (examples, indices, turn) => {
      const { run, at } = begun();
      const shares = curveShares(shape, random.fork(turn.step).uniform());
      placeOnCurve(shares, [first, at, last], run.point);
      const result = await engine.gradient(examples, indices, turn);
      const [, share] = shares;
      for (let i = 0; i < run.g.length; i++) run.g[i] *= share;
      return result;
    },
    evaluate: async (examples, weights) => {
      const { run, scratch } = begun();
      const measured: Evaluation[] = [];
      for (const t of POSITIONS) {
        const point = placeOnCurve(curveShares(shape, t), [first, weights ?? run.w, last], scratch);
        measured.push(await engine.evaluate(examples, point));
      }
      return meanOf(measured);
    },
    dispose: () => engine.dispose(),
  };
}

function meanOf(measured: readonly Evaluation[]): Evaluation {
  const cut = measured.find(({ cutOff }) => cutOff);
  if (cut !== undefined) return cut;
  const mean = (of: (each: Evaluation) => number): number =>
    measured.reduce((sum, each) => sum + of(each), 0) / measured.length;
  const loss = mean((each) => each.loss);
  return measured[0].accuracy === undefined ? { loss } : { loss, accuracy: mean(({ accuracy = 0 }) => accuracy) };
}
