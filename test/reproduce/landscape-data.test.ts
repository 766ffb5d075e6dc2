import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type LossSlice, measuresOf } from "../../src/landscape/index.ts";
import { modelFor, parameterCount } from "../../src/nn/index.ts";

/** What `scripts/landscapes.mjs` stores of a net. */
interface Stored {
  readonly net: { readonly model: string; readonly parameters: number };
  readonly measures: Readonly<Record<string, unknown>>;
  readonly slice: LossSlice;
}

const folder = join(import.meta.dirname, "../../reproduce/landscapes/data");
const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];

describe.skipIf(names.length === 0)("stored landscapes", () => {
  it.each(names)("%s is whole, and its measures are those of its slice", (name) => {
    const { net, measures, slice }: Stored = JSON.parse(readFileSync(join(folder, name), "utf8"));
    const data = { inputShape: [3, 32, 32], outputs: 10, task: "classification" } as const;
    expect(parameterCount(modelFor(net.model, data))).toBe(net.parameters);
    const { x, y, loss, centre, curvature } = slice;
    expect([loss.length, ...loss.map((row) => row.length)]).toEqual([y.length, ...y.map(() => x.length)]);
    expect(loss[y.indexOf(0)][x.indexOf(0)]).toBe(centre.loss);
    expect(loss.flat().every((value) => value === null || value > 0)).toBe(true);
    for (const values of curvature === undefined ? [] : [curvature.largest, curvature.smallest])
      expect([values.length, values[0].length]).toEqual([curvature?.y.length, curvature?.x.length]);
    const { basin, lossAtRadius, nonConvex, minima } = measuresOf(slice, { level: Math.log(10), radius: 0.5 });
    expect(measures.minima).toBe(minima);
    // The slice is rounded to six digits.
    expect(measures.nonConvex).toBeCloseTo(nonConvex ?? Number.NaN, 2);
    expect(measures.basin).toBeCloseTo(basin, 4);
    expect(measures.lossAtRadius).toBeCloseTo(lossAtRadius ?? Number.NaN, 3);
  });
});
