import { Random } from "../src/index.ts";
import { type Optimizer, type Rule, rule } from "../src/optimizers/index.ts";
import { mean } from "./samples.ts";

/** Which of Adam's terms are there. Without any it is gradient descent. */
export interface Terms {
  /** m: the average of gradients in the gradient's place. */
  readonly first: boolean;
  /** v: the average of squared gradients, by whose root is divided. */
  readonly second: boolean;
  /** Divide the averages by 1 − βᵗ, for their start at 0. */
  readonly corrected: boolean;
}

/** Adam with some of its terms (Kingma & Ba 2015, algorithm 1, with eps = 0); with all of them it is Adam itself. */
export function adamWith({ first, second, corrected }: Terms): Rule<"lr" | "beta1" | "beta2" | "eps"> {
  const [m, v] = corrected ? ["m / (1 - beta1^t)", "v / (1 - beta2^t)"] : ["m", "v"];
  const update = [
    first && "m = beta1*m + (1 - beta1)*g",
    second && "v = beta2*v + (1 - beta2)*g^2",
    `w = w - lr * ${first ? `(${m})` : "g"}${second ? ` / (sqrt(${v}) + eps)` : ""}`,
  ];
  return rule({
    name: ["adam-with", first && "first", second && "second", corrected && "corrected"].filter(Boolean).join("-"),
    hyper: { lr: 1, beta1: 0.9, beta2: 0.999, eps: 0 },
    slots: [...(first ? ["m"] : []), ...(second ? ["v"] : [])],
    update: update.filter((line) => line !== false).join("\n"),
  });
}

/** The steps that an optimizer takes at a sequence of gradients, in one dimension; against the gradient counts as positive. */
export function stepsAlong(optimizer: Optimizer, gradients: Iterable<number>): number[] {
  const [w, g] = [Float64Array.of(0), Float64Array.of(0)];
  const step = optimizer.bind(w, g, optimizer.init(w));
  return Array.from(gradients, (gradient) => {
    w[0] = 0;
    g[0] = gradient;
    step();
    return -w[0];
  });
}

/** Gradient descent, and what each moment makes of it. */
export const WAYS = [
  { label: "neither", first: false, second: false },
  { label: "first moment", first: true, second: false },
  { label: "second moment", first: false, second: true },
  { label: "both", first: true, second: true },
] as const;

export type Way = (typeof WAYS)[number];

/** The β₁ and β₂ of `adamWith`. */
export const BETA1 = 0.9;
export const BETA2 = 0.999;

/** The way at rate lr. */
export const optimizerOf = (way: Way, lr = 1, corrected = true): Optimizer => adamWith({ ...way, corrected })({ lr });

/** The root mean square of steps at rate 1, where gradients are 1 with `noise` times sigma. */
export function lengthInNoise(way: Way, noise: readonly number[], sigma: number, make = optimizerOf): number {
  const steps = stepsAlong(
    make(way),
    noise.map((x) => 1 + sigma * x),
  );
  return Math.sqrt(mean(steps.slice(steps.length / 4).map((step) => step ** 2)));
}

/** Normal values, shifted and scaled so that their mean is 0 and their mean square 1. */
export function standardNoise(count: number): number[] {
  const random = new Random(1, "gradients");
  const draws = Array.from({ length: count }, () => random.normal());
  const centre = mean(draws);
  const deviation = Math.sqrt(mean(draws.map((x) => (x - centre) ** 2)));
  return draws.map((x) => (x - centre) / deviation);
}

/** The same by formula: of the variance of independent noise an average with β₁ keeps (1 − β₁)/(1 + β₁). */
export function lengthExpected({ first, second }: Way, sigma: number): number {
  const kept = first ? (1 - BETA1) / (1 + BETA1) : 1;
  return Math.sqrt(1 + kept * sigma ** 2) / (second ? Math.sqrt(1 + sigma ** 2) : 1);
}

/** Steps from one gradient to the next in a rare direction. */
const RARE = 100;

/** The mean step, at rate 1, of a weight whose gradient is 1 in every hundredth step and 0 else; a dense one's is 1. */
export function paceWhereRare(way: Way, make = optimizerOf): number {
  const gradients = Array.from({ length: 200 * RARE }, (_, i) => (i % RARE === RARE - 1 ? 1 : 0));
  return mean(stepsAlong(make(way), gradients).slice(-50 * RARE));
}

/** The same by formula: v is (1 − β₂)/(1 − β₂¹⁰⁰) at each gradient and falls while m still moves the weight. */
export function paceExpected({ first, second }: Way): number {
  const scale = second ? Math.sqrt((1 - BETA2 ** RARE) / (1 - BETA2)) : 1;
  return (scale * (first && second ? (1 - BETA1) / (1 - BETA1 / Math.sqrt(BETA2)) : 1)) / RARE;
}

/** Adam's steps at rate 1, after a long silence: at one lonely gradient, and the longest at gradients that grow as (β₂/β₁)ᵗ. */
export function stepsAfterSilence(make = optimizerOf): number[] {
  const silence: number[] = Array(20_000).fill(0);
  const growing = Array.from({ length: 100 }, (_, i) => (BETA2 / BETA1) ** i);
  return [[1], growing].map((gradients) => Math.max(...stepsAlong(make(WAYS[3]), [...silence, ...gradients])));
}

/**
 * The same by formula. The first is what Kingma & Ba 2015 give in section 2.1 as the bound of a step, for the most sparse
 * gradients; the second is the largest of all, since by Cauchy and Schwarz m² ≤ v·(1 − β₁)²/((1 − β₂)(1 − β₁²/β₂)).
 */
export const longestExpected = [
  (1 - BETA1) / Math.sqrt(1 - BETA2),
  (1 - BETA1) / Math.sqrt((1 - BETA2) * (1 - BETA1 ** 2 / BETA2)),
] as const;
