import { describe, expect, test } from "vitest";
import * as generated from "../../src/data/generated/index.ts";
import { blobs, type Dataset, type Examples, moons, spirals } from "../../src/data/index.ts";

/** The points in the plane, from before they were standardised, each with its class. */
function points(dataset: Dataset): { x: number; y: number; label: number }[] {
  const { mean, deviation } = dataset.standardization;
  const raw = ({ inputs, targets }: Examples) =>
    Array.from(targets, (label, i) => ({
      x: inputs[2 * i] * deviation[0] + mean[0],
      y: inputs[2 * i + 1] * deviation[1] + mean[1],
      label,
    }));
  return [dataset.train, dataset.validation, dataset.test].flatMap(raw);
}

describe.each(Object.values(generated).map((make) => [make.entry.name, make] as const))("%s", (name, make) => {
  test("is divided 70 : 15 : 15 with the classes in equal parts", () => {
    const dataset = make();
    const classes = dataset.outputs;
    expect(dataset).toMatchObject({ name, task: "classification", inputShape: [2], outputs: classes });
    expect(dataset.classes).toHaveLength(classes);
    expect([dataset.train.count, dataset.validation.count, dataset.test.count]).toEqual([700, 150, 150]);
    for (const part of [dataset.train, dataset.validation, dataset.test]) {
      for (let label = 0; label < classes; label++) {
        const count = part.targets.filter((other) => other === label).length;
        expect(Math.abs(count - part.count / classes)).toBeLessThanOrEqual(2);
      }
    }
  });

  test("is standardised by its training part, which is not quite the others'", () => {
    const { train, test: held } = make();
    const column = (part: Examples, axis: number) => part.inputs.filter((_, i) => i % 2 === axis);
    const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, x) => sum + x, 0) / values.length;
    for (const axis of [0, 1]) {
      expect(mean(column(train, axis))).toBeCloseTo(0, 12);
      expect(mean(column(train, axis).map((x) => x * x))).toBeCloseTo(1, 12);
      expect(Math.abs(mean(column(held, axis)))).toBeGreaterThan(1e-6);
      expect(Math.abs(mean(column(held, axis)))).toBeLessThan(0.4);
    }
  });

  test("the same seed gives the same points, another seed others", () => {
    expect(make({ seed: 4 })).toEqual(make({ seed: 4 }));
    expect(make({ seed: 4 }).train.inputs).not.toEqual(make({ seed: 5 }).train.inputs);
  });

  test("a limit takes the first training points of the same set", () => {
    const [all, few] = [make(), make({ limit: 20 })];
    expect(few.train.count).toBe(20);
    expect(few.train.inputs).toEqual(all.train.inputs.subarray(0, 40));
    expect(few.test).toEqual(all.test);
    expect(few.standardization).toEqual(all.standardization);
    expect(make({ limit: 5000 }).train.count).toBe(700);
  });

  test.each([
    [{ count: 5 }, /: count is 5; it must be a whole number from \d+ to 10,000,000/],
    [{ noise: -1 }, /: noise is -1; it must be a number, 0 or more/],
    [{ noise: Number.NaN }, /: noise is NaN; it must be/],
    [{ seed: 1.5 }, /a seed must be a whole number/],
    [{ limit: 0 }, /limit is 0; it must be a whole number, 1 or more/],
  ])("refuses %j", (options, message) => {
    expect(() => make(options)).toThrow(message);
  });
});

test("moons without noise lie on their half circles", () => {
  for (const { x, y, label } of points(moons({ noise: 0 }))) {
    const [dx, dy] = label === 0 ? [x, y] : [1 - x, 0.5 - y];
    expect(Math.hypot(dx, dy)).toBeCloseTo(1, 10);
    expect(dy).toBeGreaterThan(-1e-10);
  }
});

test("spirals without noise: the angle less a turn times the radius is the class's", () => {
  for (const { x, y, label } of points(spirals({ noise: 0, classes: 4 }))) {
    const turns = Math.atan2(y, x) / (2 * Math.PI) - Math.hypot(x, y) - label / 4;
    expect(turns - Math.round(turns)).toBeCloseTo(0, 8);
  }
});

test("blobs: five clouds about the fifth roots of unity, with the noise asked for", () => {
  const cloud = points(blobs({ classes: 5, noise: 0.1, count: 5000 })).filter(({ label }) => label === 1);
  const angle = (2 * Math.PI) / 5;
  const offsets = cloud.flatMap(({ x, y }) => [x - Math.cos(angle), y - Math.sin(angle)]);
  expect(cloud).toHaveLength(1000);
  expect(offsets.reduce((sum, d) => sum + d, 0) / offsets.length).toBeCloseTo(0, 2);
  expect(Math.sqrt(offsets.reduce((sum, d) => sum + d * d, 0) / offsets.length)).toBeCloseTo(0.1, 2);
});

test("classes are checked where they can be chosen", () => {
  expect(() => blobs({ classes: 1 })).toThrow("blobs: classes is 1; it must be a whole number from 2 to 1,000");
  expect(() => spirals({ classes: 2.5 })).toThrow("classes is 2.5");
});
