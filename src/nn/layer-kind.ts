import { isOptions } from "../arguments/index.ts";
import type { Expr, Shape } from "../expr/index.ts";
import type { Activation } from "./activations.ts";
import type { Initializer } from "./initializers.ts";

/** A tensor's shape and its initializer. */
export interface Tensor {
  /** The lengths of its axes. */
  readonly shape: Shape;
  /** Draws its initial values. */
  readonly initialize: Initializer;
}

/** A tensor that training changes. */
export interface Parameter extends Tensor {
  /** Unique in the net, such as `layer1_weight`. */
  readonly name: string;
}

/** The pass that a layer takes part in. */
export interface Pass {
  /** Whether this is training, where dropout is on. */
  readonly training: boolean;
  /** A tensor of independent factors: 0 with probability `rate`, else 1/(1 − rate). New for each batch. */
  mask(shape: Shape, rate: number): Expr;
}

/** Tensors by name. */
export type Tensors = Readonly<Record<string, Expr>>;

/** The results of a pass. */
export interface Passed {
  /** [batch, ...outputShape]. */
  readonly outputs: Expr;
  /** The state after it, by name: new values in training, else unchanged. */
  readonly state: Tensors;
}

/**
 * What a layer means to code that analyses a net. "dense" is x·W + b and then an activation, with the tensors `weight`
 * [inputs, units] and perhaps `bias` [units]. "convolution" has the tensors `weight` [filters, …] and perhaps `bias` [filters].
 * "normalization" only scales and shifts with its tensors what it has normalised; with a `rate` its state consists of running means
 * over batches: running ← (1 − rate)·running + rate·batch.
 * "identity" has no effect outside training, or only changes the shape. "nested" is made of chains of layers that all take its inputs; their names are local to it.
 * "indices" looks rows up by its inputs, whole numbers from 0 to `count` − 1, and `larger` writes the layer that takes more. "other" is anything else.
 */
export type Role =
  | {
      readonly kind: "dense";
      readonly activation: Activation;
      /** x·W + b, [batch, units], from the layer's own tensors. */
      sums(x: Expr, w: Tensors): Expr;
    }
  | { readonly kind: "convolution" }
  | { readonly kind: "normalization"; readonly rate?: number }
  | { readonly kind: "identity" }
  | { readonly kind: "nested"; readonly chains: readonly (readonly Layer[])[] }
  | { readonly kind: "indices"; readonly count: number; larger(count: number): string }
  | { readonly kind: "other" };

/** A layer of some kind for inputs of a given shape. Its tensors have local names, such as `weight`. */
export interface Plan {
  /** The shape of one example's outputs. */
  readonly outputShape: Shape;
  /** Tensors that training changes by their gradients. */
  readonly parameters: Readonly<Record<string, Tensor>>;
  /** Tensors that training changes without a gradient, such as running means. */
  readonly state: Readonly<Record<string, Tensor>>;
  /** Multiply-adds for one example, without the activation. */
  readonly multiplyAdds: number;
  /** The fewest examples that it can learn from in a batch. Default: 1. */
  readonly leastBatch?: number;
  /** For methods that work layer by layer, such as K-FAC. */
  readonly role: Role;
  /** x is [batch, ...inputShape]. Returns the outputs, with new values of the state if there is one. */
  forward(x: Expr, w: Tensors, pass: Pass & { readonly state: Tensors }): Expr | Passed;
}

/** What an example must be: a vector, an image, [channels, height, width], of any shape, or of any shape that stays as it is. */
export type InputNeed = "row" | "image" | "any shape" | "passed on";

/** The parts that options refer to by name. */
export interface Names {
  readonly activations: Readonly<Record<string, Activation>>;
  readonly initializers: Readonly<Record<string, Initializer>>;
  /** The kinds of layers within layers; without them such layers are given by functions, not as plain data. */
  readonly layers?: Readonly<Record<string, LayerKind>>;
}

/** Options in a form that JSON can hold. */
export type PlainOptions = Readonly<Record<string, unknown>>;

/** A kind of layer; `with` makes a layer from options. */
export interface LayerKind {
  /** The name in JSON and texts, such as "dense". */
  readonly kind: string;
  /** Its formula, or a few words on what it computes. */
  readonly title: string;
  /** The names of all options, in the order in which a text gives them: `dense:64:relu`. */
  readonly options: readonly string[];
  /** The option for the number of outputs, which the data set decides if the layer is a net's last. */
  readonly outputs: string | null;
  /**
   * The layer with these options, plain data or functions. Throws a RangeError or TypeError for what is not allowed.
   *
   * @param level the number of layers that it is within; 0 for a net's own
   */
  with(options: object, names?: Names, level?: number): LayerBuilder;
}

/** A layer with its options, before the shape of its inputs is known. */
export interface LayerBuilder {
  /** The kind of layer. */
  readonly kind: LayerKind;
  /** What an example must be. */
  readonly inputs: InputNeed;
  /** The levels of layers within it: 0 for a layer that has none. */
  readonly levels: number;
  /** Its options in a form that JSON can hold. Throws a TypeError for a function without a name. */
  plain(names: Names): PlainOptions;
  /**
   * The layer for examples of this shape; `name` distinguishes its tensors from those of other layers. Throws a
   * RangeError if the shape does not fit.
   */
  build(inputShape: Shape, name: string): Layer;
}

/** A layer within a net. Its tensors have the net's names, such as `layer1_weight`. */
export interface Layer {
  /** Its place in the net, such as `layer1`. */
  readonly name: string;
  /** Its kind and options. */
  readonly builder: LayerBuilder;
  /** The shape of one example's inputs. */
  readonly inputShape: Shape;
  /** The shape of one example's outputs. */
  readonly outputShape: Shape;
  /** Tensors that training changes by their gradients. */
  readonly parameters: readonly Parameter[];
  /** Tensors that training changes without a gradient, such as running means. */
  readonly state: readonly Parameter[];
  /** Multiply-adds for one example, without the activation. */
  readonly multiplyAdds: number;
  /** The fewest examples that it can learn from in a batch. */
  readonly leastBatch: number;
  /** For methods that work layer by layer, such as K-FAC. */
  readonly role: Role;
  /** Its own tensors by their local names, from those of the net. */
  own(w: Tensors): Tensors;
  /**
   * From x, [batch, ...inputShape], to the outputs, [batch, ...outputShape], and the layer's new state, by the net's
   * names.
   */
  forward(w: Tensors, state: Tensors, x: Expr, pass: Pass): Passed;
}

/** Whether a value is a layer and not plain data. */
export const isLayerBuilder = (given: unknown): given is LayerBuilder => isOptions(given) && "build" in given;
