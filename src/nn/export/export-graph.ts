import type { Graph, GraphNode, Initializer } from "../../device/onnx/index.ts";

type Attributes = GraphNode["attributes"];

/** Collects the nodes and constants of an exported model. Names of its own begin with a word that no input begins with. */
export class ExportGraph {
  readonly nodes: GraphNode[] = [];
  readonly initializers: Initializer[] = [];
  readonly #prefix: string;
  #count = 0;

  /** @param taken the names of inputs and outputs */
  constructor(taken: readonly string[]) {
    let prefix = "net";
    while (taken.some((name) => name.startsWith(prefix))) prefix += "_";
    this.#prefix = prefix;
  }

  /** Appends a node, and returns the name of its output. */
  node(type: string, inputs: readonly string[], attributes: Attributes = {}, domain?: string): string {
    return this.named(this.#own(type), type, inputs, attributes, domain);
  }

  /** Appends a node whose output has a given name. */
  named(output: string, type: string, inputs: readonly string[], attributes: Attributes = {}, domain?: string): string {
    this.nodes.push({ type, inputs, output, attributes, ...(domain !== undefined && { domain }) });
    return output;
  }

  /** A constant; its name ends in `stem`. */
  constant(stem: string, { shape, data }: Omit<Initializer, "name">): string {
    const name = `${this.#prefix}/${stem}`;
    this.initializers.push({ name, shape, data });
    return name;
  }

  /** A float64 constant. */
  doubles(values: readonly number[], shape: readonly number[] = [values.length]): string {
    return this.constant(this.#next("constant"), { shape, data: Float64Array.from(values) });
  }

  /** An int64 constant. */
  int64s(values: readonly number[]): string {
    return this.constant(this.#next("ints"), { shape: [values.length], data: BigInt64Array.from(values, BigInt) });
  }

  /**
   * Appends another graph.
   *
   * @param given the tensors of this graph that stand for inputs of that one, by their names there
   * @returns the tensors of this graph that stand for its outputs, by their names there
   */
  embed(graph: Graph, given: Readonly<Record<string, string>>): Record<string, string> {
    const rename = (name: string): string => given[name] ?? `${this.#prefix}/${name}`;
    const lacking = graph.inputs.find(({ name }) => given[name] === undefined);
    if (lacking !== undefined) throw new Error(`export: nothing is given for ${lacking.name}`);
    for (const { name, ...rest } of graph.initializers) this.initializers.push({ ...rest, name: rename(name) });
    for (const { inputs, output, second, ...rest } of graph.nodes)
      this.nodes.push({
        ...{ ...rest, inputs: inputs.map(rename), output: rename(output) },
        ...(second !== undefined && { second: rename(second) }),
      });
    return Object.fromEntries(graph.outputs.map(({ name }) => [name, rename(name)]));
  }

  #own = (stem: string): string => `${this.#prefix}/${this.#next(stem)}`;

  #next(stem: string): string {
    this.#count++;
    return `raw_${stem}_${this.#count}`;
  }
}
