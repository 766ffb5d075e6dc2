import { type Application, type Expr, ints, type Shape, sameShape, sizeOf } from "../../../expr/index.ts";
import type { GraphBuilder } from "../graph.ts";
import { divides, fourAxes, inBlocks, isPerChannel, laidOf } from "./geometry.ts";
import { kernelDerivative, type Laying } from "./kernel-derivative.ts";
import { bordersBack, spreadOut } from "./kernels.ts";
import { isMask, isSummedProduct, OVER_PLACES } from "./postponed.ts";
import { meanOrSum, productSum } from "./sums.ts";
import { appended, asTheyAre, plus, plusTensor, rectified, times, type Weighted } from "./weighted.ts";

/** Names of values in the usual layout. */
export interface PlainNames {
  get(node: Expr): string | undefined;
  set(node: Expr, name: string): void;
}

/**
 * Lowers images, [batch, channels, height, width], to ONNX Runtime's layout in blocks of channels, in which its convolutions are 1.5
 * times as fast or more. A convolution starts it; what follows stays in it as far as it can. Only the runtime that computes may see such
 * a graph: its operators are internal.
 */
export class BlockedLowering {
  readonly #graph: GraphBuilder;
  readonly #block: number;
  readonly #plain: PlainNames;
  readonly #users: ReadonlyMap<Expr, readonly Expr[]>;
  readonly #blocked = new Map<Expr, string>();
  readonly #pending = new Map<Expr, Weighted>();
  /** Products, and conditions, that are computed with what uses them. */
  readonly #postponed = new Set<Expr>();

  constructor(graph: GraphBuilder, block: number, plain: PlainNames, users: ReadonlyMap<Expr, readonly Expr[]>) {
    this.#graph = graph;
    this.#block = block;
    this.#plain = plain;
    this.#users = users;
  }

  /** Whether it takes over the node. */
  take(node: Expr): boolean {
    if (node.kind !== "apply" || node.dtype !== "f32" || sizeOf(node.shape) === 0) return false;
    const { name } = node.operator;
    if (name === "conv2d") return this.#convolution(node);
    if (name === "conv2dImages") return this.#images(node);
    if (name === "conv2dKernels") return this.#kernels(node);
    if (name === "maxPool") return this.#pool(node);
    if (name === "sum" || name === "mean") return this.#reduction(node);
    return node.operator.lanes !== null && this.#elementwise(node);
  }

  /** The node's name in the usual layout. */
  plain(node: Expr): string {
    const known = this.#plain.get(node);
    if (known !== undefined) return known;
    const channels = { channels: { int: node.shape[1] } };
    const name = this.#graph.internal("ReorderOutput", [this.#blockedName(node)], channels);
    this.#plain.set(node, name);
    return name;
  }

