import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { type ByteImages, type ImageSource, imageDataset } from "../../src/data/images/images.ts";
import { DataError, type Dataset } from "../../src/data/index.ts";
import { loadDataset } from "../../src/data/node/index.ts";
import { range } from "../../src/data/split.ts";
import { checkWhitenable, whitenedImages } from "../../src/data/whitening/images.ts";
import { inverseRoot } from "../../src/data/whitening/inverse-root.ts";
import { symmetricProduct } from "../../src/data/whitening/symmetric-product.ts";
import { type Whitening, withNumbers } from "../../src/data/whitening/whitening.ts";
import type { Device } from "../../src/device/index.ts";
import { nodeDevice } from "../../src/device/node/index.ts";
import { adam } from "../../src/optimizers/index.ts";
import { Random } from "../../src/random/index.ts";
import { crossValidate } from "../../src/train/node/index.ts";

interface Golden {
  readonly count: number;
  readonly train: number;
  readonly shape: readonly [number, number, number];
  readonly pixels: string;
  readonly mean: readonly number[];
  readonly matrix: readonly number[];
  readonly whitened: readonly number[];
  readonly least: number;
}

const goldens: Readonly<Record<string, Golden>> = JSON.parse(
  await readFile("test/goldens/data/whitening.json", "utf8"),
).cases;

let device: Device;
beforeAll(async () => {
  device = await nodeDevice();
});

function sourceOf({ count, train, shape, pixels }: Golden, limit?: number): ImageSource {
  const labels = new Uint8Array(count).map((_, i) => i % 2);
  const images: ByteImages = { pixels: new Uint8Array(Buffer.from(pixels, "base64")), labels };
  return {
    ...{ images, testImages: images, inputShape: shape, ...(limit !== undefined && { limit }) },
    description: { name: "small", task: "classification", classes: ["a", "b"], source: "made", licence: "none" },
    split: { train: range(0, train), validation: range(train, train + 4), test: range(train + 4, count) },
  };
}

function whiteningOf({ preprocessing }: Dataset): Whitening {
  const inputs = preprocessing?.inputs;
  const whitening = inputs?.kind === "values" ? withNumbers(inputs.whitening) : undefined;
  if (whitening === undefined) throw new Error("it is not whitened");
  return whitening;
}

const furthest = (given: ArrayLike<number>, expected: readonly number[]): number => {
  expect(given).toHaveLength(expected.length);
  return Math.max(...expected.map((x, i) => Math.abs(given[i] - x)));
};

describe.each(Object.entries(goldens))("%s", (_, golden) => {
  test("the mean, the matrix and whitened images are NumPy's, to float32", async () => {
    const data = await whitenedImages(sourceOf(golden), device);
    const { mean, matrix, epsilon } = whiteningOf(data);
    expect(epsilon).toBe(0.1);
    expect(furthest(mean, golden.mean)).toBeLessThan(1e-7);
    expect(furthest(matrix, golden.matrix)).toBeLessThan(3e-7); // of elements up to 3.2
    expect(furthest([...data.validation.inputs, ...data.test.inputs], golden.whitened)).toBeLessThan(1e-5);
  });

  test("by the interpreter it is the same to the last bits", async () => {
    const [a, b] = [
      await whitenedImages(sourceOf(golden), device),
      await whitenedImages(sourceOf(golden), await nodeDevice({ device: "reference" })),
    ];
    expect(furthest(whiteningOf(a).matrix, [...whiteningOf(b).matrix])).toBeLessThan(3e-7);
    expect(furthest(a.test.inputs, [...b.test.inputs])).toBeLessThan(1e-5);
  });

  test("a limit leaves the measures as they are", async () => {
    const [all, few] = [
      await whitenedImages(sourceOf(golden), device),
      await whitenedImages(sourceOf(golden, 5), device),
    ];
    expect(few.train.count).toBe(5);
    expect(whiteningOf(few).fingerprint).toBe(whiteningOf(all).fingerprint);
    expect(few.train.inputs).toEqual(all.train.inputs.slice(0, few.train.inputs.length));
    expect(few.train.targets).toEqual(all.train.targets.slice(0, 5));
  });
});

test("whitened inputs are uncorrelated, and have variance λ / (λ + ε)", async () => {
  const golden = goldens["many images"];
  const { train } = await whitenedImages(sourceOf(golden), device);
  const n = golden.mean.length;
  const x = (row: number, i: number): number => train.inputs[row * n + i];
  // W·C·W = W·(W⁻² − ε·I)·W = I − ε·W²
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      let [covariance, square] = [0, 0];
      for (let row = 0; row < train.count; row++) covariance += (x(row, i) * x(row, j)) / train.count;
      for (let k = 0; k < n; k++) square += golden.matrix[i * n + k] * golden.matrix[k * n + j];
      expect(covariance).toBeCloseTo((i === j ? 1 : 0) - 0.1 * square, 4);
    }
});

describe("the inverse root", () => {
  test.each([1e1, 1e4, 1e8])("of a matrix with condition number %d: Z·A·Z is the identity", async (condition) => {
    const n = 40;
    const random = new Random(3, "matrix");
    // Reflections turn a diagonal of known eigenvalues.
    const a = new Float64Array(n * n);
    for (let i = 0; i < n; i++) a[i * n + i] = condition ** (-i / (n - 1));
    for (let turn = 0; turn < 5; turn++) reflect(a, n, random);
    const z = await inverseRoot(device, a, n, 1 / condition);
    const product = times(times(z, a, n), z, n);
    const error = Math.max(...product.map((x, i) => Math.abs(x - (i % (n + 1) === 0 ? 1 : 0))));
    expect(error).toBeLessThan(1e-14 * condition + 1e-9);
  });

  test("of a multiple of the identity", async () => {
    const a = Float64Array.of(4, 0, 0, 4);
    expect([...(await inverseRoot(device, a, 2, 4))]).toEqual([0.5, 0, 0, 0.5]);
  });
});

