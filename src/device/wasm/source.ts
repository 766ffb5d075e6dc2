import { unknownName } from "../../arguments/index.ts";
import { type DType, type Expr, type Input, type Shape, showShape } from "../../expr/index.ts";
import { isResultShape, roleOf } from "./roles.ts";

/** A program to fuse: its inputs by name, and its outputs. */
export interface Source {
  /** The type of the vectors. Scalars are always float64. */
  readonly dtype: DType;
  /**
   * Vector inputs, all of one shape. A kernel still runs over vectors of any length, unless the expressions contain a number
   * from that shape (as the derivative of a mean does).
   */
  readonly vectors: readonly string[];
  /** Scalar inputs. */
  readonly scalars: readonly string[];
  /**
   * Results. One with the name of an input overwrites it, after all results of that element are computed. Their shape
   * distinguishes vectors from scalars.
   */
  readonly outputs: Readonly<Record<string, Expr>>;
}

/** Throws if expressions use undeclared inputs, declarations clash, or an operator is not element-wise. */
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
