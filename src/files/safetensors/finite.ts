import type { Tensor } from "./tensor.ts";

/** How many elements of a tensor are not finite. */
export interface NonFinite {
  readonly name: string;
  readonly nan: number;
  /** ∞ and −∞ together. */
  readonly infinite: number;
}

/** The tensors with elements that are not finite, as a diverged run leaves them; the format allows these. */
export function nonFinite(tensors: Iterable<Pick<Tensor, "name" | "data">>): NonFinite[] {
  return [...tensors].map(counted).filter(({ nan, infinite }) => nan + infinite > 0);
}

function counted({ name, data }: Pick<Tensor, "name" | "data">): NonFinite {
  let [nan, infinite] = [0, 0];
  if (data instanceof Float32Array || data instanceof Float64Array)
    for (const value of data)
      if (Number.isNaN(value)) nan++;
      else if (!Number.isFinite(value)) infinite++;
  return { name, nan, infinite };
}
