import { type Rgb, rampAt } from "../ramp.ts";
import { type Field, heightAt } from "./field.ts";
import type { Light } from "./light.ts";

/** A corner of a facet: a place in space, in nodes, and its share of the height. */
export type Corner = readonly [column: number, row: number, share: number];

/** The colour of a surface in its light at a place, seen from above or from below. */
export type Tint = (corner: Corner, above: boolean) => Rgb;

/** Light of the sky and of the sun on the upper side; the lower side is in the dark. */
const [SKY, SUN, BELOW] = [0.38, 1.05, 0.22];

/** The lower side is paler and cooler, so that it is not taken for the slope behind it. */
const COOL: Rgb = [128, 135, 168];

export function tintOf(field: Field, light: Light): Tint {
  const { columns, rows } = field;
  const [sky, sun] = [light.sky, light.sun].map(
    (values): Field => ({ columns, rows, heights: Float64Array.from(values) }),
  );
  return ([column, row, share], above) => {
    const color = rampAt(share);
    if (!above) return lit(mean([color, COOL]), BELOW);
    return lit(color, SKY * heightAt(sky, column, row) + SUN * heightAt(sun, column, row));
  };
}

/** A colour under light of a brightness, in linear light. */
function lit([red, green, blue]: Rgb, bright: number): Rgb {
  const shown = (channel: number): number => 255 * Math.min(1, (channel / 255) ** 2.2 * bright) ** (1 / 2.2);
  return [shown(red), shown(green), shown(blue)];
}

/** The mean of some colours. */
export function mean(colors: readonly Rgb[]): Rgb {
  const of = (k: 0 | 1 | 2): number => colors.reduce((sum, color) => sum + color[k], 0) / colors.length;
  return [of(0), of(1), of(2)];
}

/** By how much two colours differ: the most of a channel, of 255. */
export const difference = (a: Rgb, b: Rgb): number => Math.max(...a.map((channel, k) => Math.abs(channel - b[k])));
