import { describe, expect, test } from "vitest";
import { compareLead } from "../../src/report/compare/comparison-sections.ts";
import {
  accuracyCaption,
  course,
  fullBatchCaption,
  trainingCaption,
  validationCaption,
} from "../../src/report/compare/curve-captions.ts";
import { accuracyFigure } from "../../src/report/compare/curve-figures.ts";
import { finalChart } from "../../src/report/compare/final-chart.ts";
import { verdict } from "../../src/report/compare/verdict.ts";
import { rankingNotes, reportHtml } from "../../src/report/index.ts";
import { trainingAccuracyFigure } from "../../src/report/train/run-figures.ts";
import { folderOf, type MadeComparison, madeComparison, madeRun, textOf } from "./made.ts";

/** Runs of one optimizer, one for each seed, all alike. */
const runsOf = (optimizer: string, validation: readonly (number | null)[], more = {}) =>
  [1, 2, 3].map((seed) => madeRun({ optimizer, seed, validation, ...more }));

const report = (made: MadeComparison): string =>
  textOf(reportHtml([folderOf({ kind: "compare", result: madeComparison(made) })]));

describe("the full batch beside mini-batches", () => {
  const mini = madeRun({ optimizer: "gradient-descent" });
  const words = (train: readonly (number | null)[], diverged = false) =>
    fullBatchCaption(madeComparison({ runs: [mini], full: madeRun({ validation: train, diverged }) })) ?? "";

  test("does not fall smoothly where it rises", () => {
    expect(words([3.18, 3.4, 0.5, 0.9, 0.14])).toContain("from 3.180 to 0.1400, rising 2 of 4 times");
    expect(words([3, 2, 1])).toContain("from 3.000 to 1.000, never rising");
    expect(words([1, 2, 3])).toContain("from 1.000 to 3.000, rising each time");
    expect(words([3, 2, 1])).not.toContain("smooth");
  });

  test("may diverge, have one pass or none, and no searched rate", () => {
    expect(words([3, 8], true)).toContain("rising each time from one pass to the next, where it diverged");
    expect(words([3])).toContain("training loss is 3.000");
    expect(words([])).toContain("training loss is –");
    expect(words([3, 2])).not.toContain("tuned");
    const trials = [{ optimizer: "gradient-descent, full batch", lr: 0.1, loss: 1 }];
    expect(fullBatchCaption(madeComparison({ runs: [mini], full: madeRun(), trials }))).toContain(
      "Both learning rates were tuned",
    );
  });

  test("counts changes, not epochs", () => {
    expect(course(madeRun({ validation: [2, 1] }))).toContain("never rising");
    expect(course(madeRun({ validation: [1, 2] }))).toContain("rising each time");
  });
});

