import type { Device } from "../../device/index.ts";
import type { Standardization } from "../dataset.ts";
import type { ByteImages, Shape } from "../images/images.ts";
import { inverseRoot } from "./inverse-root.ts";
import { symmetricProduct } from "./symmetric-product.ts";
import { Whitening } from "./whitening.ts";

/**
 * ε, where the inputs have variance 1: that of pylearn2's experiments on CIFAR-10 (I. Goodfellow and others: Maxout Networks, 2013), and
 * of A. Coates and A. Ng, Learning Feature Representations with K-means, 2012, for patches of 16 × 16.
 */
export const EPSILON = 0.1;

/** Images in a batch. Products of bytes less 128 are whole numbers up to 2¹⁴, so sums of 1,024 are exact in float32. */
const BATCH = 1024;
const MIDDLE = 128;

/**
 * Measures the ZCA whitening of images, on those with the given indices. The covariance, over n and not n − 1, is exact: it is summed in
 * whole numbers. So it does not depend on the device or the order of sums.
 */
export async function zcaOf(
  device: Device,
  images: ByteImages,
  indices: Uint32Array,
  shape: Shape,
  { mean, deviation }: Standardization,
): Promise<Whitening> {
  const n = shape[0] * shape[1] * shape[2];
  const { sums, products } = await momentsOf(device, images, indices, n);
  const count = indices.length;
  const channel = (i: number): number => Math.floor((i * mean.length) / n);
  const inverse = Float64Array.from(sums, (_, i) => 1 / deviation[channel(i)]);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const covariance = (products[i * n + j] - (sums[i] * sums[j]) / count) / count;
      products[i * n + j] = covariance * inverse[i] * inverse[j];
    }
    products[i * n + i] += EPSILON;
  }
  const matrix = Float32Array.from(await inverseRoot(device, products, n, EPSILON));
  const means = Float32Array.from(sums, (sum, i) => (sum / count + MIDDLE - mean[channel(i)]) * inverse[i]);
  return new Whitening({ epsilon: EPSILON, mean: means, matrix });
}

/** Sums of the bytes less 128, and of their products in pairs. */
async function momentsOf(
  device: Device,
  { pixels }: ByteImages,
  indices: Uint32Array,
  n: number,
): Promise<{ readonly sums: Float64Array; readonly products: Float64Array }> {
  const [sums, products] = [new Float64Array(n), new Float64Array(n * n)];
  const size = Math.min(BATCH, indices.length);
  const [batch, part] = [new Float32Array(n * size), new Float32Array(n * n)];
  const product = symmetricProduct(device, n, size, "f32");
  try {
    for (let start = 0; start < indices.length; start += size) {
      const own = indices.subarray(start, start + size);
      if (own.length < size) batch.fill(0);
      for (const [column, index] of own.entries())
        for (let i = 0, at = column; i < n; i++, at += size) {
          const value = pixels[index * n + i] - MIDDLE;
          batch[at] = value;
          sums[i] += value;
        }
      await product.of(batch, batch, part);
      for (let i = 0; i < part.length; i++) products[i] += part[i];
    }
    return { sums, products };
  } finally {
    await product.dispose();
  }
}
