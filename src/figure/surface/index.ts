/** Surfaces in space: smooth between their nodes, in the light of the sky and the sun. */
export { type Field, heightAt, nodesDrawn, refine } from "./field.ts";
export { type Light, lightOf, normalAt, type Vector } from "./light.ts";
export { monotoneCubic } from "./smooth.ts";