describe("who reaches the target first", () => {
  const lead = (made: MadeComparison): string => compareLead(madeComparison(made));
  const target = { loss: 0.5 };

  test("one optimizer is not first of any", () => {
    expect(lead({ runs: runsOf("adam", [1, 0.4]), target })).toBe(
      "**adam** reaches the target: after 20 steps (median over the seeds) the validation loss is 0.5 or less.",
    );
  });

  test("ties are told, of all and of some", () => {
    const two = [...runsOf("adam", [1, 0.4]), ...runsOf("momentum", [1, 0.3])];
    expect(lead({ runs: two, target })).toMatch(
      /^\*\*momentum\*\* and \*\*adam\*\* reach the target together: after 20 steps/,
    );
    const three = [...two, ...runsOf("lion", [1, 0.9, 0.4])];
    expect(lead({ runs: three, target })).toMatch(
      /reach the target first, together: .*The last to arrive is lion, after 30\.$/,
    );
  });

  test("two have neither a middle nor a last", () => {
    const two = [...runsOf("adam", [1, 0.4]), ...runsOf("lion", [1, 0.9, 0.4])];
    expect(lead({ runs: two, target })).toMatch(
      /^\*\*adam\*\* reaches the target first: .*\. The other, lion, needs 30\.$/,
    );
  });

  test("the median of an even number is not one of the optimizers", () => {
    const runs = [
      ...runsOf("adam", [0.1]),
      ...runsOf("momentum", [1, 0.1]),
      ...runsOf("lion", [1, 1, 1, 0.1]),
      ...runsOf("nadam", [1, 1, 1, 1, 0.1]),
    ];
    expect(lead({ runs, target })).toContain("The median optimizer needs 30; the last to arrive is nadam, after 50.");
  });

  test("a median halfway between two numbers of steps is not rounded, and one seed has no median", () => {
    const halfway = [madeRun({ validation: [0.1] }), madeRun({ seed: 2, validation: [1, 0.1] })];
    expect(lead({ runs: halfway, target })).toContain("after 15 steps (median over the seeds) the validation loss");
    const odd = halfway.map((run, i) => ({
      ...run,
      epochs: run.epochs.map((each) => ({ ...each, steps: 11 * (i + 1) })),
    }));
    expect(lead({ runs: odd, target })).toContain("after 16.5 steps (median over the seeds) the validation loss");
    expect(report({ runs: odd, target })).toMatch(/\b16\.5\b/);
    expect(report({ runs: odd, target })).not.toMatch(/\b17\b/);
    expect(lead({ runs: [halfway[0]], target })).toContain("after 10 steps the validation loss");
  });

  test("who arrives in some runs but has no median is not said to fail in more than half of them", () => {
    const twice = (optimizer: string, first: number, second: number) => [
      madeRun({ optimizer, validation: [1, first] }),
      madeRun({ optimizer, seed: 2, validation: [1, second] }),
    ];
    const two = [...twice("adam", 0.1, 0.1), ...twice("lion", 0.1, 0.9)];
    expect(lead({ runs: two, target })).toMatch(
      /The other, lion, reaches it in only 1 of 2 runs, so its median is not defined\.$/,
    );
    expect(report({ runs: two, target })).toContain(
      "lion reaches the target in only 1 of 2 runs, so its median is not defined.",
    );
    const three = [...two, ...twice("nadam", 0.8, 0.9)];
    expect(report({ runs: three, target })).toContain(
      "lion and nadam reach the target in at most half of their runs (lion in 1 of 2 and nadam in 0 of 2), so their medians are not defined.",
    );
    const never = [...twice("adam", 0.1, 0.1), ...twice("nadam", 0.8, 0.9)];
    expect(report({ runs: never, target })).toContain("nadam does not reach the target.");
  });

  test("nobody arrives, or in too few runs", () => {
    expect(lead({ runs: runsOf("adam", [1, 0.9]), target })).toBe(
      "The target, validation loss 0.5 or less: no run reached it.",
    );
    const [once, ...others] = [
      madeRun({ validation: [0.1] }),
      madeRun({ seed: 2, validation: [1] }),
      madeRun({ seed: 3, validation: [1] }),
    ];
    expect(lead({ runs: [once, ...others], target })).toContain(
      "no optimizer reached it in more than half of its runs (adam in 1 of 3 runs)",
    );
  });

  test("a dash for steps and time is explained, where some have one", () => {
    const dashes = (made: MadeComparison): (string | boolean)[] => {
      const result = madeComparison({ ...made, target });
      const [note] = rankingNotes(result).filter((line) => line.startsWith("–: "));
      return [note ?? "", note !== undefined && verdict(result)[0].includes(`${note}.`)];
    };
    const late = [
      madeRun({ optimizer: "lion", validation: [1, 0.1] }),
      madeRun({ optimizer: "lion", seed: 2, validation: [1, 0.9] }),
    ];
    const both = [1, 2].map((seed) => madeRun({ optimizer: "adam", validation: [1, 0.1], seed }));
    expect(dashes({ runs: [...both, ...late] })).toEqual(["–: reached in no more than half of the runs", true]);
    const [one] = both;
    const never = madeRun({ optimizer: "lion", validation: [1, 0.9] });
    expect(dashes({ runs: [one, never] })).toEqual(["–: the run did not reach it", true]);
    expect(dashes({ runs: both })).toEqual(["", false]);
    expect(dashes({ runs: [never] })).toEqual(["", false]);
  });

  test("that there is no target is not that all diverged", () => {
    const lost = (optimizer: string) => runsOf(optimizer, [], { diverged: true });
    expect(lead({ runs: [...lost("adam"), ...lost("lion")] })).toBe("There is no target, as all runs diverged.");
    const half = lead({ runs: [...lost("adam"), ...lost("lion"), ...runsOf("momentum", [1, 0.5])] });
    expect(half).toContain("at least half of the optimizers have no validation loss");
    // Without validation examples nothing has diverged.
    expect(lead({ runs: runsOf("adam", [null, null]) })).not.toContain("diverged");
  });

  test("an accuracy is not rounded", () => {
    const accurate = { runs: runsOf("adam", [1], { accuracy: 0.99 }), target: { accuracy: 0.95551 } };
    expect(lead(accurate)).toContain("the validation accuracy is 95.551 % or more");
  });

  test("that a target was met at the start", () => {
    const result = madeComparison({ runs: runsOf("adam", [1, 0.9], { first: 2.31 }), target: { loss: 95 } });
    expect(rankingNotes(result).join("\n")).toContain("already have a loss of 2.310 or less, before any step");
    expect(verdict(result)[0]).toContain("This target says nothing");
    const apart = madeComparison({ runs: runsOf("adam", [1, 0.9], { first: 2.31 }), target: { loss: 0.95 } });
    expect(verdict(apart)[0]).not.toContain("no target");
  });
});

