import { expect, test } from "vitest";
import { race } from "../../lecture/index.ts";
import { toSvg } from "../../src/figure/index.ts";
import { adam, gradientDescent, momentum } from "../../src/optimizers/index.ts";
import { surface, surfaceFromText, surfaces } from "../../src/surfaces/index.ts";
import { minimize } from "../../src/train/index.ts";

const entries = (svg: string): string[] =>
  [...svg.matchAll(/data-series="([^"]+)" transform/g)].map((found) => found[1]);

test("a race on a surface of one's own is the walks that minimize takes", () => {
  const own = surfaceFromText("x^2 + 3*sin(y)");
  const start = [2, 1];
  const { walks, trajectories, animation } = race(
    own,
    { slow: gradientDescent({ lr: 0.01 }), adam: { optimizer: adam({ lr: 0.1 }), color: "#d2691e" } },
    { start, steps: 30 },
  );
  const alone = minimize(own, { optimizer: adam({ lr: 0.1 }), start, steps: 30 });
  expect(walks.adam.points).toEqual(alone.points);
  expect(trajectories.adam[30]).toEqual([...alone.points.subarray(60)]);
  expect(animation).toMatchObject({ frames: 31, rate: 25 });
});

test("frames grow by a step, and what stands still is the same mark in all of them", () => {
  const { animation } = race(surfaces.beale, { a: gradientDescent({ lr: 0.001 }) }, { steps: 9, rate: 10 });
  const [first, last] = [0, 9].map((step) => animation.frame(step).panels[0].marks);
  const still = first.filter((mark) => last.includes(mark));
  expect(still.map(({ kind }) => kind)).toEqual(["contour", "marker", "marker", "marker"]);
  const walked = last.find((mark) => mark.kind === "line");
  expect(walked?.kind === "line" && walked.points).toHaveLength(10);
});

test("a walk that diverges ends with a cross, and waits there in the animation", () => {
  const { walks, figure, animation } = race(
    surfaces.beale,
    { wild: gradientDescent({ lr: 1 }), tame: momentum({ lr: 1e-3 }) },
    { steps: 40 },
  );
  expect(walks.wild.outcome.kind).toBe("diverged");
  expect(walks.wild.values.length).toBeLessThan(20);
  expect(animation.frames).toBe(41);
  for (const drawing of [figure, animation.frame(0), animation.frame(40)])
    expect(toSvg(drawing)).not.toMatch(/NaN|Infinity|undefined/);
  const wild = figure.panels[0].marks.find((mark) => mark.kind === "line" && mark.label === "wild");
  expect(wild).toMatchObject({ diverged: true });
});

test("who ends out of sight is named in a list, who ends in sight beside the end", () => {
  const falls = surface({
    name: "slope",
    text: "x",
    domain: [
      [-1, 1],
      [-1, 1],
    ],
    start: [0, 0],
  });
  const [near, far] = [1, 100].map((steps) => race(falls, { a: gradientDescent({ lr: 0.1 }) }, { steps }).figure);
  expect(entries(toSvg(near))).toEqual(["start"]);
  expect(entries(toSvg(far))).toEqual(["a", "start"]);
});

test("misuse is refused with what is needed", () => {
  expect(() => race(surfaces.beale, {})).toThrow("race: no optimizers were given; give at least one");
  expect(() => race(surfaces.rosenbrock(3), { a: adam() })).toThrow("two are needed");
  expect(() => race(surfaces.beale, { a: adam() }, { start: [1] })).toThrow("2 finite numbers are needed");
});
