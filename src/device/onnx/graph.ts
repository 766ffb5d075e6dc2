import {
  type DType,
  type Expr,
  int,
  type NDArray,
  type OnnxAttribute,
  type OnnxGraph,
  onnxType,
  type Shape,
  sameShape,
  sizeOf,
  zeros,
} from "../../expr/index.ts";
import { compositions } from "./rewrites/compositions.ts";

/** A tensor that enters or leaves a graph. */
export interface Port {
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: DType;
}

/** An ONNX operator; a standard one, unless it names another domain. */
export interface GraphNode {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly output: string;
  /** A second output, where it is used: the indices of maxima. */
  readonly second?: string;
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
  /** The domain of an operator that is not in the standard's own: "ai.onnx.ml", or the runtime's own for images in blocks. */
  readonly domain?: string;
}

/** A constant tensor in the model. */
export interface Initializer {
  readonly name: string;
  readonly shape: Shape;
  readonly data: Float32Array | Float64Array | BigInt64Array;
}

/** A tensor program as an ONNX graph: its nodes are in an order in which they can be computed. */
export interface Graph {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly nodes: readonly GraphNode[];
  readonly initializers: readonly Initializer[];
  /** Roughly the number of elementary operations, to distinguish small programs from large ones. */
  readonly work: number;
  /** Whether any value is float64, including intermediate ones. */
  readonly hasFloat64: boolean;
}

/** A tensor of booleans or indices, cast to a float tensor when needed. */
interface Uncast {
  readonly raw: string;
  readonly kind: "condition" | "indices";
  readonly dtype: DType;
}

/** The domain of ONNX Runtime's operators on images in blocks of channels. */
export const NCHWC = "com.microsoft.nchwc";

const INT64 = 7;
const BOOL = 9;

const isFloat64 = (to: OnnxAttribute): boolean => "int" in to && to.int === onnxType.f64;

/** Collects the nodes and constants that operators append. It names values after their operator. */
export class GraphBuilder implements OnnxGraph {
  readonly nodes: GraphNode[] = [];
  readonly #initializers = new Map<string, Initializer>();
  readonly #arrays = new Map<Float64Array, number>();
  readonly #uncast = new Map<string, Uncast>();
  readonly #cast = new Set<string>();
  readonly #taken: Set<string>;
  readonly #lacking: ReadonlySet<string>;
  readonly #counts = new Map<string, number>();
  /** The outputs of nodes, by all that they depend on. */
  readonly #known = new Map<string, string>();
  readonly #shapes = new Map<string, Shape>();
  /** What a reshaped value was before. */
  readonly #unshaped = new Map<string, string>();
  readonly #ints = new Map<string, readonly number[]>();
  readonly #types = new Set<DType>();
  #dtype: DType = "f64";

  /**
   * @param taken the names of inputs and outputs
   * @param lacking what the runtime lacks
   */
  constructor(taken: Iterable<string>, lacking: ReadonlySet<string> = new Set()) {
    this.#taken = new Set(taken);
    this.#lacking = lacking;
  }

  lacks(what: string): boolean {
    return this.#lacking.has(what);
  }

  /** Whether a lowered or intermediate value is float64. */
  get hasFloat64(): boolean {
    return (
      this.#types.has("f64") || this.nodes.some(({ type, attributes: { to } }) => type === "Cast" && isFloat64(to))
    );
  }

