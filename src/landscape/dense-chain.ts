import { type Application, type Expr, type Input, input } from "../expr/node.ts";
import { inOrder } from "../expr/program.ts";
import { quoteList } from "../expr/quote.ts";
import { sameShape, sizeOf } from "../expr/shape.ts";
import { layoutOf, type Model, parameterInputs, stateInputs } from "../nn/index.ts";
import { type Parity, parityOf } from "./parity.ts";

/** A dense layer's place in the vector w of all parameters. */
export interface DensePlace {
  readonly inputs: number;
  readonly units: number;
  /** Where its weights begin: [inputs, units], row by row. */
  readonly weights: number;
  /** Where its biases begin, one for each unit; undefined where it has none. */
  readonly biases: number | undefined;
}

/** Dense layers one after the other, with nothing between them but functions of single numbers. */
export interface DenseChain {
  readonly layers: readonly DensePlace[];
  /** How the function after each layer but the last answers to a turned sign. */
  readonly parities: readonly (Parity | undefined)[];
}

/** A layer as it stands in the expression: activation(x·W + b) has the sums x·W + b. */
interface Found {
  readonly x: Expr;
  readonly sums: Expr;
  readonly weights: Input;
  readonly biases: Input | undefined;
}

/** Any number of examples will do but 1, which an operator could stretch. */
const BATCH = 2;

/**
 * Takes a model apart into dense layers, from its outputs down. Throws a TypeError where it is no chain of them: where a
 * parameter is of another kind of layer or used twice, where a connection skips a layer, or where something between two
 * layers treats units differently.
 */
export function denseChain(model: Model): DenseChain {
  const places = new Map(layoutOf(model).map((place) => [place.name, place.offset]));
  const found: Found[] = [];
  const parities: (Parity | undefined)[] = [];
  for (let above = outputsOf(model); ; above = found[0].x) {
    const layer = layerBelow(model, above, places);
    if (layer === undefined) break;
    if (found.length > 0) {
      checkBetween(model, above, layer.sums);
      parities.unshift(parityOf(above, layer.sums));
    }
    found.unshift(layer);
  }
  const used = found.flatMap(({ weights, biases }) => [weights.name, ...(biases === undefined ? [] : [biases.name])]);
  const other = [...places.keys()].find((name) => used.filter((each) => each === name).length !== 1);
  if (other !== undefined)
    throw noChain(model, used.includes(other) ? `${other} is used twice` : `${other} is of another kind`);
  const layers = found.map(({ weights, biases }): DensePlace => {
    const [inputs, units] = weights.shape;
    return { inputs, units, weights: placeOf(places, weights) ?? 0, biases: placeOf(places, biases) };
  });
  return { layers, parities };
}

function outputsOf(model: Model): Expr {
  const mask = (): never => {
    throw new Error(`${model.name}: a mask was asked for outside training`);
  };
  const inputs = input("batch_inputs", [BATCH, ...model.inputShape]);
  const pass = { training: false, mask };
  return model.forward(parameterInputs(model, "f64"), stateInputs(model, "f64"), inputs, pass).outputs;
}

/** The dense layer whose sums an expression is made of; none where it is made of the net's inputs alone. */
function layerBelow(model: Model, above: Expr, places: ReadonlyMap<string, number>): Found | undefined {
  const [layers, leaves] = [new Set<Found>(), new Set<string>()];
  const seen = new Set<Expr>();
  const waiting = [above];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    const layer = layerAt(node, places);
    if (layer !== undefined) layers.add(layer);
    else if (node.kind === "apply") waiting.push(...node.inputs);
    else if (node.kind === "input") leaves.add(node.name);
  }
  const parameter = [...leaves].find((name) => places.has(name));
  if (parameter !== undefined) throw noChain(model, `${parameter} is of another kind`);
  if (layers.size + leaves.size > 1) throw noChain(model, "a connection skips a layer");
  return [...layers][0];
}

/** x·W or x·W + b with parameters W and b. */
function layerAt(node: Expr, places: ReadonlyMap<string, number>): Found | undefined {
  const isParameter = (x: Expr, rank: number): x is Input =>
    x.kind === "input" && x.shape.length === rank && places.has(x.name);
  if (node.kind !== "apply") return undefined;
  const [a, b] = node.inputs;
  if (isPlainProduct(node) && isParameter(b, 2)) return { x: a, sums: node, weights: b, biases: undefined };
  if (node.operator.name !== "add") return undefined;
  const [product, biases] = isParameter(a, 1) ? [b, a] : [a, b];
  if (!isParameter(biases, 1) || product.kind !== "apply") return undefined;
  const weights = product.inputs[1];
  if (!isPlainProduct(product) || !isParameter(weights, 2) || weights.shape[1] !== biases.shape[0]) return undefined;
  return { x: product.inputs[0], sums: node, weights, biases };
}

const isPlainProduct = ({ operator, shape }: Application): boolean =>
  operator.name === "matmul" &&
  operator.attributes.transposeA === 0 &&
  operator.attributes.transposeB === 0 &&
  shape.length === 2;

/** What stands between a layer's sums and the next layer must do the same to each unit, on its own. */
function checkBetween(model: Model, above: Expr, sums: Expr): void {
  const below = new Set(inOrder([sums]));
  for (const node of inOrder([above]).filter((each) => !below.has(each))) {
    const alike =
      node.kind === "apply"
        ? node.operator.lanes !== null || (node.operator.name === "reshape" && sameShape(node.shape, sums.shape))
        : sizeOf(node.shape) === 1;
    if (!alike) {
      const culprit = node.kind === "apply" ? node.operator.name : `numbers of shape ${quoteList(node.shape)}`;
      throw noChain(model, `${culprit} between two layers may treat units differently`);
    }
  }
}

const placeOf = (places: ReadonlyMap<string, number>, parameter: Input | undefined): number | undefined =>
  parameter === undefined ? undefined : places.get(parameter.name);

const noChain = ({ name }: Model, reason: string): TypeError =>
  new TypeError(`${name}: units can change places in a chain of dense layers; ${reason}`);
