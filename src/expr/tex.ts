/** How tightly the outermost operator of a formula binds, loosest first. */
export const binding = { comparison: 1, sum: 2, product: 3, sign: 4, power: 5, atom: 6 } as const;

/** Typeset mathematics, and how tightly its outermost operator binds. */
export interface Tex {
  readonly text: string;
  readonly binds: number;
}

export const atom = (text: string): Tex => ({ text, binds: binding.atom });

/** The formula in parentheses where it binds less tightly than its place asks. */
export const bracket = (x: Tex, binds: number): string => (x.binds < binds ? `\\left(${x.text}\\right)` : x.text);

/** The same for a place after another operator: a sign there is put in parentheses, a − (−b). */
export const operand = (x: Tex, binds: number): string => bracket(x, x.text.startsWith("-") ? binding.atom : binds);

/** A product without a dot, where it can be told apart: β v, but 2 · 3. Upright words need a gap. */
export function product(a: string, b: string): string {
  if (/^\d/.test(b)) return `${a} \\cdot ${b}`;
  return (a + b).includes("\\mathrm") ? `${a} \\, ${b}` : `${a} ${b}`;
}

/** A function by name: `\operatorname{sign}(x)`; names that TeX knows are its own. */
export function callTex(name: string, inputs: readonly Tex[]): Tex {
  const known = ["exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arctan", "min", "max"].includes(name);
  return atom(
    `${known ? `\\${name}` : `\\operatorname{${name}}`}\\left(${inputs.map((x) => x.text).join(", ")}\\right)`,
  );
}
