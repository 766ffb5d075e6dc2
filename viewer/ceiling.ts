import type { LiveLandscape } from "../src/report/index.ts";

type Scale = LiveLandscape["scale"];

/** The least part of a linear scale that is shown. */
const LEAST = 0.05;

export const heightsFor = (scale: Scale, { linear, log }: LiveLandscape): LiveLandscape["linear"] =>
  (scale === "log" && log) || linear;

export const floorOf = (scale: Scale, landscape: LiveLandscape): number => heightsFor(scale, landscape).domain[0];

/** Where surfaces are cut off at first. */
export const usualCeiling = (scale: Scale, landscape: LiveLandscape): number => heightsFor(scale, landscape).domain[1];

/** The loss at a share of the slider, at whose end nothing is cut off: equal steps are equal factors, since peaks can be very high. */
export function ceilingAt(share: number, scale: Scale, landscape: LiveLandscape): number {
  const {
    domain: [low, usual],
    highest,
  } = heightsFor(scale, landscape);
  if (share >= 1) return highest;
  if (scale === "log") return low * (highest / low) ** share;
  const least = LEAST * (usual - low);
  return low + least * ((highest - low) / least) ** share;
}

/** The share of the slider for a loss. */
export function sliderAt(ceiling: number, scale: Scale, landscape: LiveLandscape): number {
  const {
    domain: [low, usual],
    highest,
  } = heightsFor(scale, landscape);
  const part = scale === "log" ? ceiling / low : (ceiling - low) / (LEAST * (usual - low));
  const whole = scale === "log" ? highest / low : (highest - low) / (LEAST * (usual - low));
  return Math.log(part) / Math.log(whole);
}
