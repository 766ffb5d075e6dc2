import { describe, expect, it } from "vitest";
import { reproduceAdam } from "../../reproduce/adam/adam.ts";
import { convnetModel } from "../../reproduce/adam/convnet.ts";
import { type AdamSettings, adamSettings } from "../../reproduce/adam/settings.ts";
import { toSvg } from "../../src/figure/index.ts";
import { modelFor, parameterCount } from "../../src/nn/index.ts";
import { givenDigits, shelf } from "./given.ts";

const contest = { examples: 256, others: 32, epochs: 4, trials: 1, seeds: [1, 2] };
/** Seconds in all. */
const tiny: AdamSettings = {
  softmax: contest,
  perceptron: { ...contest, hidden: [16] },
  convnet: { ...contest, examples: 128, widths: [2, 2, 4, 8] },
  autoencoder: { examples: 128, hidden: 8, latents: 2, epochs: [1, 3], seeds: [1, 2] },
};

describe("the experiments of Adam's paper", () => {
  it("judge every claim, draw the figures, and take what was finished when they are started again", async () => {
    const first = shelf();
    const done: number[] = [];
    const { given } = givenDigits({ kept: first.kept, onProgress: (part) => done.push(part) });
    const findings = await reproduceAdam(given, tiny);
    expect(findings.outcome).toBe("completed");
    expect(findings.claims).toHaveLength(2 + 1 + 2 * 3 + 2);
    expect(findings.claims.filter(({ measured }) => measured === "not measured")).toEqual([]);
    expect(done.every((part, i) => i === 0 || part >= done[i - 1])).toBe(true);
    expect(done.at(-1)).toBeCloseTo(1, 12);
    const [all, correction] = findings.figures;
    expect([all.panels.length, all.columns, correction.panels.length]).toEqual([4, 2, 6]);
    expect(all.panels.map(({ y }) => y.scale)).toEqual(["log", "log", "log", "log"]);
    for (const figure of findings.figures) expect(toSvg(figure)).not.toContain("NaN");
    // Of 4 and 5 and twice 3 contenders each tries one rate and is trained twice; 12 forms at 5 rates, once more at the best; the untrained net.
    expect(first.made).toHaveLength((4 + 5 + 2 * 3) * 3 + 12 * 6 + 1);

    const again = shelf(first.values);
    const second = await reproduceAdam(givenDigits({ kept: again.kept }).given, tiny);
    expect(again.made).toEqual([]);
    expect(second).toEqual(findings);
  });

  it("leave open what was interrupted, and keep the rest", async () => {
    const stop = new AbortController();
    const first = shelf();
    const onProgress = (done: number): void => {
      if (done > 0.3) stop.abort();
    };
    const { given } = givenDigits({ kept: first.kept, signal: stop.signal, onProgress });
    const findings = await reproduceAdam(given, tiny);
    expect(findings.outcome).toBe("interrupted");
    expect(first.made.length).toBeGreaterThan(12);
    const open = findings.claims.filter(({ measured }) => measured === "not measured");
    expect(open.every(({ verdict }) => verdict === "undecided")).toBe(true);
    expect(findings.claims.length - open.length).toBeLessThan(11);
    expect(findings.claims.length - open.length).toBeGreaterThan(1);
    const again = shelf(first.values);
    const whole = await reproduceAdam(givenDigits({ kept: again.kept }).given, tiny);
    expect(whole.outcome).toBe("completed");
    expect(again.made.length).toBeLessThan(45 + 73);
  });

  it("make one part alone, and tell where another data set takes the place of one that cannot be had", async () => {
    const { given, notes } = givenDigits({ parts: ["convnet"], has: ["fashion-mnist"] });
    const { claims, notes: kept, data } = await reproduceAdam(given, tiny);
    expect(claims).toHaveLength(6);
    expect(data.map(({ name }) => name)).toEqual(["fashion-mnist"]);
    expect(notes[0]).toContain("cifar-10 could not be had, so fashion-mnist takes its place");
    expect(kept).toContain(notes[0]);
    await expect(reproduceAdam(givenDigits({ has: [] }).given, tiny)).rejects.toThrow("it is not here");
  });

  it("have the paper's convnet at full scale: 2,371,266 weights", () => {
    const { widths } = adamSettings.full.convnet;
    const data = { inputShape: [3, 32, 32], outputs: 10, task: "classification" } as const;
    for (const dropout of [false, true])
      expect(parameterCount(modelFor(convnetModel(data, widths, dropout), data))).toBe(2_371_266);
  });
});