describe("what the ranking means", () => {
  const twelve = (accuracies: readonly number[], examples = 300) =>
    madeComparison({
      runs: accuracies.flatMap((accuracy, i) =>
        runsOf(["adam", "momentum", "lion"][i], [1, 0.2 - 0.01 * i], { test: { loss: 0.3, accuracy } }),
      ),
      dataset: { counts: [1000, examples, examples], majority: { class: "no", validation: 0.9, test: 0.96 } },
    });
  const crowned = (result: ReturnType<typeof twelve>): string[] =>
    [...reportHtml([folderOf({ kind: "compare", result })]).matchAll(/class="number best"><strong>([^<]*)/g)].map(
      ([, text]) => text,
    );

  test("one example of 300 crowns nobody, and the interval is named", () => {
    const result = twelve([0.97, 0.9733, 0.97]);
    // scipy 1.17: binomtest(292, 300).proportion_ci(method="wilson") is 0.94827 to 0.98643.
    expect(verdict(result).join(" ")).toContain(
      "97.3 %, with momentum (95 % interval 94.8–98.6 %, Wilson, 300 examples)",
    );
    expect(verdict(result).join(" ")).toContain(
      "The intervals of all others overlap this one, so the test set does not tell them apart",
    );
    expect(crowned(result)).not.toContain("97.3 %");
    expect(rankingNotes(result).join("\n")).toContain("94.8–98.6 %, Wilson");
  });

  test("what stands apart is crowned", () => {
    const result = twelve([0.8, 0.99, 0.7]);
    expect(crowned(result)).toContain("99.0 %");
    expect(verdict(result).join(" ")).toContain("No other optimizer's interval overlaps this one.");
    expect(verdict(twelve([0.97, 0.99, 0.7])).join(" ")).toContain("The interval of adam overlaps this one");
  });

  test("the most frequent class stands beside the accuracy", () => {
    expect(verdict(twelve([0.96, 0.961, 0.95])).join(" ")).toContain(
      'Always predicting "no", the most frequent class, gives 96.0 %, which lies within that interval',
    );
    expect(verdict(twelve([0.96, 0.999, 0.95], 3000)).join(" ")).not.toContain("lies within");
  });

  test("no test examples have no interval", () => {
    const none = twelve([0, 0, 0], 0);
    expect(verdict(none).join(" ")).not.toMatch(/NaN|interval 0/);
    expect(accuracyCaption(none)).toContain("There is no validation accuracy");
  });

  test("losses within each other's ranges crown nobody; one seed crowns no loss", () => {
    const spread = (optimizer: string, finals: readonly number[]) =>
      finals.map((final, i) => madeRun({ optimizer, seed: i + 1, validation: [1, final] }));
    const meeting = [...spread("adam", [0.1, 0.2, 0.3]), ...spread("lion", [0.15, 0.25, 0.35])];
    expect(crowned(madeComparison({ runs: meeting }))).not.toContain("0.2000");
    const apart = [...spread("adam", [0.1, 0.11, 0.12]), ...spread("lion", [0.35, 0.35, 0.35])];
    expect(crowned(madeComparison({ runs: apart }))).toContain("0.1100");
    const single = madeComparison({ runs: [madeRun(), madeRun({ optimizer: "lion", validation: [1, 0.9] })] });
    expect(crowned(single)).toEqual([]);
    expect(verdict(single)[0]).toContain("all figures are from the one seed");
    expect(verdict(single)[0]).toContain("With one seed any difference may be chance");
  });

  test("divergence is counted", () => {
    const lost = madeRun({ optimizer: "lion", seed: 3, diverged: true });
    const runs = [...runsOf("adam", [1, 0.2]), ...runsOf("lion", [1, 0.3]).slice(0, 2), lost];
    expect(verdict(madeComparison({ runs })).at(-1)).toMatch(/^Diverged: lion in 1 of 3 runs\./);
    const alone = madeComparison({ runs: [lost] });
    expect(verdict(alone).at(-1)).toMatch(/^Diverged: lion in its run\./);
  });

  test("a regression has its errors in the target's unit", () => {
    const runs = runsOf("adam", [1, 0.2], { accuracy: null, test: { loss: 0.25 } });
    const target = { mean: 100, deviation: 20, testVariance: 1.25 };
    const text = report({ runs, dataset: { task: "regression", outputs: 1, target } });
    expect(text).toContain("test RMSE");
    expect(text).toContain("(y − 100) / 20");
    // √0.25 · 20, and 1 − 0.25/1.25.
    expect(text).toMatch(/10\.00\s*0\.800/);
    expect(text).not.toContain("accuracy");
  });
});

