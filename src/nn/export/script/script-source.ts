import type { OperatorName } from "../code/statements.ts";

/** JavaScript source of a function of tensors, and the names of those that it calls. */
export interface Source {
  readonly code: string;
  readonly calls?: readonly Name[];
}

/** The operators that become calls: a cast does not, since all is computed in float64. */
export type Called = Exclude<OperatorName, "cast">;
/** A function that the code can call. */
export type Name = Called | Base;
/** What only other functions call. */
export type Base =
  | "sizeOf"
  | "stepsOf"
  | "places"
  | "stretched"
  | "joint"
  | "tensor"
  | "take"
  | "stretch"
  | "map"
  | "reduce"
  | "tail"
  | "series"
  | "windowCounts"
  | "runs"
  | "products"
  | "maxima";

/** A function of tensors as it stands. */
export const whole = (code: string, ...calls: readonly Name[]): (() => Source) => {
  return () => ({ code, calls });
};
