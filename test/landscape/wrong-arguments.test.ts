import { describe, expect, it } from "vitest";
import { nodeDevice } from "../../src/device/node/index.ts";
import * as browser from "../../src/landscape/browser/index.ts";
import * as core from "../../src/landscape/index.ts";
import * as node from "../../src/landscape/node/index.ts";
import { mlp } from "../../src/nn/index.ts";
import { moons } from "../../src/node/index.ts";
import { adam } from "../../src/optimizers/index.ts";
import { Random } from "../../src/random/index.ts";
import { parametersOf } from "./nets.ts";
import { even, sliceOf } from "./trust/slices.ts";

const model = mlp([2, 3, 2]);
const [w, other, third] = [1, 2, 3].map((seed) => parametersOf(model, seed));
const count = w.length;
const data = moons({ count: 40, seed: 1 });
const device = await nodeDevice({ device: "reference" });
const net = { model, w };
const objective = {
  name: "bowl",
  dimension: count,
  value: (x: Float64Array) => x.reduce((sum, each) => sum + each * each, 0) / 2,
  gradient: (x: Float64Array, g: Float64Array) => {
    g.set(x);
    return objective.value(x);
  },
  hessianProduct: (_: Float64Array, v: Float64Array, to: Float64Array) => to.set(v),
};
const drawn = [0, 1].map((index) => core.randomDirection(model, w, "filter", { index }));
const [across, up] = drawn.map(({ vector }) => vector);
const grid = core.evenGrid({ columns: 3 });
const slice = sliceOf((x, y) => x * x + y * y, even(-1, 1, 5));
const plane = core.planeThrough(w, other, third);
const axes = { origin: w, directions: drawn };
const meter = { measure: () => ({ loss: 1 }) };
const path = { name: "adam", points: [w, other, third].map((point, step) => ({ step, w: point })) };
const measures = core.measuresOf(slice, { level: 1 });
const about = { data: "moons", split: "train" };
const request = { net, examples: data.train, about, device, directions: drawn, grid };
const curvature = { ...{ x: [0, 1], y: [0] }, largest: [[1, 2]], smallest: [[0, -1]] };
const line = { positions: Float64Array.of(0, 0.5, 1), losses: Float64Array.of(1, 2, 1) };
const seen = { ...{ name: "adam", x: [0], y: [1], steps: [0] }, ...{ loss: [1], onPlane: [1], distance: [0] } };
const curve = { model, data, ends: [w, other], optimizer: adam(), device };

/** What no argument can be. */
const ANYTHING = [null, 5, "a", Symbol("s"), 5n, [], true];
/** What is no object with fields. */
const NO_OBJECT = [...ANYTHING, () => 1];
const NO_OPTIONS = [...NO_OBJECT, { stranger: 1 }];
const NO_NUMBER = [null, "1", Number.NaN, Number.POSITIVE_INFINITY, [], {}, 5n];
const NO_COUNT = [...NO_NUMBER, 0, -1, 2.5];
const NO_TEXT = [null, 5, "", [], {}];
const NO_LIST = [undefined, null, 5, {}, () => 1, Symbol("s")];

const changed = (vector: Float64Array, entry: number): Float64Array => vector.map((x, i) => (i === 2 ? entry : x));
/** What cannot be n numbers of a vector; of every kind, length and content. */
const notLike = (vector: Float64Array): unknown[] => [
  ...[undefined, null, 5, "a", {}, [], () => 1, Symbol("s"), [...vector], net],
  ...[new Float64Array(0), vector.subarray(1), Float64Array.of(...vector, 1)],
  ...[Number.NaN, Number.POSITIVE_INFINITY].map((entry) => changed(vector, entry)),
];
/** What is no direction, of whatever length. */
const NO_DIRECTION = [
  ...[undefined, null, 5, "a", {}, [], [1], Float32Array.of(1)],
  ...[new Float64Array(0), new Float64Array(2), changed(w, Number.NaN)],
];
const noVector = notLike(w);