  #isBlocked(node: Expr): boolean {
    return this.#blocked.has(node) || this.#pending.has(node);
  }

  /** The node's name in blocks; from the usual layout it is converted once. */
  #blockedName(node: Expr): string {
    const known = this.#blocked.get(node);
    if (known !== undefined) return known;
    const pending = this.#pending.get(node);
    const name =
      pending !== undefined
        ? appended(this.#graph, pending, this.#block)
        : this.#graph.internal("ReorderInput", [this.#plain.get(node) ?? ""], {});
    this.#pending.delete(node);
    this.#blocked.set(node, name);
    return name;
  }

  #convolution(node: Application): boolean {
    const [x, w] = node.inputs;
    const own = laidOf(node);
    const inputs = x.shape[1];
    const b = this.#block;
    if (own.groups !== 1 || !divides(node, b) || (inputs >= b && inputs % b !== 0)) return false;
    const { kernel, stride, dilation, before, after } = own;
    this.#pending.set(node, {
      ...asTheyAre(inputs < b ? this.plain(x) : this.#blockedName(x), node.shape[1]),
      kernels: { w: this.plain(w), shape: w.shape, turned: false },
      settings: {
        ...{ kernel_shape: ints(kernel), strides: ints(stride), dilations: ints(dilation), group: { int: 1 } },
        pads: ints([...before, ...after]),
      },
    });
    return true;
  }

  #images(node: Application): boolean {
    const [y, w] = node.inputs;
    const own = laidOf(node);
    if (own.groups !== 1 || !divides(node, this.#block) || !divides(y, this.#block)) return false;
    const [before, after] = bordersBack(own, y.shape, node.shape);
    if ([...before, ...after].some((n) => n < 0)) return false;
    const { kernel, dilation } = own;
    this.#pending.set(node, {
      ...asTheyAre(spreadOut(this.#graph, this.#blockedName(y), y.shape, own, this.#block), node.shape[1]),
      kernels: { w: this.plain(w), shape: w.shape, turned: true },
      settings: {
        ...{ kernel_shape: ints(kernel), strides: ints([1, 1]), dilations: ints(dilation), group: { int: 1 } },
        pads: ints([...before, ...after]),
      },
    });
    return true;
  }

  /** Kernels of one element are a matrix product, which needs no help. */
  #kernels(node: Application): boolean {
    const [x, y] = node.inputs;
    const own = laidOf(node);
    if (own.groups !== 1 || sizeOf(own.kernel) < 4 || y.shape[1] % this.#block !== 0 || x.shape[0] === 0) return false;
    const laying = (tensor: Expr, mayBeBlocked = true): Laying => {
      const isBlocked = this.#isBlocked(tensor) && mayBeBlocked;
      return { isBlocked, name: isBlocked ? this.#blockedName(tensor) : this.plain(tensor) };
    };
    const shapes = { x: x.shape, y: y.shape, w: node.shape };
    const parts = { x: laying(x, own.dilation[1] === 1), y: laying(y) };
    this.#plain.set(node, kernelDerivative(this.#graph, own, parts, shapes, this.#block));
    return true;
  }

  #pool(node: Application): boolean {
    const [x] = node.inputs;
    const { kernel, stride, dilation, before, after } = laidOf(node);
    if (!this.#isBlocked(x) || dilation.some((step) => step !== 1)) return false;
    const settings = { kernel_shape: ints(kernel), strides: ints(stride), pads: ints([...before, ...after]) };
    this.#blocked.set(node, this.#graph.internal("MaxPool", [this.#blockedName(x)], settings));
    return true;
  }

  #reduction(node: Application): boolean {
    const [x] = node.inputs;
    const axes = String(node.operator.attributes.axes);
    if (this.#postponed.has(x) && x.kind === "apply") {
      const [a, b = a] = x.inputs;
      const names = [a, b].map((factor) => this.#blockedName(factor));
      this.#plain.set(node, productSum(this.#graph, node, names, x.shape));
      return true;
    }
    if (!this.#isBlocked(x) || !OVER_PLACES.has(axes)) return false;
    this.#plain.set(node, meanOrSum(this.#graph, node, this.#blockedName(x), this.#block));
    return true;
  }

  #elementwise(node: Application): boolean {
    if (!divides(node, this.#block)) return false;
    if (!node.inputs.some((x) => this.#isBlocked(x) || this.#postponed.has(x))) return false;
    if (isMask(node, this.#usersOf(node)) || isSummedProduct(node, this.#usersOf(node))) {
      this.#postponed.add(node);
      return true;
    }
    const weighted = this.#weighted(node);
    if (weighted !== undefined) this.#pending.set(node, weighted);
    else this.#blocked.set(node, this.#computed(node));
    return true;
  }

  #usersOf(node: Expr): readonly Expr[] {
    return this.#users.get(node) ?? [];
  }

  /** The sum, product or relu as part of a convolution; undefined where it is none. */
  #weighted(node: Application): Weighted | undefined {
    const [a, b] = node.inputs;
    const graph = this.#graph;
    const channels = node.shape[1];
    const perChannel = (x: Expr): string => graph.node("Reshape", [this.plain(x), graph.ints([channels])]);
    const isWhole = (x: Expr): boolean => sameShape(x.shape, node.shape);
    switch (node.operator.name) {
      case "relu":
        return this.#absorbed(a, rectified);
      case "sub":
        if (!isWhole(a) || !isPerChannel(b, channels)) return undefined;
        return plus(graph, this.#open(a), graph.node("Neg", [perChannel(b)]));
      case "mul":
      case "add": {
        const [whole, other] = isWhole(a) ? [a, b] : [b, a];
        if (isWhole(other)) return node.operator.name === "add" ? this.#sum(whole, other) : undefined;
        if (!isPerChannel(other, channels)) return undefined;
        const apply = node.operator.name === "add" ? plus : times;
        const value = perChannel(other);
        return apply(graph, this.#open(whole), value) ?? apply(graph, this.#asItIs(whole), value);
      }
      default:
        return undefined;
    }
  }

  /** One of two tensors becomes the sum within the other's convolution. */
  #sum(a: Expr, b: Expr): Weighted | undefined {
    const into = (of: Expr, other: Expr): Weighted | undefined =>
      this.#absorbed(of, (pending) => plusTensor(pending, this.#blockedName(other)));
    return into(b, a) ?? into(a, b);
  }

  /** What is pending for a node that nothing else uses, changed. */
  #absorbed(node: Expr, change: (pending: Weighted) => Weighted | undefined): Weighted | undefined {
    const pending = this.#pending.get(node);
    return pending === undefined || this.#usersOf(node).length !== 1 ? undefined : change(pending);
  }

  #open(node: Expr): Weighted {
    return this.#absorbed(node, (pending) => pending) ?? this.#asItIs(node);
  }

  #asItIs(node: Expr): Weighted {
    return asTheyAre(this.#blockedName(node), node.shape[1]);
  }

  /** The node on blocked inputs, as it is lowered on others; where one broadcasts, all have their five axes. */
  #computed(node: Application): string {
    const { inputs, shape } = node;
    const graph = this.#graph;
    if (inputs.every((x) => sameShape(x.shape, shape) || sizeOf(x.shape) === 1))
      return this.#applied(node, (x) => (sizeOf(x.shape) === 1 ? this.plain(x) : this.#blockedName(x)));
    const result = this.#applied(node, (x) => this.#withFiveAxes(x, shape));
    return graph.node("Reshape", [result, graph.ints(shape)]);
  }

  /** The operator's own nodes; relu's derivative is a product with 0 or 1, since Where runs on one thread. */
  #applied(node: Application, nameOf: (x: Expr) => string): string {
    const graph = this.#graph;
    const [condition, , d] = node.inputs;
    if (!this.#postponed.has(condition) || condition.kind !== "apply")
      return graph.lower(node, node.inputs.map(nameOf));
    const zero = graph.constant({ shape: [], data: Float64Array.of(0) }, "f32");
    const isOn = graph.node("Greater", [nameOf(condition.inputs[0]), zero]);
    return graph.node("Mul", [nameOf(d), graph.node("Cast", [isOn], { to: { int: 1 } })]);
  }

  #withFiveAxes(x: Expr, shape: Shape): string {
    const graph = this.#graph;
    if (sizeOf(x.shape) === 1) return this.plain(x);
    const [batch, channels, height, width] = fourAxes(x.shape);
    const five = graph.ints(
      channels === 1 ? [batch, 1, height, width, 1] : inBlocks([batch, channels, height, width], this.#block),
    );
    if (sameShape(x.shape, shape)) return graph.node("Reshape", [this.#blockedName(x), five]);
    if (channels === 1 || height * width === 1) return graph.node("Reshape", [this.plain(x), five]);
    const four = graph.node("Reshape", [this.plain(x), graph.ints([batch, channels, height, width])]);
    return graph.node("Reshape", [graph.internal("ReorderInput", [four], {}), five]);
  }
}
