/** An attribute of an ONNX node, with the type that ONNX gives it. */
export type OnnxAttribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly ints: readonly number[] }
  | { readonly floats: readonly number[] }
  | { readonly string: string }
  | { readonly strings: readonly string[] };

/**
 * The graph under construction, as operators see it: they append standard ONNX nodes and get names back. Values are
 * identified by name; every tensor of the language is a float tensor (f32 or f64), and booleans stay bool until they are
 * needed as 0 and 1.
 */
export interface OnnxGraph {
  /**
   * Whether the runtime that will compute it lacks a type of node, `INDICES_OF_MAXIMA` or `UNEVEN_CHANNELS`. Nodes that others can replace one by one are
   * replaced by themselves.
   */
  lacks(what: string): boolean;
  /** Appends a node with one output. */
  node(type: string, inputs: readonly string[], attributes?: Readonly<Record<string, OnnxAttribute>>): string;
  /** Appends a node with two outputs and returns the name of the second, a tensor of indices. */
  second(type: string, inputs: readonly string[], attributes?: Readonly<Record<string, OnnxAttribute>>): string;
  /** A 1-d int64 constant: shapes, axes, starts. */
  ints(values: readonly number[]): string;
  /** A scalar constant of the type of the node that is being lowered. */
  number(value: number): string;
  /** A 1-d constant of the type of the node that is being lowered. */
  numbers(values: readonly number[]): string;
  /** The values as int64 indices. */
  indices(name: string): string;
  /** A tensor of indices, cast to the node's type. */
  fromIndices(name: string): string;
  /** The value as bool: true where it is not 0. */
  condition(name: string): string;
  /** Declares a bool tensor, which is cast to 0 and 1 where a number is needed. */
  fromCondition(name: string): string;
}

/** The second output of `MaxPool`, which a runtime may lack where it has the first. */
export const INDICES_OF_MAXIMA = "MaxPool indices";

/**
 * A right `Conv` where the number of input channels is a multiple of 3 above 3, but not of 4; and with groups of 4 output channels or more
 * whose size is not divisible by 4 where the number of all is, or odd where that is even. And a right `ConvTranspose` with groups of one
 * output channel and an even number of input channels.
 */
export const UNEVEN_CHANNELS = "convolution of uneven channels";

/** A whole number as an attribute of an ONNX node. */
export const int = (value: number): OnnxAttribute => ({ int: value });
/** Whole numbers as an attribute of an ONNX node. */
export const ints = (values: readonly number[]): OnnxAttribute => ({ ints: values });
