import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { augmentationPlan } from "../../src/data/augmentation/augmentation.ts";
import { augmented, type Change, changesOf, imageChanger } from "../../src/data/augmentation/augmented.ts";
import { augmentationWords, type Dataset, type Source } from "../../src/data/index.ts";
import { loadDataset } from "../../src/data/node/index.ts";

const golden: {
  readonly shape: readonly [number, number, number];
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
  readonly image: readonly number[];
  readonly changed: readonly (Change & { readonly pad: number; readonly image: readonly number[] })[];
} = JSON.parse(await readFile("test/goldens/data/augmentation.json", "utf8"));

/** Images of one shape, with one mean and deviation for each channel. */
function images(
  shape: readonly number[],
  mean: readonly number[] = [0],
  deviation: readonly number[] = [1],
): Pick<Dataset, "name" | "inputShape" | "preprocessing"> {
  const target = { kind: "classes", classes: ["a", "b"] } as const;
  return {
    ...{ name: "images", inputShape: shape },
    preprocessing: { inputs: { kind: "values", shape, mean, deviation }, target },
  };
}

describe("a change of an image", () => {
  test.each(golden.changed)("pad $pad, down $down, right $right, flip $flip: as NumPy gives it", (expected) => {
    const { shape, mean, deviation, image } = golden;
    const plan = augmentationPlan({ padCrop: expected.pad, flip: true }, images(shape, mean, deviation));
    if (plan === undefined) throw new Error("nothing is to be changed");
    const [before, after] = [7, 3];
    const batch = Float32Array.from([...new Array(before).fill(0.5), ...image, ...new Array(after).fill(0.25)]);
    imageChanger(plan)(batch, before, expected);
    expect([...batch.subarray(before, before + image.length)]).toEqual(expected.image);
    expect(new Set(batch.subarray(0, before))).toEqual(new Set([0.5]));
    expect(new Set(batch.subarray(before + image.length))).toEqual(new Set([0.25]));
  });

  test("the padding is the standardised value of a black pixel, to the bit", async () => {
    const data = await loadDataset("digits");
    const plan = augmentationPlan({ padCrop: 1 }, data);
    expect(plan?.black).toEqual([Math.min(...data.train.inputs)]); // a digit's background is 0
  });

  test("two flips, and a shift there and back that loses nothing, leave an image as it was", () => {
    const plan = augmentationPlan({ padCrop: 2, flip: true }, images([1, 6, 6]));
    if (plan === undefined) throw new Error("nothing is to be changed");
    const change = imageChanger(plan);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 255 }), { minLength: 4, maxLength: 4 }),
        fc.integer({ min: -2, max: 2 }),
        fc.integer({ min: -2, max: 2 }),
        (pixels, down, right) => {
          const image = new Float64Array(36);
          for (const [i, pixel] of pixels.entries()) image[[14, 15, 20, 21][i]] = pixel;
          const before = image.slice();
          change(image, 0, { down, right, flip: false });
          change(image, 0, { down: -down, right: -right, flip: false });
          change(image, 0, { down: 0, right: 0, flip: true });
          change(image, 0, { down: 0, right: 0, flip: true });
          expect(image).toEqual(before);
        },
      ),
    );
  });
});

describe("the draws", () => {
  const plan = { padCrop: 4, flip: true };

  test("each of the 81 shifts is equally likely, with and without a flip (chi-square, 161 degrees of freedom)", () => {
    const ofEpoch = changesOf(plan, 3);
    const counts = new Map<string, number>();
    const [epochs, examples] = [9, 1800];
    for (let epoch = 0; epoch < epochs; epoch++)
      for (let example = 0; example < examples; example++) {
        const key = Object.values(ofEpoch(epoch)(example)).join();
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    expect(counts.size).toBe(162);
    const mean = (epochs * examples) / 162;
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - mean) ** 2 / mean, 0);
    // The 0.1 % and 99.9 % quantiles of the distribution.
    expect(chiSquare).toBeGreaterThan(110);
    expect(chiSquare).toBeLessThan(221);
  });

  test("they are a function of seed, epoch and example alone", () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(300), fc.nat(100_000), (seed, epoch, example) => {
        const change = changesOf(plan, seed)(epoch)(example);
        const again = changesOf(plan, seed);
        again(epoch + 1)(example);
        const ofEpoch = again(epoch);
        ofEpoch(example + 1);
        expect(ofEpoch(example)).toEqual(change);
      }),
    );
    const drawn = (seed: number, epoch: number): string =>
      JSON.stringify(Array.from({ length: 20 }, (_, example) => changesOf(plan, seed)(epoch)(example)));
    expect(new Set([drawn(1, 0), drawn(1, 1), drawn(2, 0), drawn(2, 1)]).size).toBe(4);
  });

  test("without a crop or a flip that part is left out", () => {
    const flips = changesOf({ padCrop: 0, flip: true }, 1)(0);
    const crops = changesOf({ padCrop: 2, flip: false }, 1)(0);
    for (let example = 0; example < 50; example++) {
      expect(flips(example)).toMatchObject({ down: 0, right: 0 });
      expect(crops(example).flip).toBe(false);
    }
  });
});