describe("captions of charts", () => {
  const made = (runs: MadeComparison["runs"]) => madeComparison({ runs });

  test("the training loss: ties, one optimizer, none", () => {
    const two = [...runsOf("adam", [1, 0.4]), ...runsOf("lion", [1, 0.9])];
    expect(trainingCaption(made(two))).toContain("lowest with adam, 0.4000, and highest with lion, 0.9000");
    expect(trainingCaption(made(runsOf("adam", [1, 0.4])))).toBe("The training loss of adam is 0.4000 after 2 epochs.");
    const tie = [...runsOf("adam", [1, 0.4]), ...runsOf("lion", [1, 0.4])];
    expect(trainingCaption(made(tie))).toBe("The training loss is 0.4000 with all of them after 2 epochs.");
    expect(trainingCaption(made(runsOf("adam", [1], { diverged: true })))).toBe("No run finished without diverging.");
  });

  test("the validation loss: a small rise is not denied", () => {
    const risen = validationCaption(made(runsOf("adam", [1, 0.4, 0.43])));
    expect(risen).toContain("at most a tenth above its lowest value");
    expect(risen).not.toContain("risen");
    expect(validationCaption(made(runsOf("adam", [1, 0.4, 0.9])))).toContain(
      "more than a tenth above its lowest value with adam",
    );
    expect(validationCaption(made(runsOf("adam", [null, null])))).toBe(
      "There is no validation loss at the end of a run.",
    );
  });

  test("the chart of the validation set speaks of the validation set", () => {
    const runs = runsOf("adam", [1, 0.4], { accuracy: 0.9, test: { loss: 0.3, accuracy: 0.7 } });
    expect(accuracyCaption(made(runs))).toContain("the highest validation accuracy is 90.0 %");
    expect(accuracyCaption(made(runs))).not.toMatch(/test|70\.0/);
    expect(accuracyCaption(made(runs))).toContain("The axis begins at 85.0 %");
  });

  test("the search: given rates, all diverged, a default that is good", () => {
    expect(report({ runs: runsOf("adam", [1, 0.4]) })).toContain("No learning rates were tuned");
    expect(report({ runs: runsOf("adam", [1, 0.4]) })).toContain(
      "No tuning. Each optimizer ran at its given learning rate",
    );
    const runs = runsOf("adam", [1, 0.4]);
    const lost = [
      { optimizer: "adam", lr: 0.001, loss: null },
      { optimizer: "adam", lr: 0.01, loss: null },
    ];
    const text = report({ runs, trials: lost });
    expect(text).toContain("With adam, every rate that was tried diverged.");
    expect(text).not.toContain("within 25 %");
    const good = [
      { optimizer: "adam", lr: 0.001, loss: 0.3 },
      { optimizer: "adam", lr: 0.01, loss: 0.29 },
    ];
    expect(report({ runs, trials: good })).toContain("At the rate nearest its default, adam comes within 25 %");
    const bad = [{ optimizer: "adam", lr: 0.001, loss: 3 }, ...good.slice(1)];
    expect(report({ runs, trials: bad })).toContain("adam does not come within 25 %");
  });

  test("the final numbers have a bar where chance has a range: over seeds, or of the test set's size", () => {
    const bars = (runs: MadeComparison["runs"]): number =>
      JSON.stringify(finalChart(madeComparison({ runs }))).split('"kind":"errorBar"').length - 1;
    const two = [...runsOf("adam", [1, 0.4]), ...runsOf("lion", [1, 0.9])];
    expect(bars(two)).toBe(4);
    expect(bars([two[0], two[3]])).toBe(2);
    expect(finalChart(madeComparison({ runs: runsOf("adam", [null], { diverged: true }) }))).toEqual([]);
  });

  test("draws accuracies in percent, as the text has them", () => {
    const runs = runsOf("adam", [1, 0.5], { accuracy: 0.9, test: { loss: 0.3, accuracy: 0.875 } });
    const result = madeComparison({ runs });
    const chart = JSON.stringify(finalChart(result));
    expect(chart).toContain('"label":"test accuracy (%)"');
    expect(chart).toContain('[[87.5,"adam"]]');
    const curves = JSON.stringify([
      accuracyFigure(result, "d"),
      trainingAccuracyFigure([{ label: "adam", run: runs[0] }]),
    ]);
    expect(curves).toContain('"label":"validation accuracy (%)"');
    expect(curves).toContain('"label":"accuracy (%)"');
    expect(curves).toContain("[2,90]");
    expect(curves).not.toContain("[2,0.9]");
  });

  test("an interrupted comparison says so", () => {
    expect(report({ runs: runsOf("adam", [1, 0.4]), outcome: "interrupted" })).toContain(
      "The comparison was interrupted after 3 of 3 final runs.",
    );
  });
});