const noDirections = [
  ...NO_LIST,
  [],
  [across, up, up],
  [null],
  [across, up.subarray(1)],
  [changed(across, Number.NaN)],
];
const noObjective = [
  undefined,
  ...NO_OBJECT,
  {},
  { ...objective, dimension: 0 },
  { ...objective, dimension: Number.NaN },
];
const noModel = [undefined, ...NO_OBJECT, {}, net];
const noPlaces = [
  ...[undefined, ...NO_OBJECT, {}, { x: [], y: [0] }, { x: [0, 1], y: [] }],
  ...[
    { x: [1, 0], y: [0] },
    { x: [0, Number.NaN], y: [0] },
    { x: [0, 1], y: [Number.POSITIVE_INFINITY] },
    { x: 5, y: [0] },
  ],
];
const noGrid = [...noPlaces, { x: [0], y: [0] }];
const noInterval = [
  null,
  5,
  "ab",
  [],
  [1],
  [0, 1, 2],
  [1, 0],
  [1, 1],
  [Number.NaN, 1],
  [0, Number.POSITIVE_INFINITY],
  ["0", 1],
];
const noValues = [...NO_LIST, [], [[1]], slice.loss.slice(1), [...slice.loss.slice(1), [1, 2, 3, 4, Number.NaN]]];
const noSlice = [
  ...[undefined, ...NO_OBJECT, {}, ...noValues.map((loss) => ({ ...slice, loss }))],
  ...[
    { ...slice, x: [0, 1] },
    { ...slice, y: undefined },
    { ...slice, centre: undefined },
  ],
  ...[
    { ...slice, centre: { loss: Number.NaN } },
    { ...slice, directions: [] },
    { ...slice, directions: undefined },
  ],
  ...[{ ...slice, directions: slice.directions.slice(1) }],
  ...[0, -1, Number.NaN].map((length) => ({
    ...slice,
    directions: slice.directions.map((each) => ({ ...each, length })),
  })),
];
const noExamples = [undefined, ...NO_OBJECT, {}, data, { ...data.train, count: 0 }];
const noDevice = [null, 5, "cpu", {}, []];
const noState = { ...{ net: { ...net, s: Float64Array.of(1) } } };
const noNet = [
  undefined,
  ...NO_OBJECT,
  {},
  model,
  { model: 5, w },
  ...noVector.map((each) => ({ model, w: each })),
  noState.net,
];
const noNormalization = [null, 5, "melted", {}, { examples: 5 }, { examples: data.train, batchSize: 0 }];
const noPlane = [
  ...[undefined, ...NO_OBJECT, {}],
  ...["origin", "along", "across"].flatMap((name) => noVector.map((vector) => ({ ...plane, [name]: vector }))),
];
const noAxes = [
  ...[
    undefined,
    ...NO_OBJECT,
    {},
    { origin: w },
    { ...axes, directions: drawn.slice(1) },
    { ...axes, directions: [1, 2] },
  ],
  ...noVector.flatMap((vector) => [
    { ...axes, origin: vector },
    { ...axes, directions: [{ vector }, drawn[1]] },
  ]),
];
const noTrajectories = [
  ...[...NO_LIST, [], [5], [{}], [{ ...path, name: 5 }], [{ ...path, points: [] }], [{ ...path, points: [5] }]],
  [{ ...path, points: [{ step: Number.NaN, w }] }],
  ...noVector.map((vector) => [{ ...path, points: [...path.points, { step: 3, w: vector }] }]),
];
const noMeter = [undefined, ...NO_OBJECT, {}, { measure: 5 }];
const noSignal = [null, 5, "a", {}, []];

/** Option by option, values that are refused, each in options that are otherwise right. */
const optionsWith = (right: object, wrong: Readonly<Record<string, readonly unknown[]>>): unknown[] => [
  ...NO_OPTIONS,
  ...Object.entries(wrong).flatMap(([name, values]) => values.map((value) => ({ ...right, [name]: value }))),
];

/** A function's right arguments, and for each what is refused in its place. */
type Door = readonly [given: readonly unknown[], ...wrong: (readonly unknown[])[]];

