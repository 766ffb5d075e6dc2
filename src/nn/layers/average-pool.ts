import { checkOptions } from "../../arguments/index.ts";
import { averagePool as pool } from "../../expr/operators/index.ts";
import type { LayerBuilder } from "../layer.ts";
import { type PoolOptions, pooling, poolOptions } from "../pooling.ts";

/** The mean of each window, channel by channel; what is outside the image does not count. */
export const averagePoolKind = pooling("average-pool", "the mean of each window", pool);

/** The mean of each window, channel by channel; what is outside the image does not count; windows have this length. Throws a RangeError or TypeError for a value that is not allowed. */
export function averagePool(kernel: number, options: PoolOptions = {}): LayerBuilder {
  checkOptions("averagePool", options, poolOptions, "averagePool(3, { stride: 2 })");
  return averagePoolKind.with({ ...options, kernel });
}
