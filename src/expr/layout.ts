/** A tensor's position in the vector of all parameters. */
export interface TensorPlace {
  /** The tensor's name in the model. */
  readonly name: string;
  /** Its elements lie row by row. */
  readonly shape: readonly number[];
  /** The index of its first element. */
  readonly offset: number;
}

/** The tensors in a vector of parameters, one after the other. */
export type Layout = readonly TensorPlace[];
