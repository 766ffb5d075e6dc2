import { box, everywhere, titleIn, total, variablesOf } from "./family.ts";
import { listed, type Surface } from "./surface.ts";

// Many minima: a broad bowl with waves. Only the lowest point is listed; `criticalPoints` finds the others.

/** Rastrigin's function, 10n + Σ xᵢ² − 10cos(2πxᵢ): a minimum near every whole number. */
export function rastrigin(n = 2): Surface {
  const variables = variablesOf("rastrigin", n);
  return listed({
    name: "rastrigin",
    title: titleIn(n, "Rastrigin's function"),
    text: `${10 * n} + ${total(variables, (x) => `${x}^2 - 10*cos(2*pi*${x})`)}`,
    variables,
    domain: box(variables, -5.12, 5.12),
    start: variables.map((_, i) => (i % 2 === 0 ? -3.3 : 2.2)),
    minima: [{ at: everywhere(variables, 0), value: 0 }],
    source: "Rastrigin 1974, Systems of extremal control; in n dimensions Mühlenbein, Schomisch & Born 1991",
  });
}

/**
 * Ackley's function of n variables: waves on a funnel. The domain is a part of the published one, ±32.768. The minimum
 * is the tip of a cone.
 */
export function ackley(n = 2): Surface {
  const variables = variablesOf("ackley", n);
  const [squares, cosines] = [total(variables, (x) => `${x}^2`), total(variables, (x) => `cos(2*pi*${x})`)];
  return listed({
    name: "ackley",
    title: titleIn(n, "Ackley's function"),
    text: `20 + e - 20*exp(-0.2*sqrt((${squares})/${n})) - exp((${cosines})/${n})`,
    variables,
    domain: box(variables, -5, 5),
    start: variables.map((_, i) => (i % 2 === 0 ? -3.3 : 2.2)),
    minima: [{ at: everywhere(variables, 0), value: 0, kink: true }],
    source: "Ackley 1987, A connectionist machine for genetic hillclimbing; in n dimensions Bäck & Schwefel 1993",
  });
}

/**
 * Griewank's function, 1 + Σ xᵢ²/4000 − Π cos(xᵢ/√i): waves on a wide bowl. The domain is a part of the published one,
 * ±600.
 */
export function griewank(n = 2): Surface {
  const variables = variablesOf("griewank", n);
  const cosines = variables.map((x, i) => (i === 0 ? `cos(${x})` : `cos(${x}/sqrt(${i + 1}))`)).join("*");
  return listed({
    name: "griewank",
    title: titleIn(n, "Griewank's function"),
    text: `1 + (${total(variables, (x) => `${x}^2`)})/4000 - ${cosines}`,
    variables,
    domain: box(variables, -10, 10),
    start: variables.map((_, i) => (i % 2 === 0 ? -8 : 6)),
    minima: [{ at: everywhere(variables, 0), value: 0 }],
    source: "Griewank 1981, Generalized descent for global optimization",
  });
}

/**
 * Lévy's function, sin²(πw₁) + Σ (wᵢ − 1)²(1 + 10sin²(πwᵢ + 1)) + (wₙ − 1)²(1 + sin²(2πwₙ)) with wᵢ = 1 + (xᵢ − 1)/4.
 */
export function levy(n = 2): Surface {
  const variables = variablesOf("levy", n);
  const w = variables.map((_, i) => `w${i + 1}`);
  const last = w[n - 1];
  const terms = [
    "sin(pi*w1)^2",
    ...w.slice(0, -1).map((v) => `(${v} - 1)^2*(1 + 10*sin(pi*${v} + 1)^2)`),
    `(${last} - 1)^2*(1 + sin(2*pi*${last})^2)`,
  ];
  return listed({
    name: "levy",
    title: titleIn(n, "Lévy's function"),
    text: `${w.map((v, i) => `${v} = 1 + (${variables[i]} - 1)/4`).join("; ")}; ${terms.join(" + ")}`,
    variables,
    domain: box(variables, -10, 10),
    start: variables.map((_, i) => (i % 2 === 0 ? -8 : 7)),
    minima: [{ at: everywhere(variables, 1), value: 0 }],
    source:
      "Levy & Montalvo 1985, The tunneling algorithm for the global minimization of functions; as in Laguna & Martí 2005",
  });
}