const eigen = { steps: NO_COUNT, accuracy: [...NO_NUMBER, 0, 1], seed: NO_COUNT };
const meterOptions = { net: noNet, examples: noExamples, normalization: noNormalization, batchSize: NO_COUNT };
const sliceOptions = {
  ...{ ...meterOptions, grid: noGrid, title: NO_TEXT, refine: [...NO_NUMBER, -1, 0.5] },
  directions: [
    ...[...NO_LIST, [], [...drawn, drawn[0]], [5], [across]],
    ...noVector.map((vector) => [{ facts: drawn[0].facts, vector }, drawn[1]]),
    [drawn[0]], // a line, whose grid has but one row
  ],
  about: [undefined, ...NO_OPTIONS, {}, { data: "moons", split: "all" }, { data: 5, split: "train" }],
  finished: [null, 5, {}, { find: () => undefined }, { find: 1, keep: 2 }],
  onProgress: noSignal,
  signal: noSignal,
};

const curveOptions = {
  ...{ model: noModel, data: [...NO_OBJECT, {}], shape: [null, 5, "circle"], examples: noExamples.slice(1) },
  ...{ points: [...NO_COUNT, 2], onEvent: noSignal, signal: noSignal, epochs: NO_NUMBER },
  optimizer: [null, 5, "adam", {}],
  ends: [
    ...[...NO_LIST, [], [w], [w, other, third], [w, w], [w, Float32Array.from(other)]],
    ...noVector.map((vector) => [w, vector]),
  ],
};

