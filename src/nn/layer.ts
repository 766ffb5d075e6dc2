import { isOptions, unknownName } from "../arguments/index.ts";
import { type Expr, type Shape, showShape } from "../expr/index.ts";
import type { Activation } from "./activations.ts";
import type { Initializer } from "./initializers.ts";
import { type Names, OptionReader, type PlainOptions } from "./option-reader.ts";

/** A tensor's shape, and what it is at first. */
export interface Tensor {
  readonly shape: Shape;
  readonly initialize: Initializer;
}

/** A tensor that training changes. */
export interface Parameter extends Tensor {
  readonly name: string;
}

/** What a layer may ask of the pass that it takes part in. */
export interface Pass {
  /** In training, dropout is on. */
  readonly training: boolean;
  /** A tensor of independent factors: 0 with probability `rate`, else 1/(1 − rate). Drawn anew for every batch. */
  mask(shape: Shape, rate: number): Expr;
}

/** Tensors by name. */
export type Tensors = Readonly<Record<string, Expr>>;

/** What comes out of a pass. */
export interface Passed {
  readonly outputs: Expr;
  /** The state after it, by name: new values after a pass of training, else the same. */
  readonly state: Tensors;
}

/**
 * What a layer is to those that take a net apart: x·W + b and then an activation, with the tensors `weight` [inputs, units]
 * and, where it has them, `bias` [units]; nothing outside of training, or the same numbers in another shape; anything else.
 */
export type Role =
  | { readonly kind: "dense"; readonly activation: Activation; sums(x: Expr, w: Tensors): Expr }
  | { readonly kind: "identity" }
  | { readonly kind: "other" };

/** A layer of a kind, for inputs of a shape. Its tensors have names of their own, such as `weight`. */
export interface Plan {
  readonly outputShape: Shape;
  readonly parameters: Readonly<Record<string, Tensor>>;
  /** Tensors that training changes without a gradient, such as running means. */
  readonly state: Readonly<Record<string, Tensor>>;
  /** Products with a sum, for one example; what an activation takes does not count. */
  readonly multiplyAdds: number;
  readonly role: Role;
  /** x is [batch, ...inputShape]. Outputs alone, or with new values of the state where there is one. */
  forward(x: Expr, w: Tensors, pass: Pass & { readonly state: Tensors }): Expr | Passed;
}

/** A kind of layer: one file in `layers/`, or one of your own. */
export interface LayerSpec<O> {
  readonly kind: string;
  /** What it computes, in a few words. */
  readonly title: string;
  /** The names of all options, in the order in which a text gives them: `dense:64:relu`. */
  readonly options: readonly string[];
  /** Whether an example must be a row of numbers, may have any shape, or passes as it is. */
  readonly inputs: "row" | "any shape" | "passed on";
  /** The option that a data set decides where the layer is a net's last: how many outputs there are. */
  readonly outputs: string | null;
  read(given: OptionReader): O;
  build(options: O, inputShape: Shape): Plan;
}

/** A kind of layer that can be given options. */
export interface LayerKind extends Pick<LayerSpec<never>, "kind" | "title" | "options" | "inputs" | "outputs"> {
  /** The layer with these options, plain data or functions. Throws a RangeError or TypeError for what is not allowed. */
  with(options: object, names?: Names): LayerBuilder;
}

/** A layer with its options, before it knows what comes in. */
export interface LayerBuilder {
  readonly kind: LayerKind;
  /** Its options as JSON holds them. Throws a TypeError for a function that has no name there. */
  plain(names: Names): PlainOptions;
  /** `name` tells its tensors from those of other layers. */
  build(inputShape: Shape, name: string): Layer;
}

/** A layer in its place in a net. Its tensors' names are the net's, such as `layer1_weight`. */
export interface Layer {
  readonly name: string;
  readonly builder: LayerBuilder;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly parameters: readonly Parameter[];
  readonly state: readonly Parameter[];
  readonly multiplyAdds: number;
  readonly role: Role;
  /** Its own parameters, by the names that the layer has for them, from the net's. */
  own(w: Tensors): Tensors;
  forward(w: Tensors, state: Tensors, x: Expr, pass: Pass): Passed;
}

/** Makes a kind of layer from what it reads and computes. */
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
          if (inputs === "row" && inputShape.length !== 1)
            throw new RangeError(
              `${name} (${kind}): an example has shape ${showShape(inputShape)} here, and a row is needed; put flatten() before it`,
            );
          return placed(name, builder, inputShape, spec.build(read, inputShape));
        },
      };
      return builder;
    },
  };
  return own;
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

/** Whether it can stand among a net's layers as it is. */
export const isLayerBuilder = (given: unknown): given is LayerBuilder => isOptions(given) && "build" in given;
