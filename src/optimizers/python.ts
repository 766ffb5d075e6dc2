import { type Ast, partsOf, type Statement } from "../expr/index.ts";

/** The language's functions that a rule can use, and PyTorch's names for them. */
const functions: Readonly<Record<string, string>> = {
  abs: "torch.abs",
  sign: "torch.sign",
  floor: "torch.floor",
  ceil: "torch.ceil",
  round: "torch.round",
  mod: "torch.remainder",
  clip: "torch.clamp",
  sqrt: "torch.sqrt",
  exp: "torch.exp",
  expm1: "torch.expm1",
  log: "torch.log",
  log1p: "torch.log1p",
  ln: "torch.log",
  sin: "torch.sin",
  cos: "torch.cos",
  tan: "torch.tan",
  asin: "torch.asin",
  acos: "torch.acos",
  atan: "torch.atan",
  atan2: "torch.atan2",
  sinh: "torch.sinh",
  cosh: "torch.cosh",
  tanh: "torch.tanh",
  sigmoid: "torch.sigmoid",
  softplus: "torch.nn.functional.softplus",
  erf: "torch.erf",
  erfc: "torch.erfc",
  relu: "torch.relu",
  min: "torch.minimum",
  max: "torch.maximum",
  where: "torch.where",
  sum: "torch.sum",
  mean: "torch.mean",
  norm: "torch.linalg.vector_norm",
  maxOf: "torch.amax",
  matmul: "torch.matmul",
  transpose: "torch.t",
};

const numbers: Readonly<Record<string, string>> = {
  inf: "math.inf",
  nan: "math.nan",
  pi: "math.pi",
  π: "math.pi",
  e: "math.e",
};

/** Python's keywords that a rule can use as names. */
const KEPT = new Set(["lambda", "in", "is", "as", "if", "or", "and", "not", "for", "del", "from", "pass", "with"]);

/** A name of the language as a name of Python. */
export const pythonName = (name: string): string => (KEPT.has(name) ? `${name}_` : name);

/** An assignment as a line of Python over tensors. Every name is a tensor; numbers have shape []. */
export const pythonLine = ({ name, value }: Statement): string => `${pythonName(name ?? "_")} = ${python(value)}`;

/** An expression in Python. Throws a RangeError for a function that has no counterpart. */
export function python(ast: Ast): string {
  switch (ast.kind) {
    case "number":
      return String(ast.value);
    case "name":
      return numbers[ast.name] ?? pythonName(ast.name);
    case "negation":
      return `-${python(ast.operand)}`;
    case "chain":
      return [python(ast.first), ...ast.links.map(({ symbol, operand }) => link(symbol, python(operand)))].join("");
    case "group":
      return `(${python(ast.inner)})`;
    case "list":
      return `[${ast.items.map(python).join(", ")}]`;
    case "call": {
      if (!Object.hasOwn(functions, ast.name) || ast.settings.length > 0)
        throw new RangeError(`${ast.name} with these arguments has no known counterpart in PyTorch`);
      return `${functions[ast.name]}(${ast.operands.map(tensor).join(", ")})`;
    }
  }
}

/** Spaces around sums, none around products and powers, as in the formula. */
const link = (symbol: string, operand: string): string =>
  symbol === "^" ? `**${operand}` : symbol === "*" ? `*${operand}` : ` ${symbol} ${operand}`;

/** PyTorch's functions take only tensors, so an argument without names becomes one. */
const tensor = (ast: Ast): string => (hasNames(ast) ? python(ast) : `number(${python(ast)})`);

const hasNames = (ast: Ast): boolean =>
  (ast.kind === "name" && !Object.hasOwn(numbers, ast.name)) || partsOf(ast).some(hasNames);
