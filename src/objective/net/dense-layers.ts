import type { Layout } from "../../expr/layout.ts";
import type { Application, Expr } from "../../expr/node.ts";
import { inOrder } from "../../expr/program.ts";

/** A dense layer found in a net: x·W + b. */
export interface DenseLayer {
  readonly inputs: number;
  readonly units: number;
  /** Where its weights, and its biases if it has any, begin in the vector of all parameters. */
  readonly weights: number;
  readonly biases: number | undefined;
  /** x, [batch, inputs]. */
  readonly activations: Expr;
  /** x·W + b, [batch, units]. */
  readonly sums: Expr;
}

/** The dense layers of a net, in order. Throws a TypeError where a parameter is of no such layer. */
export function denseLayers(outputs: Expr, layout: Layout): DenseLayer[] {
  const nodes = inOrder([outputs]).filter((node) => node.kind === "apply");
  const places = new Map(layout.map((place) => [place.name, place]));
  const seen = new Set<string>();
  const offsetOf = (x: Expr, rank: number): number | undefined => {
    const place = x.kind === "input" && x.shape.length === rank ? places.get(x.name) : undefined;
    if (place !== undefined) seen.add(place.name);
    return place?.offset;
  };
  const layers: DenseLayer[] = [];
  for (const node of nodes) {
    const weights = isPlainProduct(node) ? offsetOf(node.inputs[1], 2) : undefined;
    if (weights === undefined) continue;
    const { sums, biases } = withBiases(node, nodes, offsetOf);
    const [inputs, units] = node.inputs[1].shape;
    layers.push({ inputs, units, weights, biases, activations: node.inputs[0], sums });
  }
  const other = layout.find(({ name }) => !seen.has(name));
  if (other !== undefined)
    throw new TypeError(`K-FAC knows dense layers; the parameter ${other.name} is not of one: take natural-gradient`);
  return layers;
}

const isPlainProduct = ({ operator, inputs: [x] }: Application): boolean =>
  operator.name === "matmul" &&
  operator.attributes.transposeA === 0 &&
  operator.attributes.transposeB === 0 &&
  x.shape.length === 2;

function withBiases(
  product: Application,
  nodes: readonly Application[],
  offsetOf: (x: Expr, rank: number) => number | undefined,
): Pick<DenseLayer, "sums" | "biases"> {
  const sum = nodes.find(({ operator, inputs }) => operator.name === "add" && inputs[0] === product);
  const biases = sum === undefined ? undefined : offsetOf(sum.inputs[1], 1);
  return sum === undefined || biases === undefined ? { sums: product, biases: undefined } : { sums: sum, biases };
}
