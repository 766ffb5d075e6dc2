import { describe, expect, it } from "vitest";
import { claimsOf, findingNotes, type NetMeasures } from "../../reproduce/landscapes/claims.ts";
import { stateOfText, textOfState } from "../../reproduce/landscapes/kept-weights.ts";
import { reproduceLandscapes } from "../../reproduce/landscapes/landscapes.ts";
import { type LandscapeSettings, landscapeSettings, netNames } from "../../reproduce/landscapes/settings.ts";
import { toSvg } from "../../src/figure/index.ts";
import { models, parameterCount, sequential } from "../../src/nn/index.ts";
import { givenDigits, shelf } from "./given.ts";

const small = { depth: 8, width: 2 };
const tiny: LandscapeSettings = {
  nets: {
    skips: { title: "skips", about: "with", work: 1, layers: (shape, classes) => models.resnet(shape, classes, small) },
    plain: {
      ...{ title: "plain", about: "without", work: 1 },
      layers: (shape, classes) => models.resnet(shape, classes, { ...small, shortcuts: false }),
    },
    shallow: {
      ...{ title: "shallow", about: "without", work: 1 },
      layers: (shape, classes) => models.resnet(shape, classes, { ...small, width: 3, shortcuts: false }),
    },
    dense: {
      ...{ title: "dense", about: "densely connected", work: 1 },
      layers: (shape, classes) => models.densenet(shape, classes, { growth: 2, blocks: [1, 1] }),
    },
  },
  training: {
    ...{ images: 128, batchSize: 32, lr: 0.05, falls: [1 / 2], l2: 5e-4, augment: true, halved: true, epochs: 2 },
  },
  ...{ seeds: [1, 2], testImages: 40, pairs: 1, columns: 3, sliceImages: 32 },
  curvature: { columns: 2, images: 16, products: 3 },
};

describe("landscapes", () => {
  it("judges every claim, and takes finished nets and points when it is started again", async () => {
    const first = shelf();
    const shares: number[] = [];
    const around = { kept: first.kept, onProgress: (done: number) => shares.push(done) };
    const findings = await reproduceLandscapes(givenDigits(around).given, tiny);
    expect(findings.outcome).toBe("completed");
    expect(findings.claims.map(({ measured }) => measured)).not.toContain("not measured");
    expect(findings.figures.length).toBe(3);
    for (const figure of findings.figures) expect(toSvg(figure)).not.toMatch(/NaN|undefined/);
    expect(findings.notes.join(" ")).toContain("An independent replication");
    expect(Math.max(...shares)).toBeLessThanOrEqual(1 + 1e-9);
    expect(shares[shares.length - 1]).toBeCloseTo(1, 9);
    // A net, 9 points of a slice, and 4 of a dense net's curvature.
    expect(first.made.length).toBe(2 * (4 * (1 + 9) + 4));
    const again = shelf(first.values);
    expect(await reproduceLandscapes(givenDigits({ kept: again.kept }).given, tiny)).toEqual(findings);
    expect(again.made).toEqual([]);
  });

  it("goes on with a training that was interrupted, to the same net", async () => {
    const whole = shelf();
    const settings = { ...tiny, seeds: [1] };
    const expected = await reproduceLandscapes(givenDigits({ kept: whole.kept }).given, settings);
    const part = shelf();
    const stop = new AbortController();
    let told = 0;
    const interrupted = givenDigits({
      ...{ kept: part.kept, signal: stop.signal },
      onProgress: () => {
        if (++told === 3) stop.abort();
      },
    });
    const findings = await reproduceLandscapes(interrupted.given, settings);
    expect(findings.outcome).toBe("interrupted");
    expect(findings.claims.every(({ verdict }) => verdict === "undecided")).toBe(true);
    const rest = shelf(part.values);
    expect(await reproduceLandscapes(givenDigits({ kept: rest.kept }).given, settings)).toEqual(expected);
  });

  it("says which data took the place of CIFAR-10", async () => {
    const settings = { ...tiny, seeds: [1], training: { ...tiny.training, epochs: 1 } };
    const { given, notes } = givenDigits({ has: ["fashion-mnist"] });
    const findings = await reproduceLandscapes(given, settings);
    expect(findings.data.map(({ name }) => name)).toEqual(["fashion-mnist"]);
    expect(notes[0]).toContain("cifar-10 could not be had, so fashion-mnist takes its place");
  });
});

const net = (seed: number, rest: Partial<NetMeasures>): NetMeasures => ({
  ...{ seed, loss: 1, testError: 0.2, basin: 0.2, lossAtRadius: 3, nonConvex: 0.1, nonConvexInBasin: 0, sharpness: 2 },
  ...{ minima: 1, shareConvexByCurvature: Number.NaN },
  ...rest,
});
const seeds = (rest: Partial<NetMeasures>) => [1, 2, 3].map((seed) => net(seed, rest));

describe("the claims", () => {
  const better = {
    skips: seeds({ basin: 0.4, lossAtRadius: 2, nonConvex: 0.05, testError: 0.1 }),
    plain: seeds({ basin: 0.1, lossAtRadius: 9, nonConvex: 0.3, testError: 0.3 }),
    shallow: seeds({}),
    dense: seeds({ shareConvexByCurvature: 0.9 }),
  };

  it("hold where skips make the landscape smoother", () => {
    expect(claimsOf(better).map(({ verdict }) => verdict)).toEqual(Array(6).fill("holds"));
  });

  it("do not hold where they make it rougher", () => {
    const worse = {
      skips: better.plain,
      plain: better.skips,
      shallow: better.plain,
      dense: seeds({ shareConvexByCurvature: 0.2 }),
    };
    expect(claimsOf(worse).map(({ verdict }) => verdict)).toEqual(Array(6).fill("does not hold"));
  });

  it("are undecided with one seed, and unmeasured without nets", () => {
    const one = { skips: [net(1, { basin: 0.4 })], plain: [net(1, {})], shallow: [net(1, {})], dense: [] };
    const verdicts = claimsOf(one);
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(Array(6).fill("undecided"));
    expect(verdicts[4].measured).toBe("not measured");
  });

  it("tell what a replication found, with the numbers measured here, and where the nets are not as good as each other", () => {
    const notes = findingNotes({ ...better, plain: seeds({ loss: 2, basin: 0.1, minima: 3 }) });
    expect(notes[0]).toContain("Here the basin is 40 % of the window with skips and 10 % without");
    expect(notes[0]).toContain("the most local minima in a slice are 1 and 3");
    expect(notes[1]).toContain("ended at different losses, 1.00 and 2.00");
    expect(findingNotes(better).length).toBe(1);
  });
});

it("keeps weights as text, to the bit, and takes nothing from a text that was cut off", () => {
  const state = {
    t: 3,
    w: Float32Array.of(Math.fround(0.1), -0, 1e-40, Number.NaN),
    s: new Float32Array(20_000).fill(1 / 3),
  };
  const text = textOfState(state);
  expect(stateOfText(text)).toEqual(state);
  expect(stateOfText(text.slice(0, -400))).toBeUndefined();
  expect(stateOfText("no weights")).toBeUndefined();
});

it("makes the nets of Li et al. at full scale", () => {
  const { nets } = landscapeSettings.full;
  const counts = netNames.map((name) => parameterCount(sequential([3, 32, 32], nets[name].layers([3, 32, 32], 10))));
  expect(counts).toEqual([855_770, 853_018, 269_722, 1_000_618]);
});
