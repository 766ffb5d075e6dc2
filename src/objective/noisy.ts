import { checkNumber, domains, whole } from "../arguments/index.ts";
import { bits32, mix32, Random } from "../random/index.ts";
import type { Surface } from "../surfaces/index.ts";
import type { GradientFunction, Objective } from "./objective.ts";
import { objectiveOf } from "./target.ts";

export interface Noise {
  /** Standard deviation of what is added to each component of the gradient. */
  readonly sigma: number;
  /** A whole number: another seed is other noise. */
  readonly seed: number;
}

/**
 * A surface, or an objective of one's own, whose gradient is seen through noise, as a mini-batch sees the gradient of the
 * whole data: each component has an independent normal number with standard deviation sigma added. Values stay exact.
 *
 * The noise is a function of the seed and the point, not of how often or in what order gradients were asked for: it is
 * drawn from a counter-based generator whose stream is named by the point's bits. So a walk repeats bit for bit, two
 * walks can share one noisy surface, and a solver that comes back to a point sees the same gradient there.
 */
export function noisy(target: Surface, noise: Noise): Surface & GradientFunction;
export function noisy(target: GradientFunction | Objective, noise: Noise): GradientFunction;
export function noisy(target: Surface | GradientFunction | Objective, { sigma, seed }: Noise): GradientFunction {
  checkNumber("noisy: sigma", sigma, domains.notNegative);
  checkNumber("noisy: seed", seed, whole(0));
  const objective = objectiveOf(target);
  const title = "title" in target ? { title: `${target.title}, seen with noise ${sigma}` } : {};
  return {
    // What else an objective tells has no noise.
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

/** Two words that tell points apart: a hash of all bits of the numbers. Zeros of both signs are one place. */
function streamOf(w: Float64Array): readonly [number, number] {
  const words = new Uint32Array(w.map((x) => x + 0).buffer);
  let [a, b] = [0, w.length];
  for (const word of words) {
    a = mix32(a ^ word);
    b = bits32(b, word);
  }
  return [a, b];
}
