import { panel } from "../../src/figure/index.ts";
import type { ModelData } from "../../src/nn/index.ts";
import { firstExamples, firstOf } from "../data.ts";
import { allOf, atMost, unmeasured } from "../verdict.ts";
import { curveMarks, curveOf, curvesOf, lastLosses, optimizers, passesOf, tableOf, titleOf } from "./contest.ts";
import type { Part } from "./part.ts";

/** The paper gives no rate of its dropout. */
const DROPOUT = 0.5;

const contenders = Object.entries(optimizers).map(([label, { rule }]) => ({ label, rule }));

const CLAIM = "Perceptron with dropout: Adam ends with the lowest training loss of the five.";

const modelOf = (hidden: readonly number[]): ModelData => ({
  format: "downhill-model 1",
  layers: [
    ...hidden.flatMap((units) => [
      { kind: "dense", units, activation: "relu" },
      { kind: "dropout", rate: DROPOUT },
    ]),
    { kind: "dense" },
  ],
});

/** Section 6.2 and figure 2a: a net with two hidden layers of ReLU units, with dropout. */
export const perceptron: Part = {
  name: "perceptron",
  work: ({ perceptron: size }) => passesOf(size, contenders.length) * size.examples * 2e6,
  run: async (given, { perceptron: size }, tell) => {
    const { data: all, notes } = await firstOf(given, ["mnist", "fashion-mnist"]);
    const data = firstExamples(all, size.examples, size.others);
    const curves = await curvesOf(given, { data, model: modelOf(size.hidden), contenders, size }, tell);
    const about = {
      ...{ figures: [], description: "On the perceptron with dropout, by epoch.", data: all },
      notes: [...notes, `Perceptron: dropout ${DROPOUT} on the hidden layers, where the paper gives no rate.`],
    };
    if (curves === undefined)
      return { ...about, claims: [{ claim: CLAIM, ...unmeasured }], told: [], panels: [], outcome: "interrupted" };
    const adam = lastLosses(curveOf(curves, "Adam"));
    const others = curves.filter(({ label }) => label !== "Adam");
    const against = others.map((curve) => [`Adam/${curve.label}`, atMost(adam, lastLosses(curve))] as const);
    return {
      ...about,
      claims: [{ claim: CLAIM, ...allOf(Object.fromEntries(against)) }],
      told: [tableOf(`Perceptron with dropout on ${titleOf(all)}`, curves)],
      panels: [
        panel({
          title: `Perceptron ${size.hidden.join("-")} with dropout, ${titleOf(all)}`,
          x: { label: "epoch", whole: true },
          y: { label: "training loss", scale: "log" },
          marks: curves.flatMap((curve) => curveMarks(curve)),
        }),
      ],
      outcome: "completed",
    };
  },
};
