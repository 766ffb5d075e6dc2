/** A tensor's position in the vector of all parameters. */
export interface TensorPlace {
  readonly name: string;
  readonly shape: readonly number[];
  /** The index of its first element. */
  readonly offset: number;
}

/** The tensors in a vector of parameters, one after the other. */
export type Layout = readonly TensorPlace[];
