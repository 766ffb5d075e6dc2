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

/** Words with a symbol of their own: Greek ones, spelled out or not, and two that programs shorten. */
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

const ACCENTS = ["hat", "bar", "tilde", "dot"];
const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

/** A name as it is typeset: `beta1` is β with an index, `m_hat` wears a hat, a word of more letters is upright. */
export function nameTex(name: string): Tex {
  const plain = name.replace(/[₀-₉]/g, (digit) => `${SUBSCRIPTS.indexOf(digit)}`);
  const [word, ...rest] = plain.split("_").filter((part) => part !== "");
  if (word === undefined) return atom("\\_".repeat(name.length));
  const [letters, digits] = beforeDigits(word);
  const accents = rest.filter((part) => ACCENTS.includes(part));
  const indices = [digits, ...rest.filter((part) => !ACCENTS.includes(part))].filter((part) => part !== "");
  const symbol = accents.reduce((inner, accent) => `\\${accent}{${inner}}`, wordTex(letters));
  return atom(indices.length === 0 ? symbol : `${symbol}_{${indices.map(wordTex).join(",")}}`);
}

/** A word, and the digits that it ends in; a word of digits alone keeps its first. */
function beforeDigits(word: string): [letters: string, digits: string] {
  const characters = [...word];
  let end = characters.length;
  while (end > 1 && /\p{Nd}/u.test(characters[end - 1])) end--;
  return [characters.slice(0, end).join(""), characters.slice(end).join("")];
}

const wordTex = (word: string): string =>
  SYMBOLS.get(word) ?? (/^(\P{Nd}|\p{Nd}+)$/u.test(word) ? word : `\\mathrm{${word}}`);
