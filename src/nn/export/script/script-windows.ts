import { type Base, type Called, type Source, whole } from "./script-source.ts";

/** Functions of windows over images. */

export const windowSources = {
  conv2d: whole(
    `/** Convolves images [n, channels, height, width] with kernels [outputs, channels / groups, height, width]. */
function conv2d(x, w, settings) {
  const shape = [x.shape[0], w.shape[0], ...windowCounts(x.shape, settings)];
  const data = new Float64Array(sizeOf(shape));
  products({ x: x.shape, w: w.shape, y: shape }, settings, (xAt, wAt, yAt, count, step) => {
    for (let i = 0; i < count; i++) data[yAt + i] += x.data[xAt + i * step] * w.data[wAt];
  });
  return { shape, data };
}`,
    ...(["sizeOf", "windowCounts", "products"] as const),
  ),
  conv2dImages: whole(
    `function conv2dImages(y, w, shape, settings) {
  const data = new Float64Array(sizeOf(shape));
  products({ x: shape, w: w.shape, y: y.shape }, settings, (xAt, wAt, yAt, count, step) => {
    for (let i = 0; i < count; i++) data[xAt + i * step] += y.data[yAt + i] * w.data[wAt];
  });
  return { shape, data };
}`,
    ...(["sizeOf", "products"] as const),
  ),
  conv2dKernels: whole(
    `function conv2dKernels(x, y, shape, settings) {
  const data = new Float64Array(sizeOf(shape));
  products({ x: x.shape, w: shape, y: y.shape }, settings, (xAt, wAt, yAt, count, step) => {
    for (let i = 0; i < count; i++) data[wAt] += x.data[xAt + i * step] * y.data[yAt + i];
  });
  return { shape, data };
}`,
    ...(["sizeOf", "products"] as const),
  ),
  maxPool: whole("const maxPool = (x, settings) => atMaxima(x, x, settings);", "atMaxima"),
  atMaxima: whole(
    `/** The values at the places of the windows' largest elements in x. */
function atMaxima(x, values, settings) {
  const shape = [x.shape[0], x.shape[1], ...windowCounts(x.shape, settings)];
  return { shape, data: Float64Array.from(maxima(x, shape, settings), (at) => values.data[at]) };
}`,
    ...(["windowCounts", "maxima"] as const),
  ),
  toMaxima: whole(
    `function toMaxima(x, outputs, settings) {
  const data = new Float64Array(x.data.length);
  maxima(x, outputs.shape, settings).forEach((at, i) => (data[at] += outputs.data[i]));
  return { shape: x.shape, data };
}`,
    "maxima",
  ),
} as const satisfies Partial<Record<Called, () => Source>>;

/** What they call. */
export const windowBases = {
  windowCounts: {
    code: `/** Windows along height and width of images. */
const windowCounts = (images, { kernel, stride, dilation, before, after }) =>
  stride.map((step, axis) => {
    const room = images[2 + axis] + before[axis] + after[axis] - (kernel[axis] - 1) * dilation[axis] - 1;
    return Math.floor(room / step) + 1;
  });`,
  },
  runs: {
    code: `/** Visits the elements of windows in runs along the width: the element, the places of the first in image and windows, their number. */
function runs([height, width], [rows, columns], { kernel, stride, dilation, before }, visit) {
  for (let element = 0; element < kernel[0] * kernel[1]; element++) {
    const top = Math.floor(element / kernel[1]) * dilation[0] - before[0];
    const left = (element % kernel[1]) * dilation[1] - before[1];
    const first = Math.max(0, Math.ceil(-left / stride[1]));
    const count = Math.min(columns - 1, Math.floor((width - 1 - left) / stride[1])) - first + 1;
    for (let row = 0; row < rows && count > 0; row++) {
      const y = row * stride[0] + top;
      if (y >= 0 && y < height) visit(element, y * width + first * stride[1] + left, row * columns + first, count);
    }
  }
}`,
  },
  products: {
    code: `/** Visits the products x·w·y of a convolution in runs: the places of the first, their number, and the step in x. */
function products({ x, w, y }, settings, visit) {
  const [[n, channels, ...image], [outputs, own, ...kernel], counts] = [x, w, y.slice(2)];
  const group = outputs / settings.groups;
  runs(image, counts, settings, (element, imageAt, windowAt, count) => {
    for (let plane = 0; plane < n * outputs; plane++)
      for (let c = 0; c < own; c++) {
        const [example, o] = [Math.floor(plane / outputs), plane % outputs];
        const channel = example * channels + Math.floor(o / group) * own + c;
        const wAt = (o * own + c) * sizeOf(kernel) + element;
        visit(channel * sizeOf(image) + imageAt, wAt, plane * sizeOf(counts) + windowAt, count, settings.stride[1]);
      }
  });
}`,
    calls: ["runs", "sizeOf"],
  },
  maxima: {
    code: `/** The places of the windows' largest elements, the first of equal ones; NaN counts as the largest. */
function maxima(x, outputs, settings) {
  const [[image, counts], found] = [[x.shape.slice(2), outputs.slice(2)], new Int32Array(sizeOf(outputs)).fill(-1)];
  runs(image, counts, settings, (_, imageAt, windowAt, count) => {
    for (let plane = 0; plane < x.shape[0] * x.shape[1]; plane++)
      for (let i = 0; i < count; i++) {
        const at = plane * sizeOf(counts) + windowAt + i;
        const place = plane * sizeOf(image) + imageAt + i * settings.stride[1];
        const value = x.data[place];
        if (found[at] < 0 || value > x.data[found[at]] || value !== value) found[at] = place;
      }
  });
  return found;
}`,
    calls: ["runs", "sizeOf"],
  },
} as const satisfies Partial<Record<Base, Source>>;
