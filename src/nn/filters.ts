import { sizeOf, type TensorPlace } from "../expr/index.ts";
import type { Layer, Parameter, Role } from "./layer.ts";
import { layersOf, layoutOf, type Model, stateLayoutOf } from "./model.ts";

/**
 * A parameter tensor's place in w, and its filters: the weights of one output channel of a convolution, of one unit of a dense layer, of
 * one row of an embedding.
 */
export interface FilteredTensor extends TensorPlace {
  /** The axis along which the filters are counted; undefined for biases, and for the scales and offsets of normalisation, which have none. */
  readonly axis: number | undefined;
}

/** A tensor of running means in the state. */
export interface RunningTensor extends TensorPlace {
  /** running ← (1 − rate)·running + rate·batch. */
  readonly rate: number;
}

/**
 * All parameter tensors in the model's order, with their filters as the layers' roles tell them. Of tensors of other layers, and of a custom
 * function, those with at least two axes have a filter for each index of the last axis, which initializers take for the outputs.
 */
export function filteredTensors(model: Model): FilteredTensor[] {
  const known = new Map((layersOf(model) ?? []).flatMap((layer) => axesIn(layer)));
  return layoutOf(model).map((place) => ({
    ...place,
    axis: known.has(place.name) ? known.get(place.name) : lastOf(place),
  }));
}

/**
 * The state's tensors, each with the rate at which batches move it.
 *
 * @throws TypeError for a state that is not made of running means
 */
export function runningTensors(model: Model): RunningTensor[] {
  const rates = new Map((layersOf(model) ?? []).flatMap((layer) => ratesIn(layer)));
  return stateLayoutOf(model).map((place) => {
    const rate = rates.get(place.name);
    if (rate !== undefined) return { ...place, rate };
    throw new TypeError(
      `${model.name}: ${place.name} is not known to be a running mean, so it cannot be measured anew`,
    );
  });
}

type Axes = readonly (readonly [name: string, axis: number | undefined])[];

/** @param outer begins the names of the tensors of a layer within others, such as `layer3_` */
const axesIn = (layer: Layer, outer = ""): Axes =>
  inside(layer, outer, axesIn) ??
  layer.parameters.map((tensor) => [`${outer}${tensor.name}`, axisOf(layer.role, tensor)] as const);

type Rates = readonly (readonly [name: string, rate: number])[];

function ratesIn(layer: Layer, outer = ""): Rates {
  const { role, state } = layer;
  const own = role.kind === "normalization" && role.rate !== undefined ? role.rate : undefined;
  return (
    inside(layer, outer, ratesIn) ??
    (own === undefined ? [] : state.map(({ name }) => [`${outer}${name}`, own] as const))
  );
}

/** The same of the layers that a layer is made of; undefined if it is made of none. */
const inside = <T>({ role, name }: Layer, outer: string, of: (layer: Layer, outer: string) => readonly T[]) =>
  role.kind === "nested" ? role.chains.flat().flatMap((each) => of(each, `${outer}${name}_`)) : undefined;

function axisOf(role: Role, tensor: Parameter): number | undefined {
  if (role.kind === "normalization" || tensor.shape.length < 2) return undefined;
  return role.kind === "convolution" || role.kind === "indices" ? 0 : lastOf(tensor);
}

const lastOf = ({ shape }: Pick<Parameter, "shape">): number | undefined =>
  shape.length < 2 ? undefined : shape.length - 1;

/** One filter's elements in w: `begin + row·stride + i` for each row and i < length. */
export interface Filter {
  readonly begin: number;
  readonly rows: number;
  readonly stride: number;
  readonly length: number;
}

/** The filters of a tensor; none if it has no axis for them. */
export function filtersOf({ shape, offset, axis }: FilteredTensor): Filter[] {
  if (axis === undefined) return [];
  const [rows, count, length] = [sizeOf(shape.slice(0, axis)), shape[axis], sizeOf(shape.slice(axis + 1))];
  return Array.from({ length: count }, (_, j) => ({
    begin: offset + j * length,
    rows,
    stride: count * length,
    length,
  }));
}