test("a symmetric product in blocks is that of plain loops", async () => {
  const [n, k] = [700, 3];
  const random = new Random(1, "x");
  const x = new Float64Array(n * k).map(() => random.normal());
  const to = new Float64Array(n * n);
  const product = symmetricProduct(device, n, k, "f64");
  await product.of(x, x, to);
  await product.dispose();
  let most = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let c = 0; c < k; c++) sum += x[i * k + c] * x[j * k + c];
      most = Math.max(most, Math.abs(to[i * n + j] - sum));
    }
  expect(most).toBeLessThan(1e-13);
});

describe("loadDataset", () => {
  test("whitens images, and says so in the preprocessing, whose JSON has the facts alone", async () => {
    const data = await loadDataset("digits", { whiten: "zca" });
    const { fingerprint } = whiteningOf(data);
    expect(JSON.parse(JSON.stringify(data.preprocessing)).inputs.whitening).toEqual({
      ...{ method: "zca", epsilon: 0.1, fingerprint },
    });
    expect(fingerprint).toMatch(/^[0-9a-f]{16}$/);
    expect(data.train.count).toBe(1197);
    const plain = await loadDataset("digits", { whiten: "none" });
    expect(plain).toEqual(await loadDataset("digits"));
    expect(data.train.targets).toEqual(plain.train.targets);
  });

  test("a trained net's whitening takes the place of the data's own", async () => {
    const { preprocessing, test: held } = await loadDataset("digits", { whiten: "zca" });
    const again = await loadDataset("digits", { preprocessing });
    expect(again.test.inputs).toEqual(held.inputs);
    expect(again.preprocessing).toEqual(preprocessing);
    await expect(loadDataset("digits", { preprocessing, whiten: "zca" })).rejects.toThrow(
      "the net decides how its inputs are prepared, so they are not whitened anew",
    );
    const facts = JSON.parse(JSON.stringify(preprocessing));
    await expect(loadDataset("digits", { preprocessing: facts })).rejects.toThrow("its matrix is not here");
  });

  test("tables and points are refused, and so are words that are no method", async () => {
    await expect(loadDataset("moons", { whiten: "zca" })).rejects.toThrow(DataError);
    await expect(loadDataset("moons", { whiten: "zca" })).rejects.toThrow(
      "only images in memory as bytes are whitened",
    );
    await expect(loadDataset("moons", { whiten: "none" })).resolves.toBeDefined();
    await expect(Reflect.apply(loadDataset, undefined, ["digits", { whiten: "pca" }])).rejects.toThrow(
      /whiten "pca" is not known; .*zca/,
    );
  });
});

test("a cross-validation refuses images that all of the training set has whitened", async () => {
  const dataset = await loadDataset("digits", { whiten: "zca", limit: 40 });
  const request = { data: { dataset }, model: "mlp:4", optimizer: adam(), folds: 2, epochs: 1 };
  await expect(crossValidate(request)).rejects.toThrow("its images were whitened by its training set");
});

test("images whose matrix would not fit are refused", () => {
  const { description } = sourceOf(goldens["many images"]);
  expect(() => checkWhitenable({ description, inputShape: [3, 64, 64] })).toThrow(
    "small: an image has 12288 values, so whitening takes a matrix of 12288 × 12288; whiten images of 4096 values at most",
  );
  expect(() => checkWhitenable({ description, inputShape: [3, 32, 32] })).not.toThrow();
});

test("large sets stay bytes, and give the same inputs as small ones that are decoded", async () => {
  const golden = goldens["many images"];
  const source = sourceOf(golden);
  const small = imageDataset(source);
  const repeats = Math.ceil((2 ** 26 + 1) / (golden.train * golden.mean.length));
  const split = { ...source.split, train: new Uint32Array(repeats * golden.train).map((_, i) => i % golden.train) };
  const { train } = imageDataset({ ...source, split });
  expect("gather" in train && "weighed" in train).toBe(true);
  if (!("gather" in train)) return;
  const indices = Uint32Array.of(3, 0, golden.train + 5, train.count - 1);
  const n = golden.mean.length;
  const [inputs, targets] = [new Float32Array(4 * n), new Float32Array(4)];
  Reflect.apply(Object(train).gather, train, [indices, inputs, targets]);
  for (const [row, index] of indices.entries()) {
    const at = index % golden.train;
    expect(inputs.subarray(row * n, (row + 1) * n)).toEqual(small.train.inputs.slice(at * n, (at + 1) * n));
    expect(targets[row]).toBe(small.train.targets[at]);
  }
});

function reflect(a: Float64Array, n: number, random: Random): void {
  const v = new Float64Array(n).map(() => random.normal());
  const square = v.reduce((sum, x) => sum + x * x, 0);
  const mirror = new Float64Array(n * n).map((_, i) => {
    const [row, column] = [Math.floor(i / n), i % n];
    return (row === column ? 1 : 0) - (2 * v[row] * v[column]) / square;
  });
  a.set(times(times(mirror, a, n), mirror, n));
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a[i * n + j] = a[j * n + i];
}

function times(a: Float64Array, b: Float64Array, n: number): Float64Array {
  return new Float64Array(n * n).map((_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = 0;
    for (let k = 0; k < n; k++) sum += a[i * n + k] * b[k * n + j];
    return sum;
  });
}