  get initializers(): Initializer[] {
    return [...this.#initializers.values()];
  }

  /** Appends the nodes for one expression and returns the name of its value. */
  lower(expr: Expr, inputs: readonly string[]): string {
    this.#dtype = expr.dtype;
    this.#types.add(expr.dtype);
    if (expr.kind === "input") return expr.name;
    if (expr.kind === "constant") return this.constant(expr.value, expr.dtype);
    // Empty tensors need no computing, and some kernels would fail on them.
    if (sizeOf(expr.shape) === 0) return this.constant(zeros(expr.shape), expr.dtype);
    return expr.operator.onnx(this, inputs, expr);
  }

  /** A node with one output; the same node once, and a reshape only where it changes the shape. */
  node(type: string, inputs: readonly string[], attributes: Readonly<Record<string, OnnxAttribute>> = {}): string {
    const numbers = inputs.map((name) => this.asNumbers(name));
    if (this.lacks(type) && Object.hasOwn(compositions, type)) return compositions[type](this, numbers, attributes);
    return type === "Reshape" ? this.#reshape(numbers, attributes) : this.#once({ type, inputs: numbers, attributes });
  }

  /** Notes the shape of a value, so that it is not brought into this shape again. Returns its name. */
  shaped(name: string, shape: Shape): string {
    this.#shapes.set(name, shape);
    return name;
  }

  /** Appends a node that only ONNX Runtime itself has, for a layout of its own. It must not get into files. */
  internal(type: string, inputs: readonly string[], attributes: GraphNode["attributes"]): string {
    return this.#once({ type, inputs: inputs.map((name) => this.asNumbers(name)), attributes, domain: NCHWC });
  }

  second(type: string, inputs: readonly string[], attributes: GraphNode["attributes"] = {}): string {
    const [output, second] = [this.#name(type), this.#name("indices")];
    this.nodes.push({ type, inputs: inputs.map((name) => this.asNumbers(name)), output, second, attributes });
    return second;
  }

  ints(values: readonly number[]): string {
    const data = BigInt64Array.from(values, BigInt);
    const name = this.#initializer(`ints ${values}`, { name: "ints", shape: [values.length], data });
    this.#ints.set(name, values);
    return name;
  }

  number(value: number): string {
    return this.constant({ shape: [], data: Float64Array.of(value) }, this.#dtype);
  }

  numbers(values: readonly number[]): string {
    return this.constant({ shape: [values.length], data: Float64Array.from(values) }, this.#dtype);
  }

  /** A constant tensor; equal small ones are stored once. */
  constant({ shape, data }: NDArray, dtype: DType): string {
    const numbers = data.length > 16 ? this.#identity(data) : Array.from(data, (x) => (Object.is(x, -0) ? "-0" : x));
    const value = { name: "constant", shape, data: dtype === "f32" ? new Float32Array(data) : data };
    return this.#initializer(`${dtype} [${shape}] ${numbers}`, value);
  }

  /** A float32 tensor of ones. */
  ones(shape: Shape): string {
    const data = new Float32Array(sizeOf(shape)).fill(1);
    return this.#initializer(`ones [${shape}]`, { name: "ones", shape, data });
  }

  condition(name: string): string {
    const known = this.#uncast.get(name);
    return known?.kind === "condition" ? known.raw : this.node("Cast", [name], { to: int(BOOL) });
  }

  fromCondition(raw: string): string {
    return this.#later({ raw, kind: "condition", dtype: this.#dtype });
  }

  indices(name: string): string {
    const known = this.#uncast.get(name);
    return known?.kind === "indices" ? known.raw : this.node("Cast", [name], { to: int(INT64) });
  }

  fromIndices(raw: string): string {
    return this.#later({ raw, kind: "indices", dtype: this.#dtype });
  }

  /** The name of the value as a float tensor; a condition or an index is cast once. */
  asNumbers(name: string): string {
    const known = this.#uncast.get(name);
    if (known === undefined || this.#cast.has(name)) return name;
    this.#cast.add(name);
    this.nodes.push({
      type: "Cast",
      inputs: [known.raw],
      output: name,
      attributes: { to: int(onnxType[known.dtype]) },
    });
    return name;
  }

  #later(value: Uncast): string {
    const name = this.#name(value.kind);
    this.#uncast.set(name, value);
    return name;
  }

  /** The output of a node that was appended before, or is appended now. */
  #once(node: Omit<GraphNode, "output" | "second">): string {
    const key = `${node.type} ${node.inputs} ${JSON.stringify(node.attributes)} ${node.domain ?? ""}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const output = this.#name(node.type);
    this.#known.set(key, output);
    this.nodes.push({ ...node, output });
    return output;
  }

  /** A value in another shape, from what it was before it was ever reshaped. */
  #reshape([given, target]: readonly string[], attributes: GraphNode["attributes"]): string {
    const shape = this.#ints.get(target);
    // A length of 0 may stand for that of the value itself.
    if (shape === undefined || shape.includes(0))
      return this.#once({ type: "Reshape", inputs: [given, target], attributes });
    const value = this.#unshaped.get(given) ?? given;
    const own = this.#shapes.get(value);
    if (own !== undefined && sameShape(own, shape)) return value;
    const output = this.#once({ type: "Reshape", inputs: [value, target], attributes: {} });
    this.#unshaped.set(output, value);
    return output;
  }

  /** Large arrays are compared by identity. */
  #identity(data: Float64Array): string {
    const id = this.#arrays.get(data) ?? this.#arrays.size;
    this.#arrays.set(data, id);
    return `array ${id}`;
  }

  #initializer(key: string, value: Initializer): string {
    const known = this.#initializers.get(key);
    if (known !== undefined) return known.name;
    const name = this.#name(value.name);
    this.#initializers.set(key, { ...value, name });
    return name;
  }

  /** An unused name: the stem plus a number. */
  #name(stem: string): string {
    const count = (this.#counts.get(stem) ?? 0) + 1;
    this.#counts.set(stem, count);
    const name = `${stem}_${count}`;
    return this.#taken.has(name) ? this.#name(stem) : name;
  }
}
