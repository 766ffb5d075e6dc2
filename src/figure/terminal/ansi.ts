import type { Color } from "../look.ts";

/** A terminal's paper may be light or dark: the hues of light paper are deep enough for the one and bright enough for most of the other. */
export function ansiOf(color: Color): number | undefined {
  if (color === "ink") return undefined;
  if (color === "muted") return GREY;
  if (typeof color === "string") return nearest(color);
  return SERIES[color % SERIES.length];
}

/** A grey that can be read on black and on white. */
const GREY = 245;

const LEVELS = [0, 95, 135, 175, 215, 255];

/** The nearest colour of the 6 × 6 × 6 cube. */
function nearest(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => nearestLevel(Number.parseInt(hex.slice(at, at + 2), 16)));
  return 16 + 36 * r + 6 * g + b;
}

const nearestLevel = (value: number): number =>
  LEVELS.reduce((best, level, i) => (Math.abs(level - value) < Math.abs(LEVELS[best] - value) ? i : best), 0);

/** The palette's hues, in tones of middle brightness. */
const SERIES = [33, 208, 35, 170, 136, 75, 99, 161];
