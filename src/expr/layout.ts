/** A tensor's place in the vector of all parameters. */
export interface TensorPlace {
  readonly name: string;
  readonly shape: readonly number[];
  /** Where it begins, counted in numbers. */
  readonly offset: number;
}

/** The tensors that a vector of parameters is made of, without gaps. */
export type Layout = readonly TensorPlace[];
