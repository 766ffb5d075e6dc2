import type { Constant, Expr } from "../node.ts";
import { input } from "../node.ts";
import type { Shape } from "../shape.ts";
import { atom, binding, type Tex } from "../tex.ts";
import type { Statement } from "./ast.ts";
import { bind } from "./binder.ts";
import { compose } from "./compose.ts";
import { nameTex } from "./letters.ts";
import { freeNames, type Names, scopeOf } from "./statements.ts";

/** The expression as TeX, for math mode. Throws a RangeError if it would exceed a million characters. */
export const tex = (expr: Expr): string => compose(expr, write).text;

/**
 * Assignments as TeX, one formula each: `v \leftarrow \beta v + g`. Names that were assigned before appear as themselves.
 * Names that the scope lacks are treated as scalars.
 */
export function texStatements(statements: readonly Statement[], names: Names = {}): string[] {
  const scope = new Map<string, Expr>(freeNames(statements).map((name) => [name, input(name)]));
  for (const [name, value] of scopeOf(names)) scope.set(name, input(name, value.shape, value.dtype));
  return statements.map(({ source, name, value }) => {
    const expr = bind(value, scope, source);
    if (name === null) return tex(expr);
    scope.set(name, input(name, expr.shape, expr.dtype));
    return `${nameTex(name).text} \\leftarrow ${tex(expr)}`;
  });
}

function write(node: Expr, inputs: readonly Tex[]): Tex {
  switch (node.kind) {
    case "input":
      return nameTex(node.name);
    case "constant":
      return constantTex(node);
    case "apply":
      return node.operator.tex(inputs, node);
  }
}

/** Arrays of up to this many elements are written out; of larger ones only the shape is shown. */
const LARGEST_MATRIX = 16;

function constantTex({ shape, value: { data } }: Constant): Tex {
  if (shape.length === 0) return numberTex(data[0]);
  if (shape.length > 2 || data.length > LARGEST_MATRIX || data.length === 0)
    return atom(`\\mathbf{C}_{${shape.join(" \\times ")}}`);
  const rows = rowsOf(shape, data).map((row) => Array.from(row, (x) => numberTex(x).text).join(" & "));
  return atom(`\\begin{bmatrix}${rows.join(" \\\\ ")}\\end{bmatrix}`);
}

function rowsOf(shape: Shape, data: Float64Array): Float64Array[] {
  const [count, width] = shape.length === 1 ? [1, shape[0]] : shape;
  return Array.from({ length: count }, (_, i) => data.subarray(i * width, (i + 1) * width));
}

/** 1e-8 is 10⁻⁸, 2.5e-8 is 2.5·10⁻⁸. */
function numberTex(value: number): Tex {
  if (Number.isNaN(value)) return atom("\\mathrm{NaN}");
  const [digits, exponent] = String(Math.abs(value)).replace("Infinity", "\\infty").split("e");
  const power = exponent === undefined ? "" : `10^{${Number(exponent)}}`;
  const text = power === "" ? digits : digits === "1" ? power : `${digits} \\cdot ${power}`;
  if (value < 0 || Object.is(value, -0)) return { text: `-${text}`, binds: binding.sign };
  return { text, binds: power === "" ? binding.atom : digits === "1" ? binding.power : binding.product };
}
