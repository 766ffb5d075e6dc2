import { describe, expect, it } from "vitest";
import * as torch from "../../src/compat/torch.ts";
import { noisy } from "../../src/objective/index.ts";
import {
  adam,
  gradientDescent,
  lamb,
  momentum,
  nesterov,
  type Optimizer,
  rules,
  schedules,
  withNormClipping,
} from "../../src/optimizers/index.ts";
import { leastSquares, type Surface, surfaceFromText, surfaces } from "../../src/surfaces/index.ts";
import { minimize, objectiveOf, type Path } from "../../src/train/index.ts";
import { ruleWalk } from "../../src/train/walk/rule-walk.ts";

/** The same rule, which counts the steps that JavaScript takes. */
function counted(optimizer: Optimizer): { optimizer: Optimizer; count(): number } {
  let calls = 0;
  const bind: Optimizer["bind"] = (...place) => {
    const step = optimizer.bind(...place);
    const counting = (): boolean => {
      calls++;
      return step();
    };
    return Object.assign(counting, { inPlace: step.inPlace });
  };
  return { optimizer: { ...optimizer, bind }, count: () => calls };
}

/** The same rule without what a compiled loop needs. */
const stepwise = (optimizer: Optimizer): Optimizer => ({
  ...optimizer,
  bind: (...place) => {
    const step = optimizer.bind(...place);
    return () => step();
  },
});

const bitsOf = (numbers: Float64Array): string =>
  Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength).toString("hex");
const bits = ({ dimension, points, values, outcome }: Path) => ({
  dimension,
  points: bitsOf(points),
  values: bitsOf(values),
  outcome,
});

const wave = surfaceFromText("sin(x)*cos(y/3) + (x^2 + 1)^1.3 + abs(y) + 1/(1 + z^2)", { start: [1, 2, 3] });
const grounds: readonly Surface[] = [surfaces.beale, surfaces.quadratic(20), surfaces.ackley(), wave];

describe("a walk in WebAssembly", () => {
  it.each(rules.map((rule) => [rule.spec.name, rule] as const))(
    "%s takes the same steps as from JavaScript",
    (_, rule) => {
      for (const ground of grounds)
        for (const steps of [0, 1, 256, 700]) {
          const { optimizer, count } = counted(rule());
          const path = minimize(ground, { optimizer, steps });
          const reference = counted(stepwise(rule()));
          expect(bits(path)).toEqual(bits(minimize(ground, { optimizer: reference.optimizer, steps })));
          expect(count()).toBe(0);
          expect(reference.count()).toBeGreaterThanOrEqual(path.outcome.step);
        }
    },
  );

  const ends: readonly (readonly [text: string, start: readonly number[], Optimizer, reason: RegExp])[] = [
    ["sqrt(x)", [0], adam(), /^the gradient is not finite at step 1$/],
    ["sqrt(x)", [1], gradientDescent({ lr: 2 }), /^the gradient is not finite at step 2$/],
    ["x^1.5", [1], nesterov({ lr: 0.4 }), /^the gradient is not finite at step 2$/],
    ["1e300*x", [1], adam(), /^an update is not finite at step 1$/],
    ["1e160*x + y^2", [1, 1], adam({ lr: 1 }), /^an update is not finite at step 1$/],
    ["x + 1e-9*x^2", [1], gradientDescent({ lr: 1e308 }), /^(the value is Infinity|an update is not finite)/],
    ["x^1.5 + y", [1, 0], momentum({ lr: 1e307 }), /step \d+$/],
    ["x^2", [1], gradientDescent({ lr: 3 }), /^the value is Infinity after step 2\d\d$/],
    ["x^2", [1], gradientDescent({ lr: 2 }), /^the value is Infinity after step 324$/],
    ["log(x)", [1], gradientDescent({ lr: 3 }), /^the value is NaN after step 1$/],
    ["log(x) + y", [1, 1], nesterov({ lr: 0.001 }), /^the value is NaN after step \d+$/],
  ];

  it.each(ends)("%s from %j leaves the finite numbers as from JavaScript", (text, start, rule, reason) => {
    const ground = surfaceFromText(text);
    const { optimizer, count } = counted(rule);
    const path = minimize(ground, { optimizer, start, steps: 2000 });
    expect(path.outcome).toMatchObject({ kind: "diverged", reason: expect.stringMatching(reason) });
    expect(bits(path)).toEqual(bits(minimize(ground, { optimizer: stepwise(rule), start, steps: 2000 })));
    expect(count()).toBe(0);
  });

  it("is interrupted between two strides", () => {
    const outcomes = [adam(), stepwise(adam())].map((optimizer) => {
      const stop = new AbortController();
      const walk = ruleWalk(surfaces.beale, { optimizer, steps: 2000, signal: stop.signal });
      for (let strides = 0; strides < 3; strides++) walk.next();
      stop.abort();
      const { value } = walk.next();
      return value === undefined ? undefined : bits(value);
    });
    expect(outcomes[0]).toEqual(outcomes[1]);
    expect(outcomes[0]?.outcome).toEqual({ kind: "interrupted", step: 512, reason: "the walk was interrupted" });
    const stopped = minimize(surfaces.beale, { optimizer: adam(), signal: AbortSignal.abort() });
    expect(stopped.outcome).toMatchObject({ kind: "interrupted", step: 0 });
  });

  const line = leastSquares({
    name: "line",
    parameters: ["a", "b"],
    data: { x: [0, 1, 2, 3], y: [1, 3, 5, 7] },
    residuals: ["y - (a + b*x)"],
    starts: [[0, 0]],
  });
  const beale = objectiveOf(surfaces.beale);
  const own = {
    name: "my own",
    dimension: 2,
    valueAndGradient: (w: Float64Array, g: Float64Array) => beale.gradient(w, g),
  };
  const start = [1, 1.6];

  it.each([
    ["a schedule", surfaces.beale, adam({ lr: schedules.cosine({ lr: 0.1, steps: 50 }) })],
    ["numbers that the state keeps", surfaces.beale, torch.NAdam()],
    ["the length of the whole gradient for a rule with norms", surfaces.beale, withNormClipping(lamb)()],
    ["a function of one's own", own, adam()],
    ["noise", noisy(surfaces.beale, { sigma: 1, seed: 1 }), adam()],
    ["data", line, adam()],
  ] as const)("is left to JavaScript: %s", (_, target, rule) => {
    const { optimizer, count } = counted(rule);
    minimize(target, { optimizer, start, steps: 50 });
    expect(count()).toBe(50);
  });
});
