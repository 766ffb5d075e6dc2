import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readDeepLandscapes } from "../../cli/read/deep-landscapes.ts";
import { assetPath } from "../../src/data/node/index.ts";
import { measuresOf } from "../../src/landscape/index.ts";
import { modelFor, parameterCount } from "../../src/nn/index.ts";
import { parseSlice } from "../../src/report/index.ts";

describe.each(readDeepLandscapes())("the landscape of $model", ({ model, parameters, slice }) => {
  it("is of that model, whole, and of as many points and images as is told", () => {
    const data = { inputShape: [3, 32, 32], outputs: 10, task: "classification" } as const;
    expect(parameterCount(modelFor(model, data))).toBe(parameters);
    const { x, y, loss, accuracy, centre, examples } = slice;
    expect([x.length, y.length, examples]).toEqual([25, 25, { data: "cifar-10", split: "train", count: 1000 }]);
    for (const values of [loss, accuracy])
      expect([values?.length, ...(values ?? []).map((row) => row.length)]).toEqual([25, ...y.map(() => 25)]);
    expect([loss[12][12], accuracy?.[12][12]]).toEqual([centre.loss, centre.accuracy]);
    expect(loss.flat().every((value) => value !== null && value > 0)).toBe(true);
  });

  it("is kept with its measures, in the form in which the command keeps slices", () => {
    const file = assetPath(`landscapes/${model}.json`);
    const kept = parseSlice(readFileSync(file, "utf8"), file).measures?.slice;
    const { basin, lossAtRadius, nonConvex, minima } = measuresOf(slice, { level: Math.log(10), radius: 0.5 });
    expect(kept?.minima).toBe(minima);
    // The slice is rounded to six digits.
    expect(kept?.nonConvex).toBeCloseTo(nonConvex ?? Number.NaN, 2);
    expect(kept?.basin).toBeCloseTo(basin, 4);
    expect(kept?.lossAtRadius).toBeCloseTo(lossAtRadius ?? Number.NaN, 3);
  });
});
