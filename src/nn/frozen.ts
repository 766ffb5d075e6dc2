import {
  constant,
  type DType,
  type Expr,
  type Layout,
  selectTensors,
  sizeOf,
  type Vector,
  zerosLike,
} from "../expr/index.ts";
import { SettingError, setting } from "../files/index.ts";
import type { Layer, Tensors } from "./layer.ts";
import { builtByLayers, layersOf, layoutOf, type Model } from "./model.ts";

/** A model of which some parameters stay as they are. */
export interface Frozen {
  /** The whole model. */
  readonly whole: Model;
  /** The same function of the other parameters alone: those that are frozen are constants in it. */
  readonly trained: Model;
  /** The names of the frozen parameters, in the model's order. */
  readonly names: readonly string[];
  /** The frozen parameters' values, one after the other. */
  readonly values: Vector;
  /** All parameters, from those that are trained. */
  join(trained: Vector): Vector;
  /** Those that are trained, from all. */
  cut(all: ArrayLike<number>): Float64Array;
}

/**
 * The parameters that names of layers and parameters stand for. Throws a RangeError for an unknown name, with the nearest, and where
 * no parameter would be left to train.
 */
export function frozenLayout(model: Model, freeze: readonly string[]): Layout {
  const layout = layoutOf(model);
  const chosen = new Set(freeze.flatMap((name) => selectTensors("freeze: layer or parameter", name, layout)));
  if (chosen.size === layout.length)
    throw new SettingError(
      `${setting("--freeze", "freeze")}: it names all parameters of ${model.name}, so there would be nothing to train`,
    );
  return layout.filter((tensor) => chosen.has(tensor));
}

/**
 * Freezes parameters. A frozen layer's state, such as running means, stays as it is, too.
 *
 * @param freeze layers and parameters by name
 * @param values the frozen parameters' values, one after the other
 */
export function frozen(model: Model, freeze: readonly string[], values: Vector, dtype: DType): Frozen {
  const layout = frozenLayout(model, freeze);
  const names = new Set(layout.map(({ name }) => name));
  const rest = layoutOf(model).filter(({ name }) => !names.has(name));
  const fixed = constantsOf(layout, values, dtype);
  return {
    whole: model,
    trained: withConstants(model, fixed, freeze),
    names: [...names],
    values,
    join: (trained) => {
      const all = zerosLike(trained, trained.length + values.length);
      scatter(trained, rest, all);
      scatter(values, layout, all);
      return all;
    },
    cut: (all) => gather(all, rest),
  };
}

/** The values of some tensors, one after the other, from the vector of all. */
export function gather(all: ArrayLike<number>, layout: Layout): Float64Array {
  const values = layout.flatMap(({ shape, offset }) =>
    Array.from({ length: sizeOf(shape) }, (_, i) => all[offset + i]),
  );
  return Float64Array.from(values);
}

/** Puts values that stand one after the other into the places of their tensors. */
function scatter(values: Vector, layout: Layout, all: Vector): void {
  let at = 0;
  for (const { shape, offset } of layout) {
    const size = sizeOf(shape);
    all.set(values.subarray(at, at + size), offset);
    at += size;
  }
}

function constantsOf(layout: Layout, values: Vector, dtype: DType): Tensors {
  let at = 0;
  const entries = layout.map(({ name, shape }): [string, Expr] => {
    const own = values.subarray(at, at + sizeOf(shape));
    at += own.length;
    return [name, constant(Float64Array.from(own), dtype, shape)];
  });
  return Object.fromEntries(entries);
}

/** The model with constants in place of some parameters. */
function withConstants(model: Model, fixed: Tensors, freeze: readonly string[]): Model {
  const isStill = (name: string): boolean => freeze.some((each) => name === each || name.startsWith(`${each}_`));
  const trained: Model = {
    ...model,
    parameters: model.parameters.filter(({ name }) => !Object.hasOwn(fixed, name)),
    forward: (w, state, inputs, pass) => {
      const passed = model.forward({ ...w, ...fixed }, state, inputs, pass);
      const kept = Object.entries(state).filter(([name]) => isStill(name));
      return { ...passed, state: { ...passed.state, ...Object.fromEntries(kept) } };
    },
  };
  const layers = layersOf(model)?.map((layer) => layerWith(layer, fixed));
  return layers === undefined ? trained : builtByLayers({ ...trained, layers });
}

/** The layer itself if all of its parameters are trained; else one that no method takes for a dense layer. */
function layerWith(layer: Layer, fixed: Tensors): Layer {
  const parameters = layer.parameters.filter(({ name }) => !Object.hasOwn(fixed, name));
  if (parameters.length === layer.parameters.length) return layer;
  return {
    ...layer,
    parameters,
    role: layer.role.kind === "dense" ? { kind: "other" } : layer.role,
    own: (w) => layer.own({ ...w, ...fixed }),
    forward: (w, state, x, pass) => layer.forward({ ...w, ...fixed }, state, x, pass),
  };
}
