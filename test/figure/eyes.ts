/** How colours look to eyes of several kinds. */

export type Triple = readonly [number, number, number];

/** sRGB in hexadecimal to linear light. */
export const linear = (hex: string): Triple => {
  const [r, g, b] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return [r, g, b];
};

export const times = (matrix: readonly Triple[], v: Triple): Triple => {
  const [a, b, c] = matrix.map((row) => row[0] * v[0] + row[1] * v[1] + row[2] * v[2]);
  return [a, b, c];
};

/** Complete deficiency, from Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color vision deficiency", 2009. */
export const eyes: Readonly<Record<string, readonly Triple[]>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** OKLab (Björn Ottosson, 2020), in which distances are even to the eye: 0.02 is just seen. */
export const oklab = (rgb: Triple): Triple => {
  const [l, m, s] = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb,
  ).map((c) => Math.cbrt(Math.max(0, c)));
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    [l, m, s],
  );
};

export const difference = (a: string, b: string, eye: readonly Triple[]): number => {
  const [p, q] = [a, b].map((hex) => oklab(times(eye, linear(hex))));
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
};

/** WCAG 2 contrast. */
export const contrast = (a: string, b: string): number => {
  const [x, y] = [a, b].map((hex) => linear(hex)).map(([r, g, bl]) => 0.2126 * r + 0.7152 * g + 0.0722 * bl + 0.05);
  return Math.max(x, y) / Math.min(x, y);
};
