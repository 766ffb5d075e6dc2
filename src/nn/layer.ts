import { isOptions, unknownName } from "../arguments/index.ts";
import { type Expr, type Shape, showShape } from "../expr/index.ts";
import type { Activation } from "./activations.ts";
import type { Initializer } from "./initializers.ts";
import { type Names, OptionReader, type PlainOptions } from "./option-reader.ts";

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
 * [inputs, units] and perhaps `bias` [units].
 * "identity" has no effect outside training, or only changes the shape. "other" is anything else.
 */
export type Role =
  | {
      readonly kind: "dense";
      readonly activation: Activation;
      /** x·W + b, [batch, units], from the layer's own tensors. */
      sums(x: Expr, w: Tensors): Expr;
    }
  | { readonly kind: "identity" }
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
  /** For methods that work layer by layer, such as K-FAC. */
  readonly role: Role;
  /** x is [batch, ...inputShape]. Returns the outputs, with new values of the state if there is one. */
  forward(x: Expr, w: Tensors, pass: Pass & { readonly state: Tensors }): Expr | Passed;
}

/** A kind of layer: one file in `layers/`, or one of your own. */
export interface LayerSpec<O> {
  /** The name in JSON and texts, such as "dense". */
  readonly kind: string;
  /** Its formula, or a few words on what it computes. */
  readonly title: string;
  /** The names of all options, in the order in which a text gives them: `dense:64:relu`. */
  readonly options: readonly string[];
  /** Whether an example must be a vector or an image, [channels, height, width], may have any shape, or keeps its shape. */
  readonly inputs: "row" | "image" | "any shape" | "passed on";
  /** The option for the number of outputs, which the data set decides if the layer is a net's last. */
  readonly outputs: string | null;
  /** Reads and checks the options, one by one. Throws a RangeError or TypeError for what is not allowed. */
  read(given: OptionReader): O;
  /** Plans the layer for examples of this shape. Throws a RangeError if the shape does not fit. */
  build(options: O, inputShape: Shape): Plan;
}

/** A kind of layer; `with` makes a layer from options. */
export interface LayerKind extends Pick<LayerSpec<never>, "kind" | "title" | "options" | "inputs" | "outputs"> {
  /** The layer with these options, plain data or functions. Throws a RangeError or TypeError for what is not allowed. */
  with(options: object, names?: Names): LayerBuilder;
}

/** A layer with its options, before the shape of its inputs is known. */
export interface LayerBuilder {
  /** The kind of layer. */
  readonly kind: LayerKind;
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

/** Makes a kind of layer from its specification; its `with` makes layers. */
export function layer<O>(spec: LayerSpec<O>): LayerKind {
  const { kind, title, options, inputs, outputs } = spec;
  const own: LayerKind = {
    ...{ kind, title, options, inputs, outputs },
    with: (given, names) => {
      const reader = new OptionReader(kind, given, options, names);
      const read = spec.read(reader);
      const builder: LayerBuilder = {
        kind: own,
        plain: (among) => reader.plain(among),
        build: (inputShape, name) => {
          checkShape(`${name} (${kind})`, inputs, inputShape);
          return placed(name, builder, inputShape, spec.build(read, inputShape));
        },
      };
      return builder;
    },
  };
  return own;
}

/** What a layer needs, and what to do about an example of another shape. */
const NEEDS = {
  row: { rank: 1, words: "a vector is needed; put flatten() before it" },
  image: {
    rank: 3,
    words: "an image is needed, [channels, height, width]; give images, and put flatten() after this layer",
  },
} as const;

function checkShape(where: string, needed: LayerSpec<never>["inputs"], inputShape: Shape): void {
  if (needed !== "row" && needed !== "image") return;
  const { rank, words } = NEEDS[needed];
  if (inputShape.length === rank) return;
  throw new RangeError(`${where}: an example has shape ${showShape(inputShape)} here, but ${words}`);
}

function placed(name: string, builder: LayerBuilder, inputShape: Shape, plan: Plan): Layer {
  const { outputShape, multiplyAdds, role } = plan;
  const long = (short: string): string => `${name}_${short}`;
  const all = (tensors: Readonly<Record<string, Tensor>>): Parameter[] =>
    Object.entries(tensors).map(([short, { shape, initialize }]) =>
      Object.freeze({ name: long(short), shape, initialize }),
    );
  const own = (tensors: Readonly<Record<string, Tensor>>, from: Tensors): Tensors =>
    Object.fromEntries(Object.keys(tensors).map((short) => [short, from[long(short)]]));
  const layer: Layer = {
    ...{ name, builder, inputShape, outputShape, multiplyAdds, role },
    parameters: all(plan.parameters),
    state: all(plan.state),
    own: (w) => own(plan.parameters, w),
    forward: (w, state, x, pass) => {
      const before = own(plan.state, state);
      const passed = plan.forward(x, own(plan.parameters, w), { ...pass, state: before });
      if (!("outputs" in passed)) return { outputs: passed, state: renamed(before, long) };
      const other = Object.keys(passed.state).find((short) => !Object.hasOwn(plan.state, short));
      if (other !== undefined)
        throw new RangeError(unknownName(`${name} (${builder.kind.kind}): a state`, other, Object.keys(plan.state)));
      return { outputs: passed.outputs, state: renamed({ ...before, ...passed.state }, long) };
    },
  };
  return Object.freeze(layer);
}

const renamed = (tensors: Tensors, name: (short: string) => string): Tensors =>
  Object.fromEntries(Object.entries(tensors).map(([short, tensor]) => [name(short), tensor]));

/** Whether a value is a layer and not plain data. */
export const isLayerBuilder = (given: unknown): given is LayerBuilder => isOptions(given) && "build" in given;
