import { checkNumber, domains, whole } from "../arguments/index.ts";
import { bits32, mix32, Random } from "../random/index.ts";
import type { Surface } from "../surfaces/index.ts";
import type { GradientFunction, Objective } from "./objective.ts";
import { objectiveOf } from "./target.ts";

/** The normal noise that `noisy` adds to a gradient. */
export interface Noise {
  /** The standard deviation of the noise on each component of the gradient: 0 or more. */
  readonly sigma: number;
  /** A whole number, 0 or more; another seed gives other noise. */
  readonly seed: number;
}

/**
 * A surface, or your own objective, with a noisy gradient, like a mini-batch's estimate of the gradient over all data:
 * each component gets independent normal noise with standard deviation sigma. Values stay exact. Throws a RangeError
 * for a negative sigma or seed.
 *
 * The noise is a function of the seed and the point, not of the number or the order of evaluations: it comes from a
 * counter-based generator whose stream is a hash of the point's bits. So a walk repeats bit for bit, two walks can
 * share one noisy surface, and a solver that returns to a point sees the same gradient there.
 */
export function noisy(target: Surface, noise: Noise): Surface & GradientFunction;
export function noisy(target: GradientFunction | Objective, noise: Noise): GradientFunction;
export function noisy(target: Surface | GradientFunction | Objective, { sigma, seed }: Noise): GradientFunction {
  checkNumber("noisy: sigma", sigma, domains.notNegative);
  checkNumber("noisy: seed", seed, whole(0));
  const objective = objectiveOf(target);
  const title = "title" in target ? { title: `${target.title}, with noise ${sigma}` } : {};
  return {
    // An objective's Hessian, residuals and so on are left out: they would have no noise.
    ...("gradient" in target ? {} : target),
    ...title,
    name: `${target.name}-noisy`,
    dimension: objective.dimension,
    valueAndGradient: (w, g) => {
      const value = objective.gradient(w, g);
      const random = Random.restore({ seed, stream: streamOf(w), position: 0 });
      for (let i = 0; i < g.length; i++) g[i] += sigma * random.normal();
      return value;
    },
  };
}

/** A hash of all bits of a point, in two 32-bit words. 0 and −0 are the same point. */
function streamOf(w: Float64Array): readonly [number, number] {
  const words = new Uint32Array(w.map((x) => x + 0).buffer);
  let [a, b] = [0, w.length];
  for (const word of words) {
    a = mix32(a ^ word);
    b = bits32(b, word);
  }
  return [a, b];
}
