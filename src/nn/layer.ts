import { unknownName } from "../arguments/index.ts";
import { type Shape, showShape } from "../expr/index.ts";
import { inPlace } from "./in-place.ts";
import type { InputNeed, Layer, LayerBuilder, LayerKind, Parameter, Plan, Tensor, Tensors } from "./layer-kind.ts";
import { OptionReader } from "./option-reader.ts";

export type {
  InputNeed,
  Layer,
  LayerBuilder,
  LayerKind,
  Names,
  Parameter,
  Pass,
  Passed,
  Plan,
  Role,
  Tensor,
  Tensors,
} from "./layer-kind.ts";

/** A kind of layer: one file in `layers/`, or one of your own. */
export interface LayerSpec<O> extends Omit<LayerKind, "with"> {
  /** What an example must be; a function of the options for a layer made of layers, which stands after `read`. */
  readonly inputs: InputNeed | ((options: O) => InputNeed);
  /** Reads and checks the options, one by one. Throws a RangeError or TypeError for what is not allowed. */
  read(given: OptionReader): O;
  /** Plans the layer for examples of this shape. Throws a RangeError if the shape does not fit. */
  build(options: O, inputShape: Shape): Plan;
}

/** Makes a kind of layer from its specification; its `with` makes layers. */
export function layer<O>(spec: LayerSpec<O>): LayerKind {
  const { kind, title, options, inputs, outputs } = spec;
  const own: LayerKind = {
    ...{ kind, title, options, outputs },
    with: (given, names, level) => {
      const reader = new OptionReader(kind, { given, allowed: options }, names, level);
      const read = spec.read(reader);
      const builder: LayerBuilder = {
        kind: own,
        inputs: typeof inputs === "function" ? inputs(read) : inputs,
        levels: reader.levels,
        plain: (among) => reader.plain(among),
        build: (inputShape, name) => {
          // A layer made of layers leaves it to these.
          if (typeof inputs !== "function") checkShape(`${name} (${kind})`, inputs, inputShape);
          return inPlace(name, () => placed(name, builder, inputShape, spec.build(read, inputShape)));
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

function checkShape(where: string, needed: InputNeed, inputShape: Shape): void {
  if (needed !== "row" && needed !== "image") return;
  const { rank, words } = NEEDS[needed];
  if (inputShape.length === rank) return;
  throw new RangeError(`${where}: an example has shape ${showShape(inputShape)} here, but ${words}`);
}

function placed(name: string, builder: LayerBuilder, inputShape: Shape, plan: Plan): Layer {
  const { outputShape, multiplyAdds, leastBatch = 1, role } = plan;
  const long = (short: string): string => `${name}_${short}`;
  const all = (tensors: Readonly<Record<string, Tensor>>): Parameter[] =>
    Object.entries(tensors).map(([short, { shape, initialize }]) =>
      Object.freeze({ name: long(short), shape, initialize }),
    );
  const own = (tensors: Readonly<Record<string, Tensor>>, from: Tensors): Tensors =>
    Object.fromEntries(Object.keys(tensors).map((short) => [short, from[long(short)]]));
  const layer: Layer = {
    ...{ name, builder, inputShape, outputShape, multiplyAdds, leastBatch, role },
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
