import { type Application, type Expr, evaluate, inOrder, input, program } from "../expr/index.ts";
import { cast, mul, reshape, slice } from "../expr/operators/index.ts";

/**
 * An update, split between the processor and a device: what depends on scalars alone is computed in float64 before a step, and the rest in
 * float32 on the device, which gets those scalars that it needs in one vector.
 */
export class SplitUpdate {
  readonly #scalars: readonly string[];
  readonly #name: string;
  readonly #parts: SplitPart[] = [];
  #taken: readonly Expr[] = [];
  #kept: readonly Expr[] = [];
  #values: readonly number[] = [];

  /**
   * @param scalars the names of the update's scalars
   * @param name the name of the vector that goes up
   */
  constructor(scalars: readonly string[], name: string) {
    this.#scalars = scalars;
    this.#name = name;
  }

  /** Adds the results for a part of w; there, scalars are multiplied by factors. */
  part(outputs: Readonly<Record<string, Expr>>, factors: Readonly<Record<string, number>>): SplitPart {
    const part = new SplitPart(outputs, this.#scalars, factors);
    this.#parts.push(part);
    return part;
  }

  /** Ends adding parts, and finds the scalars that go up: equal ones once. */
  close(): void {
    const wanted = this.#parts.flatMap(({ taken }) => taken);
    const kept = this.#parts.flatMap((part) => part.kept);
    const merged = program([...wanted, ...kept]).outputs;
    this.#taken = [...new Set(merged.slice(0, wanted.length))];
    this.#kept = merged.slice(wanted.length);
    const vector = input(this.#name, [this.#taken.length], "f32");
    const places = new Map(
      wanted.map((x, i) => {
        const at = this.#taken.indexOf(merged[i]);
        return [x, reshape(slice(vector, { starts: [at], ends: [at + 1] }), [])] as const;
      }),
    );
    for (const part of this.#parts) part.place(places);
  }

  /** The vector that goes up, from the scalars' values in their order. */
  values(numbers: Float64Array): Float32Array {
    const feeds = Object.fromEntries(this.#scalars.map((name, i) => [name, numbers[i]]));
    this.#values = evaluate([...this.#taken, ...this.#kept], feeds).map(({ data }) => data[0]);
    const kept = this.#values.slice(this.#taken.length);
    for (const part of this.#parts) part.keep(kept.splice(0, part.kept.length));
    return Float32Array.from(this.#values.slice(0, this.#taken.length));
  }
}

/** The results for one part of w. */
export class SplitPart {
  readonly #outputs: Readonly<Record<string, Expr>>;
  /** Nodes that depend on scalars alone, with their factors. */
  readonly #host = new Map<Expr, Expr>();
  #places: ReadonlyMap<Expr, Expr> = new Map();
  #values: readonly number[] = [];
  readonly #keptNames: readonly string[];

  constructor(
    outputs: Readonly<Record<string, Expr>>,
    scalars: readonly string[],
    factors: Readonly<Record<string, number>>,
  ) {
    this.#outputs = outputs;
    for (const node of inOrder(Object.values(outputs))) {
      const own = this.#onHost(node, scalars, factors);
      if (own !== undefined) this.#host.set(node, own);
    }
    this.#keptNames = Object.keys(outputs).filter((name) => this.#host.has(outputs[name]));
  }

  /** The scalars that the device needs. */
  get taken(): Expr[] {
    const taken = new Set<Expr>();
    for (const node of inOrder(Object.values(this.#outputs)))
      if (node.kind === "apply" && !this.#host.has(node))
        for (const x of node.inputs) {
          const own = this.#host.get(x);
          if (own !== undefined && x.kind !== "constant") taken.add(own);
        }
    return [...taken];
  }

  /** Results that depend on scalars alone. */
  get kept(): Expr[] {
    return this.#keptNames.flatMap((name) => this.#host.get(this.#outputs[name]) ?? []);
  }

  /** Where the scalars that the device needs lie in the vector that goes up. */
  place(places: ReadonlyMap<Expr, Expr>): void {
    this.#places = places;
  }

  /** The values of `kept`. */
  keep(values: readonly number[]): void {
    this.#values = values;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#outputs, name);
  }

  /** Whether the device computes this result. */
  isOnDevice(name: string): boolean {
    return this.has(name) && !this.#keptNames.includes(name);
  }

  /** The last value of a result that depends on scalars alone; undefined for any other. */
  value(name: string): number | undefined {
    return this.#values[this.#keptNames.indexOf(name)];
  }

  /** A result in float32, from vectors on the device. */
  on(name: string, vectors: ReadonlyMap<string, Expr>): Expr {
    const moved = new Map<Expr, Expr>();
    const at = (x: Expr): Expr => {
      const own = this.#host.get(x);
      const placed = own && this.#places.get(own);
      return placed ?? moved.get(x) ?? cast(x, "f32");
    };
    for (const node of inOrder([this.#outputs[name]]))
      if (node.kind === "input") moved.set(node, vectors.get(node.name) ?? node);
      else if (node.kind === "apply" && !this.#host.has(node)) moved.set(node, inFloat32(node, node.inputs.map(at)));
    return at(this.#outputs[name]);
  }

  /** The node with its factors, if it depends on scalars alone. */
  #onHost(node: Expr, scalars: readonly string[], factors: Readonly<Record<string, number>>): Expr | undefined {
    if (node.kind === "constant") return node;
    if (node.kind === "input") {
      if (!scalars.includes(node.name)) return undefined;
      const factor = factors[node.name] ?? 1;
      return factor === 1 ? node : mul(node, factor);
    }
    if (node.shape.length > 0) return undefined;
    const inputs = node.inputs.flatMap((x) => this.#host.get(x) ?? []);
    return inputs.length === node.inputs.length ? { ...node, inputs } : undefined;
  }
}

/** The node on float32 inputs; a cast from one float type to the other is nothing there. */
const inFloat32 = (node: Application, inputs: readonly Expr[]): Expr =>
  node.operator.name === "cast" ? inputs[0] : { ...node, inputs, dtype: "f32", untyped: false };