const doors: Readonly<Record<string, Door>> = {
  criticalSharpness: [
    [objective, w, w.map((x) => -x), {}],
    ...[noObjective, noVector, noVector],
    optionsWith(
      {},
      { guess: NO_COUNT.filter((x) => x !== 2.5), loss: NO_NUMBER, passes: [...NO_COUNT, 2], signal: noSignal },
    ),
  ],
  spectralDensity: [
    [objective, w, {}],
    ...[noObjective, noVector],
    optionsWith(
      {},
      { probes: NO_COUNT, width: [...NO_NUMBER, 0, 2], seed: NO_NUMBER, steps: NO_COUNT, basis: ["f16", 5] },
    ),
  ],
  curvatureMap: [
    [objective, w, [across, up], { x: [0, 1], y: [0] }, {}],
    ...[noObjective, noVector, noDirections, noPlaces],
    optionsWith({}, { ...eigen, basis: ["f16", 5], known: noSignal, onPoint: noSignal, signal: noSignal }),
  ],
  curvatureRatio: [
    [curvature],
    [
      ...[undefined, ...NO_OBJECT, {}, { ...curvature, largest: 5 }, { ...curvature, smallest: [[1]] }],
      ...[
        { ...curvature, smallest: [[Number.NaN, 1]] },
        { ...curvature, largest: [["1", 2]] },
        { ...curvature, x: undefined },
      ],
    ],
  ],
  adamPreconditioner: [
    [{ v: w.map(Math.abs), t: 3 }, {}],
    [
      ...[undefined, ...NO_OBJECT, {}, { v: w.map((x) => -Math.abs(x)), t: 3 }, { v: new Float64Array(0), t: 3 }],
      ...[{ v: changed(w, Number.NaN), t: 3 }, { v: [1], t: 3 }, ...NO_COUNT.map((t) => ({ v: w.map(Math.abs), t }))],
    ],
    optionsWith({}, { beta2: [...NO_NUMBER, 1], eps: [...NO_NUMBER, -1] }),
  ],
  sharpness: [
    [objective, w, {}],
    ...[noObjective, noVector],
    optionsWith(
      {},
      {
        ...{ ...eigen, basis: ["f16", 5], signal: noSignal, start: [...noVector.slice(1), new Float64Array(count)] },
        preconditioner: [...noVector.slice(1), new Float64Array(count), w.map(() => -1)],
      },
    ),
  ],
  hessianTrace: [
    [objective, w, {}],
    ...[noObjective, noVector],
    optionsWith(
      {},
      { accuracy: [...NO_NUMBER, 0, 1], samples: NO_COUNT, least: [...NO_COUNT, 200].slice(1), seed: NO_NUMBER },
    ),
  ],
  overParts: [
    [objective, w, [{ offset: 0, length: 2 }]],
    ...[noObjective, noVector],
    [
      ...[
        ...NO_LIST,
        [],
        [5],
        [{}],
        [{ offset: 0.5, length: 1 }],
        [{ offset: 0, length: 0 }],
        [{ offset: -1, length: 2 }],
      ],
      ...[
        [{ offset: 0, length: count + 1 }],
        [{ offset: Number.NaN, length: 1 }],
        [
          { offset: 0, length: 2 },
          { offset: 1, length: 2 },
        ],
      ],
    ],
  ],
  scaled: [
    [objective, w.map(() => 2)],
    noObjective,
    [undefined, null, 5, {}, [], w.map(() => 0), w.map(() => Number.NaN), Float64Array.of(1)],
  ],
  weightParts: [[model], noModel],
  between: [[w, other, "x"], noVector, noVector, NO_TEXT],
  throughThree: [[w, other, third], noVector, noVector, [...noVector, w.map((x, i) => (x + other[i]) / 2)]],
  direction: [
    [across, { kind: "gaussian", label: "x" }],
    NO_DIRECTION,
    [
      undefined,
      ...NO_OBJECT,
      {},
      { kind: "sideways", label: "x" },
      { kind: 5, label: "x" },
      { kind: "gaussian", label: 5 },
    ],
  ],
  scaledTo: [[across, 2], NO_DIRECTION, [undefined, ...NO_NUMBER, 0, -1]],
  randomDirection: [
    [model, w, "filter", {}],
    ...[noModel, noVector],
    [undefined, ...ANYTHING, {}, "filters", "between"],
    optionsWith({}, { seed: [...NO_NUMBER, -1, 0.5], index: [...NO_NUMBER, -1, 0.5] }),
  ],
  scaledLike: [
    [model, w, across, "layer"],
    noModel,
    noVector,
    [...noVector, Float32Array.from(across)],
    [undefined, ...ANYTHING, "gaussian"],
  ],
  gradientDirection: [[objective, w], noObjective, [...noVector, new Float64Array(count)]],
  hessianDirections: [
    [objective, w, {}],
    ...[noObjective, noVector],
    optionsWith({}, { ...eigen, count: [...NO_COUNT, count + 1], steps: [...NO_COUNT, 1] }),
  ],
  connect: [[curve], [...optionsWith(curve, { ...curveOptions, device: noDevice })]],
  highestLoss: [[[{ loss: 1 }, { loss: null }]], [...NO_LIST, [], [5], [{}], [{ loss: "1" }]]],
  curveShares: [
    ["bezier", 0.5],
    [undefined, ...ANYTHING, "circle"],
    [undefined, ...NO_NUMBER, -0.1, 1.1],
  ],
  pathsOn: [
    [axes, [path], meter, {}],
    ...[noAxes, noTrajectories, noMeter],
    optionsWith({}, { onPoint: noSignal, signal: noSignal }),
  ],
  trajectoryPlane: [[[path], {}], noTrajectories, optionsWith({}, { origin: noVector.slice(1) })],
  principalComponents: [
    [[w, other, third], {}],
    [...NO_LIST, [], [w], [w, w, w], [w, other, 5], ...noVector.map((vector) => [w, other, vector])],
    optionsWith({}, { origin: noVector.slice(1), count: [...NO_COUNT, 3] }),
  ],
  pointAt: [[axes, 1, 1], noAxes, [undefined, ...NO_NUMBER], [undefined, ...NO_NUMBER]],
  projector: [[axes], [...noAxes, { ...axes, directions: [drawn[0], drawn[0]] }]],
  evenGrid: [
    [{}],
    optionsWith(
      {},
      {
        ...{ x: [...noInterval, [-1e308, 1e308], [1, 1 + 1e-15]], y: noInterval },
        ...{ columns: [...NO_COUNT, 1, 1e9], rows: [...NO_COUNT, 1, 1e9] },
      },
    ),
  ],
  evenLine: [[{}], optionsWith({}, { x: noInterval, columns: [...NO_COUNT, 1, 1e9], rows: [5] })],
  barrier: [
    [line],
    [
      ...[
        undefined,
        ...NO_OBJECT,
        {},
        { positions: line.positions },
        { ...line, losses: Float64Array.of(1, 2) },
        { ...line, losses: [1, 2, 1] },
      ],
      ...[
        { positions: Float64Array.of(0), losses: Float64Array.of(1) },
        { positions: new Float64Array(0), losses: new Float64Array(0) },
      ],
      ...[
        { ...line, positions: Float64Array.of(0, Number.NaN, 1) },
        { ...line, positions: Float64Array.of(0, 0.5, 2) },
      ],
    ],
  ],
  lossAlongLine: [
    [objective, w, other, {}],
    noObjective,
    noVector,
    noVector,
    optionsWith({}, { points: [...NO_COUNT, 1, 1e9] }),
  ],
  lossSlice: [
    [{ ...request, grid }],
    optionsWith(request, { ...sliceOptions, device: noDevice.filter((each) => each !== "cpu") }),
  ],
  coordinates: [[plane, w], noPlane, noVector],
  lossOnPlane: [
    [objective, plane, { x: [0, 1], y: [0, 1], columns: 2 }],
    ...[noObjective, noPlane],
    [
      undefined,
      ...optionsWith(
        { x: [0, 1], y: [0, 1] },
        { x: noInterval, y: noInterval, columns: [...NO_COUNT, 1, 1e9], rows: [1] },
      ),
    ],
  ],
  planeThrough: [[w, other, third], noVector, noVector, [...noVector, w.map((x, i) => (x + other[i]) / 2)]],
  pointMeter: [
    [{ net, examples: data.train, device }, [across, up]],
    optionsWith({ net, examples: data.train, device }, { ...meterOptions, device: noDevice }),
    [...NO_LIST, [across, up, up], ...noVector.map((vector) => [vector])],
  ],
  refined: [
    [grid, grid.y.map(() => [1, 2, null])],
    noGrid,
    [...NO_LIST, [], [[1]], grid.y.map(() => [1, 2, Number.NaN])],
  ],
  weightsMeter: [
    [{ net, examples: data.train, device }],
    optionsWith({ net, examples: data.train, device }, { ...meterOptions, device: noDevice }),
  ],
  equalPoints: [[model], noModel],
  hiddenLayers: [[model], noModel],
  matchUnits: [[model, w, other], noModel, noVector, noVector],
  drawRearrangements: [[model, new Random(1)], noModel, [undefined, ...ANYTHING, {}]],
  rearrange: [
    [model, w, [{ from: [2, 0, 1] }]],
    ...[noModel, noVector],
    [
      ...[
        ...NO_LIST,
        [],
        [5],
        [{}],
        [{ from: [0, 1] }],
        [{ from: [0, 1, 1] }],
        [{ from: [0, 1, Number.NaN] }],
        [{ from: "012" }],
      ],
      ...[[{ from: [0, 1, 2], signs: 5 }], [{ from: [0, 1, 2], signs: [1, Number.NaN, 1] }]],
    ],
  ],
  againAt: [[slice, meter, 2], noSlice, noMeter, [...NO_COUNT], noSignal],
  halvesAt: [[grid, [meter, meter], 2], noGrid, [...NO_LIST, [], [meter], [meter, {}]], NO_COUNT, noSignal],
  lazyMeter: [[() => meter], [...ANYTHING, undefined, {}]],
  lossOver: [[objective, w, [across]], noObjective, noVector, noDirections],
  spreadPoints: [[grid, 3], noGrid, [undefined, ...NO_COUNT]],
  alignment: [
    [objective, w, [across, up], {}],
    ...[noObjective, noVector, [...noDirections, [across, across], [new Float64Array(count)]]],
    optionsWith({}, { ...eigen, samples: NO_COUNT, basis: ["f16", 5], onProduct: noSignal, signal: noSignal }),
  ],
  halvesOf: [[data.train], [...noExamples, { ...data.train, count: 1 }]],
  measuresOf: [
    [slice, { level: 1 }],
    noSlice,
    [undefined, ...optionsWith({ level: 1 }, { level: [undefined, ...NO_NUMBER], radius: [...NO_NUMBER, 0, 2] })],
  ],
  pathTrust: [
    [{ ...slice, paths: [seen] }],
    [
      ...[...noSlice, { ...slice, paths: 5 }, { ...slice, paths: [5] }, { ...slice, paths: [{}] }],
      ...["x", "y", "loss", "onPlane", "distance"].flatMap((name) =>
        [undefined, 5, [], [1, 2], [Number.NaN], ["1"]].map((values) => ({
          ...slice,
          paths: [{ ...seen, [name]: values }],
        })),
      ),
    ],
  ],
  spreadOf: [
    [[measures]],
    [...NO_LIST, [5], [{}], [{ ...measures, basin: Number.NaN }], [{ ...measures, minima: "1" }]],
  ],
};