describe("a comparison that was interrupted", () => {
  const optimizers = [{ rule: "adam" }, { rule: "lion" }, { rule: "momentum", label: "momentum", hyper: { lr: 0.1 } }];
  const begun = { optimizers, asked: 8, seeds: [1, 2, 3], outcome: "interrupted" as const };
  const trial = (optimizer: string, i: number) => ({ optimizer, lr: 0.001 * 10 ** i, loss: 1 / (i + 1) });
  const finding = /, chosen|diamond|comes within|lowest or highest|every rate/;

  test("before the first trial has searched, and found nothing", () => {
    const text = report({ ...begun, runs: [] });
    expect(text).toContain("The search was interrupted before a trial finished: no learning rate was chosen.");
    expect(text).toContain("8 asked for; 0 of 16 trials finished");
    expect(text).toContain("the ranked optimizers completed 0 of 16 trials and 0 of 9 final runs.");
    expect(text).toContain("Each of the 2 optimizers without a given learning rate tries 8 learning rates");
    expect(text).toContain("The test set was not used");
    expect(text).not.toMatch(/No tuning|No learning rates were tuned|none/);
  });

  test("in the middle of a search has chosen no rate", () => {
    const html = reportHtml([
      folderOf({
        kind: "compare",
        result: madeComparison({ ...begun, runs: [], trials: [trial("adam", 0), trial("adam", 1)] }),
      }),
    ]);
    expect(html).not.toMatch(/, chosen/);
    const text = textOf(html);
    expect(text).toContain("8 asked for; 2 of 16 trials finished");
    expect(text).toContain("Each of the 2 optimizers without a given learning rate");
    expect(text).toContain("The search for adam and lion was interrupted, so no rate was chosen.");
    expect(text).not.toMatch(finding);
  });

  test("after one search says what that one found, and of how many seeds", () => {
    const trials = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => trial("adam", i));
    const half = [...runsOf("adam", [1, 0.2]).slice(0, 2), ...runsOf("momentum", [1, 0.5]).slice(0, 1)];
    const cut = madeRun({ optimizer: "momentum", seed: 2, validation: [0.9], accuracy: 0.99 });
    const left = { ...cut, outcome: { kind: "interrupted" as const, step: 10, reason: "it was stopped" } };
    const made = { ...begun, runs: [...half, left], trials };
    const text = report(made);
    expect(text).toContain("For adam, the best rate is the lowest or highest that was tried");
    expect(text).toContain("The search for lion was interrupted, so no rate was chosen.");
    expect(text).toContain("The comparison was interrupted after 3 of 9 final runs.");
    expect(text).toContain("The test set was used once, at the end of each final run.");
    expect(text).toContain("medians over 1 to 2 seeds");
    expect(text).toContain("so no loss is highlighted as the best");
    expect(text).not.toContain("99.0 %");
    expect(rankingNotes(madeComparison(made)).join(" ")).toContain("medians of 1 to 2 seeds");
  });
});

