import { describe, expect, it, test } from "vitest";
import { referenceDevice } from "../../src/device/reference/interpreter.ts";
import { matmul, sizeOf, type Vector } from "../../src/expr/index.ts";
import {
  between,
  gradientDirection,
  hessianDirections,
  planeThrough,
  principalComponents,
  type RandomKind,
  randomDirection,
  throughThree,
} from "../../src/landscape/index.ts";
import { dot, norm } from "../../src/linalg/index.ts";
import {
  batchNorm,
  conv2d,
  dense,
  embedding,
  flatten,
  functionModel,
  groupNorm,
  initializers,
  layerNorm,
  layoutOf,
  type Model,
  meanSquaredError,
  mlp,
  residual,
  sequential,
} from "../../src/nn/index.ts";
import { NetObjective, objectiveOf } from "../../src/objective/index.ts";
import { Random } from "../../src/random/index.ts";
import { surfaceFromText } from "../../src/surfaces/index.ts";
import { parametersOf } from "./nets.ts";

const image = sequential(
  [2, 4, 4],
  [
    conv2d(4, 3, { padding: "same" }),
    batchNorm(),
    residual([conv2d(4, 3, { padding: "same", bias: false }), groupNorm(2)], { shortcut: [conv2d(4, 1)] }),
    layerNorm(),
    flatten(),
    dense(3),
  ],
);
const words = sequential([3], [embedding(5, 2), flatten(), dense(2)]);

/** The tensor's elements by the index of one of its axes: what a filter is, written out. */
function byAxis(vector: Vector, shape: readonly number[], offset: number, axis: number): number[][] {
  const groups = Array.from({ length: shape[axis] }, (): number[] => []);
  const after = sizeOf(shape.slice(axis + 1));
  for (let i = 0; i < sizeOf(shape); i++) groups[Math.floor(i / after) % shape[axis]].push(vector[offset + i]);
  return groups;
}

const length = (values: readonly number[]): number => Math.hypot(...values);
const draw = (model: Model, kind: RandomKind, index = 0, seed = 7): Float64Array =>
  randomDirection(model, parametersOf(model), kind, { seed, index }).vector;

