/** An image of any size: bytes, plane after plane. */
export interface Picture {
  /** 1, grey, or 3, red, green and blue. */
  readonly channels: 1 | 3;
  readonly height: number;
  readonly width: number;
  /** channels × height × width */
  readonly pixels: Uint8Array;
}

/** A grey picture in three equal colours; a coloured one stays itself. */
export function inColour(picture: Picture): Picture {
  if (picture.channels === 3) return picture;
  const { height, width, pixels } = picture;
  const all = new Uint8Array(3 * pixels.length);
  for (const channel of [0, 1, 2]) all.set(pixels, channel * pixels.length);
  return { channels: 3, height, width, pixels: all };
}

/** A coloured picture in grey, by ITU-R BT.601: 0.299 red + 0.587 green + 0.114 blue. A grey one stays itself. */
export function inGrey(picture: Picture): Picture {
  if (picture.channels === 1) return picture;
  const { height, width, pixels } = picture;
  const plane = height * width;
  const grey = new Uint8Array(plane).map((_, i) =>
    Math.round(0.299 * pixels[i] + 0.587 * pixels[plane + i] + 0.114 * pixels[2 * plane + i]),
  );
  return { channels: 1, height, width, pixels: grey };
}

/**
 * Turns and mirrors a picture as Exif's Orientation says (CIPA DC-008, table 5): from 1, as it is, to 8. From 5 on, rows become
 * columns.
 */
export function upright(picture: Picture, orientation: number): Picture {
  if (orientation <= 1 || orientation > 8) return picture;
  const { channels, pixels } = picture;
  const isTurned = orientation >= 5;
  const [height, width] = isTurned ? [picture.width, picture.height] : [picture.height, picture.width];
  const isRightToLeft = [2, 3, 7, 8].includes(orientation);
  const isBottomUp = [3, 4, 6, 7].includes(orientation);
  const out = new Uint8Array(pixels.length);
  let at = 0;
  for (let channel = 0; channel < channels; channel++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const [row, column] = isTurned ? [x, y] : [y, x];
        const from = isBottomUp ? picture.height - 1 - row : row;
        const across = isRightToLeft ? picture.width - 1 - column : column;
        out[at++] = pixels[(channel * picture.height + from) * picture.width + across];
      }
  return { channels, height, width, pixels: out };
}

/**
 * A picture at another size, stretched if its sides have another ratio. Each new pixel is a mean of the old ones around its place,
 * weighted by a triangle whose half width is one pixel, of the larger of the two grids: so nothing is skipped where a picture shrinks,
 * and it is linear interpolation where it grows, as Pillow's `resize` with BILINEAR.
 */
export function resized(picture: Picture, height: number, width: number): Picture {
  if (picture.height === height && picture.width === width) return picture;
  const { channels } = picture;
  const [across, down] = [weightsFor(picture.width, width), weightsFor(picture.height, height)];
  const wide = new Float32Array(channels * picture.height * width);
  for (let row = 0; row < channels * picture.height; row++)
    for (const [x, { first, weights }] of across.entries()) {
      let sum = 0;
      for (let i = 0; i < weights.length; i++) sum += weights[i] * picture.pixels[row * picture.width + first + i];
      wide[row * width + x] = sum;
    }
  const pixels = new Uint8Array(channels * height * width);
  for (let channel = 0; channel < channels; channel++)
    for (const [y, { first, weights }] of down.entries())
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let i = 0; i < weights.length; i++)
          sum += weights[i] * wide[(channel * picture.height + first + i) * width + x];
        pixels[(channel * height + y) * width + x] = Math.round(sum);
      }
  return { channels, height, width, pixels };
}

/** For each new place along a side, the old ones that count, from `first` on, and how much. */
function weightsFor(from: number, to: number): { readonly first: number; readonly weights: readonly number[] }[] {
  const scale = from / to;
  const reach = Math.max(1, scale);
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * scale;
    const first = Math.max(0, Math.floor(centre - reach + 0.5));
    const end = Math.min(from, Math.floor(centre + reach + 0.5));
    const raw = Array.from({ length: end - first }, (_, j) =>
      Math.max(0, 1 - Math.abs((first + j + 0.5 - centre) / reach)),
    );
    const sum = raw.reduce((all, weight) => all + weight, 0);
    return { first, weights: raw.map((weight) => weight / sum) };
  });
}