describe("whose time is the least", () => {
  /** A run that arrives in its second epoch, after so many seconds. */
  const arriving = (optimizer: string, seconds: readonly number[]) =>
    seconds.map((time, i) => {
      const run = madeRun({ optimizer, seed: i + 1, validation: [1, 0.1] });
      return { ...run, epochs: run.epochs.map((epoch) => ({ ...epoch, seconds: time })) };
    });
  const words = (...runs: MadeComparison["runs"][]) => report({ runs: runs.flat(), target: { loss: 0.5 } });

  test("is told where no range over the seeds meets its own", () => {
    const apart = words(arriving("adam", [1, 2, 3]), arriving("lion", [4, 5, 6]));
    expect(apart).toContain("adam takes the least time, 2.0 s.");
    const meeting = words(arriving("adam", [0.008, 0.016, 0.35]), arriving("lion", [0.02, 0.03, 0.04]));
    expect(meeting).not.toContain("takes the least time");
    expect(meeting).toContain(
      "The time to the target is 16 ms to 30 ms; ranges over the seeds overlap, so none is clearly fastest.",
    );
  });

  test("is not told, nor set off in the table, where one without a median arrived sooner once", () => {
    const late = madeRun({ optimizer: "lion", seed: 2, validation: [1, 0.9] });
    const [soon] = arriving("lion", [0.6]);
    const runs = [...arriving("adam", [0.9, 0.95]), ...arriving("momentum", [4, 5]), soon, late];
    const html = reportHtml([folderOf({ kind: "compare", result: madeComparison({ runs, target: { loss: 0.5 } }) })]);
    expect(textOf(html)).toContain("ranges over the seeds overlap, so none is clearly fastest");
    expect(html).not.toMatch(/<strong>(9\d\d ms|0\.9\d* s)<\/strong>/);
    // With the other later each time it arrives, both say so.
    const [later] = arriving("lion", [6]);
    const apart = [...arriving("adam", [0.9, 0.95]), later, late];
    const clear = reportHtml([
      folderOf({ kind: "compare", result: madeComparison({ runs: apart, target: { loss: 0.5 } }) }),
    ]);
    expect(textOf(clear)).toContain("adam takes the least time");
    expect(clear).toMatch(/<strong>(9\d\d ms|0\.9\d* s)<\/strong>/);
  });

  test("is not told, nor set off, of times so short that the machine decides", () => {
    const runs = [...arriving("adam", [0.0024, 0.0025]), ...arriving("lion", [0.006, 0.007])];
    const html = reportHtml([folderOf({ kind: "compare", result: madeComparison({ runs, target: { loss: 0.5 } }) })]);
    expect(textOf(html)).toContain("times this short depend more on the machine than on the optimizer");
    expect(html).not.toMatch(/<strong>2\.\d* ms<\/strong>/);
  });

  test("is not told of one seed, and needs no others with one optimizer", () => {
    const single = words(arriving("adam", [1]), arriving("lion", [4]));
    expect(single).toContain("is 1.0 s to 4.0 s; with one seed any difference may be chance");
    expect(words(arriving("adam", [1, 2, 3]))).toContain("adam takes 2.0 s.");
  });
});
