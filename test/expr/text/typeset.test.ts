import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { grad, input, program } from "../../../src/expr/index.ts";
import { parseExpression, parseStatements, tex, texStatements } from "../../../src/expr/text/index.ts";
import { operatorNames, samples, weighed } from "../samples.ts";

const texOfText = (text: string): string => texStatements(parseStatements(text)).join("\n");

describe("tex", () => {
  it.each([
    ["beta1*m + (1 - beta1)*g^2", String.raw`\beta_{1} m + \left(1 - \beta_{1}\right) g^{2}`],
    ["w - lr*weight_decay*w", String.raw`w - \eta \lambda w`],
    ["lr * m_hat / (sqrt(v_hat) + eps)", String.raw`\frac{\eta \hat{m}}{\sqrt{\hat{v}} + \varepsilon}`],
    ["1 - beta2^t", String.raw`1 - \beta_{2}^{t}`],
    ["a - (b - c) - -d", String.raw`a - \left(b - c\right) - \left(-d\right)`],
    ["-(-a)", String.raw`-\left(-a\right)`],
    ["(a + b)^2 * 3", String.raw`\left(a + b\right)^{2} \cdot 3`],
    ["2*3", String.raw`2 \cdot 3`],
    ["1e-8 + 2.5e-10*x - 0.001", String.raw`10^{-8} + 2.5 \cdot 10^{-10} x - 0.001`],
    ["grad_norm*loss", String.raw`\mathrm{grad}_{\mathrm{norm}} \, \mathrm{loss}`],
    ["v_max_2 + λ + w₁", String.raw`v_{\mathrm{max},2} + \lambda + w_{1}`],
    ["where(x > 0, x, exp(x) - 1)", String.raw`\begin{cases}x & x > 0 \\ e^{x} - 1 & \text{otherwise}\end{cases}`],
    ["max(abs(g), inf)", String.raw`\max\left(\left|g\right|, \infty\right)`],
    ["[1, 2] + [[1], [-2]]", String.raw`\begin{bmatrix}1 & 2\end{bmatrix} + \begin{bmatrix}1 \\ -2\end{bmatrix}`],
    ["v = beta*v + g", String.raw`v \leftarrow \beta v + g`],
    ["v = beta*v + g; w = w - lr*v", "v \\leftarrow \\beta v + g\nw \\leftarrow w - \\eta v"],
  ])("of %s", (text, typeset) => {
    expect(texOfText(text)).toBe(typeset);
  });

  it("keeps a transposed factor and an index apart from what else is above and below a letter", () => {
    const x1 = input("x1", [2, 2]);
    const names = { x1, i: input("i") };
    expect(tex(parseExpression("transpose(transpose(x1))^2", names))).toBe(
      String.raw`\left(\left(x_{1}^{\top}\right)^{\top}\right)^{2}`,
    );
    expect(tex(parseExpression("gather(x1, i)", names))).toBe("{x_{1}}_{i}");
    expect(tex(parseExpression("matmul(x1, x1 + 1, transposeA=1)", names))).toBe(
      String.raw`x_{1}^{\top} \left(x_{1} + 1\right)`,
    );
  });

  it.each(operatorNames)("of %s and its derivative is balanced, and never doubles an index", (name) => {
    fc.assert(
      fc.property(samples[name], ({ expr, wrt }) => {
        for (const each of [expr, ...program(grad(weighed(expr), wrt)).outputs]) expectWellFormed(tex(each));
      }),
      { numRuns: 20 },
    );
  });
});

/** Braces and \left…\right pair up; nothing carries two indices or two exponents, which TeX refuses. */
function expectWellFormed(text: string): void {
  const open: { closer: string; scripts: string[] }[] = [];
  let scripts: string[] = [];
  let isScript = false;
  for (const [token] of text.matchAll(/\\[a-zA-Z]+|\\.|[^\\\s]/g)) {
    if (token === "{" || token === "\\left") {
      open.push({ closer: token === "{" ? "}" : "\\right", scripts: isScript ? scripts : [] });
      [scripts, isScript] = [[], false];
    } else if (token === "}" || token === "\\right") {
      const opened = open.pop();
      expect(opened?.closer, text).toBe(token);
      scripts = opened?.scripts ?? [];
    } else if (token === "^" || token === "_") {
      expect(scripts, text).not.toContain(token);
      scripts = [...scripts, token];
      isScript = true;
    } else if (isScript) isScript = false;
    else scripts = [];
  }
  expect(open, text).toEqual([]);
}
