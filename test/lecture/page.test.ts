import { expect, it } from "vitest";
import { biasCorrection } from "../../lecture/experiments/bias-correction.ts";
import { learningRate } from "../../lecture/experiments/learning-rate.ts";
import { type Experiment, lecturePage, type Performed } from "../../lecture/index.ts";
import { givenData } from "./given.ts";

const perform = async (experiment: Experiment): Promise<Performed> => ({
  experiment,
  findings: await experiment.run(givenData("digits")),
});

it("shows of each experiment the claim, the verdict, the figure and the numbers", async () => {
  const [right, other] = [await perform(biasCorrection), await perform(learningRate)];
  const wrong = { ...other, findings: { ...other.findings, holds: false } };
  const html = lecturePage([right, wrong]);
  expect(html).toContain("<h1>The lecture as experiments</h1>");
  expect(html).toContain("2 experiments: 1 of 2 claims does not hold.");
  for (const { experiment, findings } of [right, wrong]) {
    expect(html).toContain(`${experiment.title}</h2>`);
    expect(html).toContain(experiment.claim);
    expect(html).toContain(`<strong>${findings.figure.title}</strong>`);
    for (const each of findings.told)
      if ("facts" in each) for (const label of Object.keys(each.facts)) expect(html).toContain(`<dt>${label}</dt>`);
      else expect(html).toContain(each.title);
  }
  expect(html.match(/The claim <strong>holds<\/strong>\./g)).toHaveLength(1);
  expect(html.match(/The claim <strong>does not hold<\/strong>\./g)).toHaveLength(1);
  const alone = lecturePage([right]);
  expect(alone).toContain(`<h1>${right.experiment.title}</h1>`);
  expect(alone.match(/<h2[^>]*>(?:<[^>]*>)*[^<]*/g)?.map((tag) => tag.replace(/<[^>]*>/g, ""))).toEqual(["The claim"]);
});