describe("a source", () => {
  const shape = [2, 4, 4];
  const source: Source = {
    ...{ count: 50, inputSize: 32, targetSize: 1 },
    gather: (indices, inputs, targets) => {
      for (const [row, index] of indices.entries()) {
        for (let i = 0; i < 32; i++) inputs[row * 32 + i] = 1 + index * 32 + i;
        targets[row] = index;
      }
    },
  };

  const plan = augmentationPlan({ padCrop: 1, flip: true }, images(shape));
  if (plan === undefined) throw new Error("nothing is to be changed");

  async function gathered(from: Source, indices: readonly number[]): Promise<number[][]> {
    const inputs = new Float32Array(indices.length * 32 + 5).fill(-1);
    const targets = new Float32Array(indices.length);
    await from.gather(Uint32Array.from(indices), inputs, targets);
    expect([...targets]).toEqual(indices);
    expect([...inputs.subarray(indices.length * 32)]).toEqual([-1, -1, -1, -1, -1]);
    return indices.map((_, row) => [...inputs.subarray(row * 32, row * 32 + 32)]);
  }

  test("gives the same image whatever the batch, and another in the next epoch", async () => {
    let epoch = 0;
    const changed = augmented(source, plan, 1, () => epoch);
    const all = await gathered(changed, [0, 1, 2, 3, 4, 5, 6, 7]);
    expect(await gathered(changed, [7])).toEqual([all[7]]);
    expect(await gathered(changed, [3, 7, 3, 0])).toEqual([all[3], all[7], all[3], all[0]]);
    expect(all).not.toEqual(await gathered(source, [0, 1, 2, 3, 4, 5, 6, 7]));
    epoch = 1;
    expect(await gathered(changed, [0, 1, 2, 3, 4, 5, 6, 7])).not.toEqual(all);
    epoch = 0;
    expect(await gathered(changed, [5, 6])).toEqual([all[5], all[6]]);
  });

  test("waits for examples that come later, and passes weights on", async () => {
    const late: Source = {
      ...source,
      weighted: true,
      gather: async (indices, inputs, targets, weights) => {
        await Promise.resolve();
        weights?.fill(0.5);
        return source.gather(indices, inputs, targets);
      },
    };
    const changed = augmented(late, plan, 1, () => 0);
    expect(changed).toMatchObject({ count: 50, inputSize: 32, targetSize: 1, weighted: true });
    expect(await gathered(changed, [4, 9])).toEqual(
      await gathered(
        augmented(source, plan, 1, () => 0),
        [4, 9],
      ),
    );
    const weights = new Float32Array(1);
    await changed.gather(Uint32Array.of(1), new Float32Array(32), new Float32Array(1), weights);
    expect([...weights]).toEqual([0.5]);
  });
});

describe("settings", () => {
  const data = images([3, 8, 6]);
  const refused =
    (given: unknown, of = data): (() => unknown) =>
    () =>
      Reflect.apply(augmentationPlan, undefined, [given, of]);

  test("nothing to change is no plan", () => {
    expect(augmentationPlan(undefined, data)).toBeUndefined();
    expect(augmentationPlan({}, data)).toBeUndefined();
    expect(augmentationPlan({ padCrop: 0, flip: false }, data)).toBeUndefined();
  });

  test.each<[unknown, string]>([
    [{ crop: 4 }, 'augment: option "crop" is not known'],
    [{ padCrop: 1.5 }, "augment: padCrop is 1.5"],
    [{ padCrop: -1 }, "augment: padCrop is -1"],
    [{ flip: 1 }, "augment: flip is 1; give true or false"],
    [
      { padCrop: 6 },
      "padCrop is 6, and the images of images are 8 × 6, so some crops would be all padding; give less than 6",
    ],
    ["flip", "augment"],
  ])("%j", (given, message) => {
    expect(refused(given)).toThrow(message);
  });

  test("data that are no images, and pixels with means of their own, are refused", () => {
    expect(refused({ flip: true }, images([12]))).toThrow(
      "augment: an example of images has shape 12; only images can",
    );
    const means = new Array(4).fill(1);
    expect(refused({ flip: true }, images([1, 2, 2], means, means))).toThrow(
      "augment: images has 4 means for 1 channels, so a pixel that moves would be standardised otherwise",
    );
  });

  test("data without preprocessing are padded with 0", () => {
    expect(augmentationPlan({ padCrop: 1 }, { name: "own", inputShape: [2, 3, 3] })?.black).toEqual([0, 0]);
  });

  test("in words", () => {
    expect(augmentationWords({ padCrop: 4, flip: true })).toBe("pad-crop=4,flip");
    expect(augmentationWords({ flip: true })).toBe("flip");
    expect(augmentationWords({ padCrop: 2 })).toBe("pad-crop=2");
    expect(augmentationWords({})).toBe("");
  });
});
