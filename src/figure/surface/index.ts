/** Surfaces in space: smooth between their nodes, coloured by height, in the light of the sky and the sun. */
export { formatNumber } from "../numbers.ts";
export { rampAt, rampHex } from "../ramp.ts";
export { shapePath } from "../svg/shapes.ts";
export { linearTicks, logTicks, type Tick } from "../ticks.ts";
export { type Field, heightAt, nodesDrawn, refine } from "./field.ts";
export { type Light, lightOf, normalAt, type Vector } from "./light.ts";
export { monotoneCubic } from "./smooth.ts";
