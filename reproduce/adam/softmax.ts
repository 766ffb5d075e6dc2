import { type Panel, panel } from "../../src/figure/index.ts";
import type { ModelData } from "../../src/nn/index.ts";
import { firstExamples, firstOf } from "../data.ts";
import { alike, allOf, atMost, type Judged, unmeasured } from "../verdict.ts";
import {
  type Curve,
  curveMarks,
  curveOf,
  curvesOf,
  lateLosses,
  optimizers,
  passesOf,
  tableOf,
  titleOf,
} from "./contest.ts";
import type { Part } from "./part.ts";

const MODEL: ModelData = {
  format: "downhill-model 1",
  name: "softmax regression",
  layers: [{ kind: "dense", weights: "zeros" }],
};

/** The paper gives no strength of its L2 term. */
const L2 = 1e-4;

const SCHEDULE = "1/sqrt(t)";

/** AdaGrad's own steps fall as 1/√t: with the schedule they would fall as 1/t, which is shown beside. */
const contenders = [
  { label: "AdaGrad", ...optimizers.AdaGrad },
  { label: "AdaGrad, α/√t", ...optimizers.AdaGrad, schedule: SCHEDULE },
  { label: "Nesterov", ...optimizers.Nesterov, schedule: SCHEDULE },
  { label: "Adam", ...optimizers.Adam, schedule: SCHEDULE },
];

/** Section 6.1 and figure 1, on the left: a convex problem, where the step size falls as in the paper's proof. */
export const softmax: Part = {
  name: "softmax",
  work: ({ softmax: size }) => passesOf(size, contenders.length) * size.examples * 2e5,
  run: async (given, { softmax: size }, tell) => {
    const { data: all, notes } = await firstOf(given, ["mnist", "fashion-mnist"]);
    const data = firstExamples(all, size.examples, size.others);
    const curves = await curvesOf(given, { data, model: MODEL, contenders, size, l2: L2 }, tell);
    return {
      claims: claimsOf(curves),
      told: curves === undefined ? [] : [tableOf(`Softmax regression on ${titleOf(all)}`, curves)],
      panels: curves === undefined ? [] : [panelOf(curves, titleOf(all))],
      figures: [],
      description: "On softmax regression, by epoch.",
      notes: [
        ...notes,
        `Softmax regression: α/√t for Adam and Nesterov; AdaGrad, whose own steps fall as 1/√t, with a constant α. L2 strength ${L2}, where the paper gives none.`,
      ],
      data: all,
      outcome: curves === undefined ? "interrupted" : "completed",
    };
  },
};

function claimsOf(curves: readonly Curve[] | undefined): Judged[] {
  const [same, faster] = [
    "Softmax regression: Adam converges about as fast as Nesterov's momentum (mean loss over the second half of the epochs, to a tenth).",
    "Softmax regression: both converge faster than AdaGrad (mean loss over the second half of the epochs).",
  ];
  if (curves === undefined) return [same, faster].map((claim) => ({ claim, ...unmeasured }));
  const [adagrad, nesterov, adam] = ["AdaGrad", "Nesterov", "Adam"].map((label) => lateLosses(curveOf(curves, label)));
  return [
    { claim: same, ...alike(adam, nesterov, 1.1) },
    {
      claim: faster,
      ...allOf({ "Adam/AdaGrad": atMost(adam, adagrad), "Nesterov/AdaGrad": atMost(nesterov, adagrad) }),
    },
  ];
}

const panelOf = (curves: readonly Curve[], name: string): Panel =>
  panel({
    title: `Softmax regression, ${name} (dashed: AdaGrad with α/√t)`,
    x: { label: "epoch", whole: true },
    y: { label: "training loss", scale: "log" },
    marks: curves.flatMap((curve) =>
      curveMarks(curve, curve.label.includes(",") ? { dash: "dashed", unnamed: true } : {}),
    ),
  });
