import { ints, type Shape } from "../../../expr/index.ts";
import type { GraphBuilder } from "../graph.ts";

/** The same elements in another shape. */
export const reshaped = (graph: GraphBuilder, name: string, shape: Shape): string =>
  graph.node("Reshape", [name, graph.ints(shape)]);

/** The axes in another order. */
export const transposed = (graph: GraphBuilder, name: string, axes: readonly number[]): string =>
  graph.node("Transpose", [name], { perm: ints(axes) });

/** With zeros around; negative numbers cut. */
export function padWith(
  graph: GraphBuilder,
  name: string,
  before: readonly number[],
  after: readonly number[],
): string {
  if ([...before, ...after].every((n) => n === 0)) return name;
  return graph.node("Pad", [name, graph.ints([...before, ...after])]);
}
