import { expect, it } from "vitest";
import { measure, supports } from "../../lecture/experiments/adam-terms.ts";

it("supports its claim with the measured numbers, and with no other", () => {
  const numbers = measure();
  expect(supports(numbers)).toBe(true);
  const [neither, first, second, both] = numbers.stepsToArrive;
  const others = [
    { detourOnNoisyBowl: numbers.detourOnNoisyBowl.toReversed() },
    { stepsToArrive: [neither, first, second, neither] },
    { stepInNoise: numbers.stepInNoise.toReversed() },
    { firstStepCorrected: numbers.firstStepUncorrected },
    { paceWhereGradientsAreRare: numbers.paceWhereGradientsAreRare.toReversed() },
    { longestSteps: [1, 1] },
    { apartWhereCostIsThousandfold: 1 },
  ];
  expect(both[0]).toBeLessThan(second[0]);
  for (const other of others) expect(supports({ ...numbers, ...other }), Object.keys(other)[0]).toBe(false);
});
