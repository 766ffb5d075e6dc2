import { checkOptions } from "../../arguments/index.ts";
import type { Expr } from "../../expr/index.ts";
import { equal, gather, greater, less, mul, round, where } from "../../expr/operators/index.ts";
import { type Initializer, type InitializerName, normal } from "../initializers.ts";
import { type LayerBuilder, layer } from "../layer.ts";
import type { Written } from "../named.ts";

/** The parts of an embedding besides its sizes. */
export interface EmbeddingOptions {
  /** The initializer of the table. Default: normal with deviation 1, as in PyTorch. */
  readonly weights?: InitializerName | Initializer | Written;
}

/** The most indices: whole numbers above are not exact in float32. */
const MOST = 2 ** 24;

/**
 * A row of a table for each index (Bengio et al. 2003, § 2): from [batch, length], whole numbers from 0 to vocabulary − 1, to
 * [batch, length, dimensions]. The table is the tensor `weight`, [vocabulary, dimensions]. There is no row for any other number: training and
 * predictions refuse it before they start, and the reference interpreter, ONNX Runtime's CPU kernels and exported code when they meet it.
 */
export const embeddingKind = layer({
  kind: "embedding",
  title: "a row of weights for each index",
  options: ["vocabulary", "dimensions", "weights"],
  inputs: "row",
  outputs: null,
  read: (given) => {
    const vocabulary = given.count("vocabulary");
    if (vocabulary > MOST)
      throw new RangeError(
        `embedding: vocabulary is ${vocabulary}; it must be at most ${MOST}, as float32 has no larger indices`,
      );
    return { vocabulary, dimensions: given.count("dimensions"), weights: given.initializer("weights") ?? normal(1) };
  },
  build: ({ vocabulary, dimensions, weights }, [length]) => ({
    outputShape: [length, dimensions],
    parameters: { weight: { shape: [vocabulary, dimensions], initialize: weights } },
    state: {},
    multiplyAdds: 0,
    role: { kind: "indices", count: vocabulary, larger: (count) => `embedding:${count}:${dimensions}` },
    forward: (x, { weight }) => gather(weight, strict(x, vocabulary)),
  }),
});

/** Indices as they are, but what programs would take for another index, such as −1 and 0.5, becomes one that no table has. */
function strict(x: Expr, vocabulary: number): Expr {
  const isIndex = mul(equal(round(x), x), mul(greater(x, -1), less(x, vocabulary)));
  return where(isIndex, x, vocabulary);
}

/**
 * A row of a table for each index: from [batch, length], whole numbers from 0 to vocabulary − 1, to [batch, length, dimensions]. Throws a
 * RangeError or TypeError for a value that is not allowed.
 */
export function embedding(vocabulary: number, dimensions: number, options: EmbeddingOptions = {}): LayerBuilder {
  checkOptions("embedding", options, ["weights"], 'embedding(1000, 16, { weights: "uniform" })');
  return embeddingKind.with({ ...options, vocabulary, dimensions });
}
