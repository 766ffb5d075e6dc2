import { checkOptions } from "../../arguments/index.ts";
import { maxPool as pool } from "../../expr/operators/index.ts";
import type { LayerBuilder } from "../layer.ts";
import { type PoolOptions, pooling, poolOptions } from "../pooling.ts";

/** The largest value of each window, channel by channel. */
export const maxPoolKind = pooling("max-pool", "the largest value of each window", pool);

/** The largest value of each window, channel by channel; windows have this length. Throws a RangeError or TypeError for a value that is not allowed. */
export function maxPool(kernel: number, options: PoolOptions = {}): LayerBuilder {
  checkOptions("maxPool", options, poolOptions, "maxPool(3, { stride: 2 })");
  return maxPoolKind.with({ ...options, kernel });
}
