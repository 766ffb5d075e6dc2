import { expect, it } from "vitest";
import { adamTerms } from "../../lecture/experiments/adam-terms.ts";
import { givenData } from "./given.ts";

it("the claim about Adam's terms holds for the measured numbers, and not where one of them is another", async () => {
  const measured = await adamTerms.measure(givenData("digits"));
  const { numbers } = measured;
  expect(adamTerms.holds(measured)).toBe(true);
  const [neither, first, second, both] = numbers.stepsToArrive;
  const others = [
    { detourOnNoisyBowl: numbers.detourOnNoisyBowl.toReversed() },
    { stepsToArrive: [neither, first, second, neither] },
    { stepInNoise: numbers.stepInNoise.toReversed() },
    { firstStepCorrected: numbers.firstStepUncorrected },
    { paceWhereGradientsAreRare: numbers.paceWhereGradientsAreRare.toReversed() },
    { longestSteps: [1, 1] },
    { apartWhereLossIsThousandfold: 1 },
  ];
  expect(both[0]).toBeLessThan(second[0]);
  for (const other of others)
    expect(adamTerms.holds({ ...measured, numbers: { ...numbers, ...other } }), Object.keys(other)[0]).toBe(false);
});
