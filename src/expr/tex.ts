/** The precedence of a formula's outermost operator, loosest first. */
export const binding = { comparison: 1, sum: 2, product: 3, sign: 4, power: 5, atom: 6 } as const;

/** A TeX formula, and the precedence of its outermost operator. */
export interface Tex {
  readonly text: string;
  readonly binds: number;
}

export const atom = (text: string): Tex => ({ text, binds: binding.atom });

/** Adds parentheses if the formula binds less tightly than required. */
export const bracket = (x: Tex, binds: number): string => (x.binds < binds ? `\\left(${x.text}\\right)` : x.text);

/** The same after another operator, where a sign needs parentheses, too: a − (−b). */
export const operand = (x: Tex, binds: number): string => bracket(x, x.text.startsWith("-") ? binding.atom : binds);

/** A product, without a dot where that is unambiguous: β v, but 2 · 3. Upright words need a gap. */
export function product(a: string, b: string): string {
  if (/^\d/.test(b)) return `${a} \\cdot ${b}`;
  return (a + b).includes("\\mathrm") ? `${a} \\, ${b}` : `${a} ${b}`;
}

/** A function call: `\operatorname{sign}(x)`, or TeX's own command if it has one. */
export function callTex(name: string, inputs: readonly Tex[]): Tex {
  const known = ["exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arctan", "min", "max"].includes(name);
  return atom(
    `${known ? `\\${name}` : `\\operatorname{${name}}`}\\left(${inputs.map((x) => x.text).join(", ")}\\right)`,
  );
}