/** JavaScript's own words for a mistake that nobody has looked for. */
const RAW =
  /Cannot (read|destructure|convert|use|mix)|is not (a function|iterable|a constructor)|undefined is not|Invalid|in' operator|out of bounds|called on|Reflect\.|Maximum call/;
/** What is allowed or what to do. */
const ADVICE = /; |allowed: |but the model has \d|is not within its \d|must have a row/;

/** What is said of a call; undefined if it was taken. */
async function errorOf(called: unknown, given: readonly unknown[]): Promise<Error | undefined> {
  try {
    await Reflect.apply(Object(called), undefined, given);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
  return undefined;
}

const shown = (value: unknown): string =>
  typeof value === "object" && value !== null ? (JSON.stringify(value, cut) ?? "").slice(0, 60) : String(value);
const cut = (_: string, value: unknown): unknown =>
  ArrayBuffer.isView(value) ? "[…]" : typeof value === "bigint" || typeof value === "symbol" ? String(value) : value;

/** Wrong arguments that were taken in silence, or refused in JavaScript's words, or without a word of what is allowed. */
async function lapses(called: unknown, [given, ...wrong]: Door): Promise<string[]> {
  const found: string[] = [];
  for (const [place, values] of wrong.entries())
    for (const value of values) {
      const error = await errorOf(called, given.toSpliced(place, 1, value));
      const where = `argument ${place + 1}: ${shown(value)}`;
      if (error === undefined) found.push(`${where} is taken`);
      else if (
        !["RangeError", "TypeError"].includes(error.name) ||
        RAW.test(error.message) ||
        !ADVICE.test(error.message)
      )
        found.push(`${where} → ${error.name}: ${error.message}`);
    }
  return found;
}

const functions = new Map<string, unknown>(Object.entries(core).filter(([, value]) => typeof value === "function"));

it("every function is looked at", () => {
  expect(Object.keys(doors).sort()).toEqual([...functions.keys()].sort());
});

describe.each(Object.entries(doors))("%s", (name, door) => {
  it("refuses each wrong argument, and says what was given, what is allowed and what to do", async () => {
    expect(await lapses(functions.get(name), door)).toEqual([]);
  });
});

/** Where the device may be named, or left out. */
const ofDevice = { device: [null, 5, "gpus", {}], threads: NO_COUNT, onWarning: noSignal };
const { device: _, ...named } = request;
const measured = { net, examples: data.train };
const given = { ...measured, device: "reference" };
const { device: __, ...between } = curve;

const doorsOnDevices: Readonly<Record<string, Door>> = {
  lossSlice: [
    [named],
    optionsWith(named, { ...sliceOptions, workers: [...NO_NUMBER, -1, 0.5], device: ofDevice.device }),
  ],
  netObjective: [
    [given],
    optionsWith(given, {
      ...{ ...ofDevice, net: noNet, dtype: [null, 5, "f16"], l2: [...NO_NUMBER, -1], chunk: NO_COUNT },
      ...{ examples: [...noExamples, { ...data.train, inputs: data.train.inputs.slice(1) }], seed: [...NO_NUMBER, -1] },
    }),
  ],
  weightsMeter: [[given], optionsWith(given, { ...meterOptions, ...ofDevice })],
  pointMeter: [
    [given, [across, up]],
    optionsWith(given, { ...meterOptions, ...ofDevice }),
    [...NO_LIST, [across, up, up], ...noVector.map((vector) => [vector])],
  ],
  connect: [[between], optionsWith({ ...between, epochs: 1 }, { ...curveOptions, ...ofDevice })],
};

it("every function that chooses a device is looked at, and those of a browser are the same", () => {
  const own = Object.entries(node).filter(
    ([name, value]) => typeof value === "function" && functions.get(name) !== value,
  );
  expect(Object.keys(doorsOnDevices).sort()).toEqual(own.map(([name]) => name).sort());
  expect(Object.keys(browser)).toEqual(Object.keys(node));
  for (const [name] of own) expect(Reflect.get(browser, name)).not.toBe(functions.get(name));
});

describe.each(Object.entries(doorsOnDevices))("%s, which chooses its device,", (name, door) => {
  it("refuses the same, and wrong devices", async () => {
    expect(await lapses(Reflect.get(node, name), door)).toEqual([]);
  });
});
