import { unknownName } from "../../arguments/index.ts";
import { type DType, type Expr, type Input, type Shape, showShape } from "../../expr/index.ts";
import { isResultShape, roleOf } from "./roles.ts";

/** A program to be fused: what goes in, by name, and what comes out. */
export interface Source {
  /** The type of the vectors. Scalars are always float64. */
  readonly dtype: DType;
  /**
   * Inputs that are vectors, all of one shape. It stands for any length: a kernel runs over vectors of every length,
   * unless a number was taken from the shape when the expressions were built (the derivative of a mean has one).
   */
  readonly vectors: readonly string[];
  /** Inputs that are single numbers. */
  readonly scalars: readonly string[];
  /**
   * Results. One with the name of an input is written in its place, after all results of that element are computed.
   * Their shape tells vectors from scalars.
   */
  readonly outputs: Readonly<Record<string, Expr>>;
}

/** Throws where expressions use what is not declared, what is declared clashes, or an operator is not element-wise. */
export function checkSource(source: Source, nodes: readonly Expr[], vectors: Shape | undefined): void {
  checkDistinct([...source.vectors, ...source.scalars]);
  for (const node of nodes) {
    if (node.kind === "input") checkDeclared(node, source);
    const role = roleOf(node, vectors);
    if (role.kind === "obstacle")
      throw new RangeError(`fuse: ${role.reason}. Evaluate it, or compile it to ONNX, instead`);
  }
  for (const [name, { shape }] of Object.entries(source.outputs)) checkOutput(name, shape, source, vectors);
}

function checkDistinct(names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new RangeError(`fuse: the input ${twice} is declared twice`);
}

function checkDeclared({ name, shape }: Input, { vectors, scalars }: Source): void {
  const [kind, names] = shape.length === 0 ? (["scalar", scalars] as const) : (["vector", vectors] as const);
  if (!names.includes(name)) throw new ReferenceError(unknownName(`fuse: the ${kind}`, name, names));
}

function checkOutput(name: string, shape: Shape, source: Source, vectors: Shape | undefined): void {
  const isScalar = shape.length === 0;
  if (!isResultShape(shape, vectors))
    throw new RangeError(
      `fuse: output ${name} has shape ${showShape(shape)}, unlike the vectors: ${showShape(vectors ?? [])}`,
    );
  if ((isScalar ? source.vectors : source.scalars).includes(name))
    throw new RangeError(
      `fuse: output ${name} is a ${isScalar ? "scalar" : "vector"}; the input of that name is a ${isScalar ? "vector" : "scalar"}`,
    );
}