describe("a random direction", () => {
  /** The axis of the filters of each tensor; the others stay as they are. */
  const cases: readonly (readonly [Model, Readonly<Record<string, number>>])[] = [
    [image, { layer1_weight: 0, layer3_layer1_weight: 0, layer3_shortcut1_weight: 0, layer6_weight: 1 }],
    [words, { layer1_weight: 0, layer3_weight: 1 }],
  ];

  test.each(cases)("by filters has each filter of the net's length: %#", (model, axes) => {
    const [w, d, raw] = [parametersOf(model), draw(model, "filter"), draw(model, "gaussian")];
    expect(Object.keys(axes).every((name) => model.parameters.some((each) => each.name === name))).toBe(true);
    for (const { name, shape, offset } of layoutOf(model)) {
      const own = d.subarray(offset, offset + sizeOf(shape));
      if (!(name in axes)) {
        expect([name, own.every((x) => x === 0)]).toEqual([name, true]);
        continue;
      }
      const [weights, moved, drawn] = [w, d, raw].map((vector) => byAxis(vector, shape, offset, axes[name]));
      for (const [j, filter] of moved.entries()) {
        expect(length(filter) / length(weights[j])).toBeCloseTo(1, 12);
        // Scaled, not turned.
        expect(dot(filter, drawn[j]) / (length(filter) * length(drawn[j]))).toBeCloseTo(1, 12);
      }
    }
  });

  test("by layers has each layer's weights of the net's length, and 0 elsewhere", () => {
    const [w, d] = [parametersOf(image), draw(image, "layer")];
    const moved = new Set<string>();
    for (const { name, shape, offset } of layoutOf(image)) {
      const [own, weights] = [d, w].map((vector) => norm(vector.slice(offset, offset + sizeOf(shape))));
      if (own === 0) continue;
      moved.add(name);
      expect(own / weights).toBeCloseTo(1, 12);
    }
    expect([...moved]).toEqual(["layer1_weight", "layer3_layer1_weight", "layer3_shortcut1_weight", "layer6_weight"]);
  });

  test("that is not scaled is standard normal everywhere", () => {
    const model = mlp([100, 100, 10]);
    const d = draw(model, "gaussian");
    expect(norm(d) ** 2 / d.length).toBeCloseTo(1, 1);
    expect(d.every((x) => x !== 0)).toBe(true);
  });

  test("is a function of seed, index and the tensor's name alone", () => {
    const [small, large] = [mlp([4, 8, 3]), mlp([4, 8, 9, 5])];
    const first = (d: Float64Array): number[] => Array.from(d.slice(0, 4 * 8));
    expect(first(draw(small, "gaussian"))).toEqual(first(draw(large, "gaussian")));
    expect(draw(small, "filter")).toEqual(draw(small, "filter"));
    expect(draw(small, "filter", 1)).not.toEqual(draw(small, "filter", 0));
    expect(draw(small, "filter", 0, 8)).not.toEqual(draw(small, "filter", 0, 7));
  });

  test("takes the last axis of a custom function's tensors for the outputs", () => {
    const one = initializers.constant(1);
    const model = functionModel({
      inputShape: [3],
      parameters: [
        { name: "weights", shape: [3, 2], initialize: one },
        { name: "offsets", shape: [2], initialize: one },
      ],
      loss: meanSquaredError,
      predict: ({ weights }, x) => matmul(x, weights),
    });
    const d = randomDirection(model, Float64Array.of(1, 2, 1, 2, 1, 2, 1, 1), "filter").vector;
    const lengths = byAxis(d, [3, 2], 0, 1).map(length);
    expect(lengths[0]).toBeCloseTo(Math.sqrt(3), 12);
    expect(lengths[1]).toBeCloseTo(2 * Math.sqrt(3), 12);
    expect([...d.slice(6)]).toEqual([0, 0]);
  });

  test("tells its length, and refuses weights of another net and weights of 0", () => {
    const model = mlp([2, 3, 2]);
    const made = randomDirection(model, parametersOf(model), "filter");
    expect(made.facts.length).toBeCloseTo(norm(made.vector), 12);
    expect(() => randomDirection(model, new Float64Array(3), "filter")).toThrow(/has 3 values, but the model has 17/);
    expect(() => randomDirection(model, new Float64Array(17), "filter")).toThrow(
      /has length 0; the net has no weights/,
    );
  });
});

describe("directions between nets", () => {
  test("lead from the first to the second in a step of 1", () => {
    const { vector, facts } = between(Float32Array.of(1, 2), Float32Array.of(4, 6));
    expect([[...vector], facts.length]).toEqual([[3, 4], 5]);
    expect(() => between(Float64Array.of(1), Float64Array.of(1))).toThrow(/the same point/);
    expect(() => between(Float64Array.of(1), Float64Array.of(1, 2))).toThrow(/1 and 2 parameters/);
  });

  test("of three nets are perpendicular, and reach all three", () => {
    const [a, b, c] = [Float64Array.of(1, 1, 0), Float64Array.of(3, 1, 0), Float64Array.of(2, 4, 4)];
    const { x, y, third } = throughThree(a, b, c);
    expect(dot(x.vector, y.vector)).toBeCloseTo(0, 12);
    expect(third).toEqual([0.5, 1]);
    const reached = a.map((value, i) => value + third[0] * x.vector[i] + third[1] * y.vector[i]);
    expect([...reached]).toEqual([...c]);
    expect(() => throughThree(a, b, Float64Array.of(5, 1, 0))).toThrow(/lie on one line/);
  });
});

