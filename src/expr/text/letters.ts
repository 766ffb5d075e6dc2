import { atom, type Tex } from "../tex.ts";

const GREEK = new Map(
  Object.entries({
    alpha: "α",
    beta: "β",
    gamma: "γ",
    delta: "δ",
    epsilon: "ε",
    zeta: "ζ",
    eta: "η",
    theta: "θ",
    iota: "ι",
    kappa: "κ",
    lambda: "λ",
    mu: "μ",
    nu: "ν",
    xi: "ξ",
    pi: "π",
    rho: "ρ",
    sigma: "σ",
    tau: "τ",
    upsilon: "υ",
    phi: "φ",
    chi: "χ",
    psi: "ψ",
    omega: "ω",
    Gamma: "Γ",
    Delta: "Δ",
    Theta: "Θ",
    Lambda: "Λ",
    Xi: "Ξ",
    Pi: "Π",
    Sigma: "Σ",
    Phi: "Φ",
    Psi: "Ψ",
    Omega: "Ω",
  }),
);

/** Words with their own symbol: Greek letters, spelled out or not, and two abbreviations from programs. */
const SYMBOLS: ReadonlyMap<string, string> = new Map([
  ...[...GREEK].flatMap(([word, letter]): [string, string][] => [
    [word, `\\${word}`],
    [letter, `\\${word}`],
  ]),
  ["epsilon", "\\varepsilon"],
  ["ε", "\\varepsilon"],
  ["eps", "\\varepsilon"],
  ["lr", "\\eta"],
]);

/** Names of several words with a symbol of their own, as papers write it. */
const WHOLE: ReadonlyMap<string, string> = new Map([["weight_decay", "\\lambda"]]);

const ACCENTS = ["hat", "bar", "tilde", "dot"];
const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

/** A name in TeX: `beta1` is β with an index, `m_hat` has a hat, a word of several letters is upright. */
export function nameTex(name: string): Tex {
  const whole = WHOLE.get(name);
  if (whole !== undefined) return atom(whole);
  const plain = name.replace(/[₀-₉]/g, (digit) => `${SUBSCRIPTS.indexOf(digit)}`);
  const [word, ...rest] = plain.split("_").filter((part) => part !== "");
  if (word === undefined) return atom("\\_".repeat(name.length));
  const [letters, digits] = beforeDigits(word);
  const accents = rest.filter((part) => ACCENTS.includes(part));
  const indices = [digits, ...rest.filter((part) => !ACCENTS.includes(part))].filter((part) => part !== "");
  const symbol = accents.reduce((inner, accent) => `\\${accent}{${inner}}`, wordTex(letters));
  return atom(indices.length === 0 ? symbol : `${symbol}_{${indices.map(wordTex).join(",")}}`);
}

/** A word without its final digits, and those digits; a word of digits only keeps its first. */
function beforeDigits(word: string): [letters: string, digits: string] {
  const characters = [...word];
  let end = characters.length;
  while (end > 1 && /\p{Nd}/u.test(characters[end - 1])) end--;
  return [characters.slice(0, end).join(""), characters.slice(end).join("")];
}

const wordTex = (word: string): string =>
  SYMBOLS.get(word) ?? (/^(\P{Nd}|\p{Nd}+)$/u.test(word) ? word : `\\mathrm{${word}}`);