describe("steepest directions", () => {
  const bowl = objectiveOf(surfaceFromText("3*a^2 + b^2 - 2*c^2 + 0.5*d^2"));

  test("the gradient's is uphill and of unit length", async () => {
    const { vector, facts } = await gradientDirection(bowl, Float64Array.of(1, 2, 0, 0));
    const [dx, dy] = [6, 4].map((slope) => slope / Math.hypot(6, 4));
    expect(Math.abs(vector[0] - dx) + Math.abs(vector[1] - dy)).toBeLessThan(1e-12);
    expect(facts).toMatchObject({ kind: "gradient", length: 1 });
    await expect(gradientDirection(bowl, new Float64Array(4))).rejects.toThrow(/the gradient.*length 0/);
  });

  test("the Hessian's are the eigenvectors of its largest eigenvalues, with their sign settled", async () => {
    const found = await hessianDirections(bowl, Float64Array.of(1, 2, 3, 4), { accuracy: 1e-8 });
    expect(found.map(({ facts }) => facts.eigenvalue)).toEqual([expect.closeTo(6, 9), expect.closeTo(2, 9)]);
    for (const [i, { vector }] of found.entries())
      expect([...vector]).toEqual([0, 1, 2, 3].map((j) => expect.closeTo(i === j ? 1 : 0, 7)));
  });

  test("of a net they are those of its loss", async () => {
    const model = mlp([2, 3, 2], { activation: "tanh" });
    const w = parametersOf(model);
    const examples = {
      count: 4,
      inputs: Float64Array.of(1, 2, -1, 0, 3, 1, 0, -2),
      targets: Float64Array.of(0, 1, 1, 0),
    };
    const objective = new NetObjective({ model, examples, device: referenceDevice });
    const { vector } = await gradientDirection(objective, w);
    const rise = async (h: number) => objective.value(w.map((x, i) => x + h * vector[i]));
    const [g, h] = [new Float64Array(w.length), 1e-5];
    await objective.gradient(w, g);
    expect(((await rise(h)) - (await rise(-h))) / (2 * h)).toBeCloseTo(norm(g), 7);
    await objective.dispose();
  });
});

describe("nets on one line", () => {
  const random = new Random(5, "line");
  const [a, b] = [0, 1].map(() => Float64Array.from({ length: 500 }, () => random.normal()));
  const onLine = (t: number) => a.map((x, i) => x + t * (b[i] - x));
  const aside = (c: Float64Array, by: number) => c.map((x) => x + by * random.normal());

  it.each([0.5, 0.1, -3, 7])("are refused if only rounding moves the third away from %d", (t) => {
    const single = [a, b, onLine(t)].map((vector) => Float32Array.from(vector));
    const kept = single.map((vector) => Float64Array.from(vector));
    for (const [one, two, three] of [single, kept, [a, b, onLine(t)]]) {
      expect(() => throughThree(one, two, three)).toThrow("lie on one line, up to rounding");
      expect(() => planeThrough(one, two, three)).toThrow("lie on one line, up to rounding");
      expect(() => principalComponents([one, two, three])).toThrow("lie in fewer dimensions");
    }
  });

  it("are not taken for it a hundred roundings away", () => {
    const single = [a, b, aside(onLine(0.5), 100 * 2 ** -24)].map((vector) => Float32Array.from(vector));
    const [one, two, three] = single;
    const { x, y } = throughThree(one, two, three);
    expect(Math.abs(dot(x.vector, y.vector)) / (x.facts.length * y.facts.length)).toBeLessThan(1e-9);
    expect(principalComponents(single).axes.length).toBe(2);
    expect(throughThree(a, b, aside(onLine(0.5), 1e-8)).third[0]).toBeCloseTo(0.5, 6);
  });

  it("are told what to give in place of a trained net itself", () => {
    const net = { model: mlp([2, 4, 2]), w: a };
    expect(() => Reflect.apply(between, undefined, [net, net])).toThrow(
      "between: the first net is a whole net; give its weights: net.w",
    );
    expect(() => Reflect.apply(between, undefined, [a, { loss: 1 }])).toThrow(
      /^between: the second net is \{"loss":1\}; give a Float32Array or Float64Array, such as a net's weights w/,
    );
    expect(() =>
      between(
        a,
        a.map(() => Number.NaN),
      ),
    ).toThrow("the second net has NaN at 0; all its numbers must be");
  });
});
