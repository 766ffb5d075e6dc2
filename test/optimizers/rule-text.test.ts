import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { LanguageError } from "../../src/expr/text/index.ts";
import { adam, parseRule, rule, writeRule } from "../../src/optimizers/index.ts";
import { downhill } from "../cli/command.ts";
import { someGradients, someWeights, walk } from "./descents.ts";

const mine = `# Adam, as I write it
hyper lr = 0.001      # the rate
hyper beta1 = .9
hyper beta2 = 0.999
hyper eps = 1e-8
slot m
slot v = 0

m = beta1*m + (1 - beta1)*g   # first moment
v = beta2*v + (1 - beta2)*g²
w = w - lr * (m / (1 - beta1^t)) /
`;

const whole = mine.replace("/\n", "/ (sqrt(v / (1 - beta2^t)) + eps)\n");

/** What a text is refused with. */
function refusal(text: string): LanguageError {
  try {
    parseRule(text);
  } catch (error) {
    if (error instanceof LanguageError) return error;
    throw error;
  }
  throw new Error("the text was taken");
}

describe("a rule in a text", () => {
  it("is the rule", () => {
    const rule = parseRule(whole, "mine");
    expect(rule.spec).toMatchObject({ name: "mine", hyper: adam.spec.hyper, slots: { m: "0", v: "0" } });
    const [start, gradients] = [someWeights(5), someGradients(20, 5)];
    expect(walk(rule({ lr: 0.1 }), start, gradients).path).toEqual(walk(adam({ lr: 0.1 }), start, gradients).path);
  });

  it("may have lines that end as Windows ends them, or in ;", () => {
    const [start, gradients] = [someWeights(5), someGradients(5, 5)];
    const wanted = walk(parseRule(whole)(), start, gradients).path;
    for (const end of ["\r\n", "\r"])
      expect(walk(parseRule(whole.replaceAll("\n", end))(), start, gradients).path).toEqual(wanted);
    const one = "hyper lr = 0.5\nv = 2*g; w = w - lr*v";
    expect([...walk(parseRule(one)(), [1], [[1]]).w]).toEqual([0]);
  });

  it("may keep scalars, start slots from w, and look ahead", () => {
    const rule = parseRule(`
      hyper lr = 0.1
      scalar p = 2        # doubles
      slot origin = 2*w
      lookahead = w - p   # where the gradient is wanted
      p = 2*p
      w = w - lr*p*g + 0*origin
    `);
    const optimizer = rule();
    const w = Float64Array.of(1, 3);
    const state = optimizer.init(w);
    expect(state).toEqual({ t: 0, p: 2, origin: Float64Array.of(2, 6) });
    expect([...(optimizer.lookahead?.at(w, state) ?? [])]).toEqual([-1, 1]);
    optimizer.step(w, Float64Array.of(1, 1), state);
    expect(state.p).toBe(4);
    expect([...w]).toEqual([0.6, 2.6]);
    expect([...(optimizer.lookahead?.at(w, state) ?? [])]).toEqual([-3.4, -1.4]);
  });

  it("may use words of declarations as names of its own", () => {
    const rule = parseRule("hyper lr = 1\nslot = 2*g\nscalar = slot/2\nw = w - lr*scalar");
    expect([...walk(rule(), [1], [[1]]).w]).toEqual([0]);
  });

  it("reads back from what writeRule writes", () => {
    const rule = parseRule(
      "hyper lr = 0.1\nhyper tiny = 1e-300\nslot s = 2*w\nscalar p = -1.5\nlookahead = w - s\ns = s + p*tiny*g\nw = w - lr*s\n",
    );
    expect(parseRule(writeRule(rule.spec)).spec).toEqual(rule.spec);
    expect(writeRule(adam.spec).split("\n").slice(0, 6)).toEqual([
      "hyper lr = 0.001",
      "hyper beta1 = 0.9",
      "hyper beta2 = 0.999",
      "hyper eps = 1e-8",
      "slot m",
      "slot v",
    ]);
  });

  it.each([
    ["an unfinished line", mine, 11, 35, /end of the (line|text)/],
    ["an unknown name", "hyper lr = 0.1\n\nw = w - lr*grad", 3, 12, /unknown name "grad"/],
    ["a mistyped name", "hyper rate = 0.1\nw = w - rat*g", 2, 9, /did you mean rate\?/],
    ["an unknown function", "hyper lr = 0.1\n  w = w - lr*sgn(g)", 2, 14, /unknown function "sgn"/],
    ["a hyper-parameter without a number", "  hyper lr\nw = w - lr*g", 1, 3, /hyper lr needs a number: hyper lr = 0.1/],
    ["a hyper-parameter that is no number", "w = w\nhyper lr = fast", 2, 1, /hyper lr needs a number/],
    ["a scalar that is not finite", "scalar p = Infinity\nw = w - p*g", 1, 1, /scalar p needs a number/],
    ["a name declared twice", "hyper lr = 1\nslot lr\nw = w - lr*g", 2, 1, /lr is declared twice/],
    ["two lookaheads", "lookahead = w\nlookahead = 2*w\nw = w - g", 2, 1, /at most one lookahead/],
    ["a declaration of two names", "slot m v\nw = w - g", 1, 1, /a declaration is a word, a name and a value/],
    ["a value that is not used", "hyper lr = 1\nlr*g\nw = w - lr*g", 2, 1, /not used/],
    ["an assignment to a number", "w = w - g\n2 = w", 2, 3, /only a name can be assigned to/],
    [
      "a slot that is not declared",
      "hyper lr = 1\nm = 0.9*m + g\nw = w - lr*m",
      2,
      9,
      /unknown name "m": .* declare it: slot m$/m,
    ],
    [
      "a slot that is used too soon",
      "w = w - g/sqrt(v)\nv = v + g^2",
      1,
      16,
      /unknown name "v": .* declare it: slot v$/m,
    ],
    [
      "a hyper-parameter that is not declared",
      "w = w - eta*g",
      1,
      9,
      /"eta"; declare it: hyper eta = 0.1, or slot eta/,
    ],
    [
      "a short name that is not declared",
      "hyper a = 1\nw = w - b*g",
      2,
      9,
      /"b"; declare it: hyper b = 0.1, or slot b/,
    ],
    [
      "a mistyped name, which may be a new one",
      "hyper rate = 1\nw = w - rat*g",
      2,
      9,
      /Or declare it: hyper rat = 0.1/,
    ],
    ["another word for the gradient", "w = w - grad", 1, 9, /unknown name "grad"; the gradient is g/],
    ["another word for the weights", "w = theta - g", 1, 5, /unknown name "theta"; the weights are w/],
    [
      "a lookahead of what is not declared",
      "lookahead = w - v\nw = w - g",
      1,
      17,
      /"v"; declare it: hyper v = 0.1, or slot v/,
    ],
  ])("with %s is refused at its line and column", (_, text, line, column, message) => {
    const error = refusal(text);
    expect(error.message).toMatch(message);
    expect([error.line, error.column]).toEqual([line, column]);
  });

  it.each([
    [
      "a slot named w",
      "hyper lr = 1\n slot w\nw = w - lr*g",
      2,
      2,
      /: w cannot be declared: every rule is given w, g, t/,
    ],
    ["a scalar named t", "scalar t = 1\nw = w - t*g", 1, 1, /: t cannot be declared/],
    [
      "a bad lookahead",
      "hyper lr = 1\nslot m\n  lookahead =  w - q*m\nw = w - lr*g",
      3,
      20,
      /"q"; .*\n {4} {2}lookahead =/,
    ],
    ["a lookahead without end", "hyper lr = 1\n\nlookahead = w -\nw = w - lr*g", 3, 16, /expected a number/],
    ["a bad start of a slot", "hyper lr = 1\nslot 𝜇 = 2*(w\nw = w - lr*g", 2, 14, /expected "\)"/],
    ["a start of what is not declared", "hyper lr = 1\nslot lookahead = q*w\nw = w - lr*g", 2, 18, /unknown name "q"/],
    ["a pace that is no hyper-parameter", "w = w - g\ngradients_per_step = k", 2, 22, /gradients_per_step is "k"/],
    ["a default that is not allowed", "w = w - g\nhyper lr = -1", 2, 1, /the default of lr, -1, must be/],
    ["an assigned t", "w = w - g\nt = 2", 2, 1, /t cannot be assigned/],
    ["-=", "hyper lr = 1\nw -= lr*g", 2, 3, /"-=" is not known; write w = w - lr\*g\n/],
    ["-= of a sum", "w -= g + w # less", 1, 3, /write w = w - \(g \+ w\)\n/],
    ["/=", "w /= 2*g", 1, 3, /write w = w \/ \(2\*g\)\n/],
    ["a function of numpy", "w = w - np.sign(g)", 1, 11, /no prefix: write sign\(…\)/],
    ["a function of Math", "w = w - Math.sin(g)", 1, 13, /no prefix: write sin\(…\)/],
    ["a constant of Math", "w = w - Math.PI*g", 1, 13, /no prefix: write pi\n/],
    ["numpy's name of a function", "w = w - maximum(g, 0)", 1, 9, /unknown function "maximum"; write max\(a, b\)/],
    ["&&", "w = w - (g > 0 && t > 1)", 1, 16, /multiply them/],
    ["||", "w = w - (g > 0 || t > 1)", 1, 16, /write max\(a > 0, b > 0\)/],
    ["a choice of C", "w = g > 0 ? w : 2*w", 1, 11, /write where\(condition, a, b\)/],
    ["a choice of Python", "w = w if g > 0 else 2*w", 1, 7, /write where\(condition, a, b\)/],
    ["bars", "w = w - |g|", 1, 9, /write abs\(x\)/],
    ["a capital in a declaration", "w = w - g\nHyper lr = 0.01", 2, 1, /"Hyper" .*did you mean hyper\?/],
    ["a capital without a value", "SLOT m\nw = w - g", 1, 1, /did you mean slot\?/],
    ["a declaration of JavaScript", "let x = 2*g\nw = w - x", 1, 1, /"let" does not declare a name; write hyper x/],
  ])("with %s says where, and how it is written here", (_, text, line, column, message) => {
    const error = refusal(text);
    expect(error.message).toMatch(message);
    expect([error.line, error.column]).toEqual([line, column]);
  });

  it("named rule is named once in errors", () => {
    expect(() => parseRule("hyper lr = 1", "rule")).toThrow(/^the rule: the update never assigns w/);
    expect(() => parseRule("hyper lr = 1", "mine")).toThrow(/^rule mine: /);
  });

  it("says how to declare a name in code, too", () => {
    expect(() => rule({ name: "mine", hyper: { lr: 1 }, update: "m = 0.9*m + g; w = w - lr*m" })).toThrow(
      'declare it: slots: ["m"]',
    );
    expect(() => rule({ name: "mine", hyper: { lr: 1 }, update: "w = w - eta*g" })).toThrow("hyper: { eta: 0.1 }");
  });

  it("is as docs/rule-files.md says, and the command's help", async () => {
    const page = readFileSync(new URL("../../docs/rule-files.md", import.meta.url), "utf8");
    const [, example] = /```\n([^`]*)```/.exec(page) ?? [];
    expect(parseRule(example).spec).toMatchObject({ hyper: { lr: 0.01, beta: 0.9 }, slots: { m: "0" } });
    const { out } = await downhill(["optimizers", "--help"]);
    const lines = ["hyper lr = 0.01", "slot m", "scalar p = 1", "m = 0.9*m + 0.1*g", "w = w - lr*m"];
    for (const line of lines) expect(out).toContain(`  ${line}`);
    expect(() => parseRule(lines.join("\n"))).not.toThrow();
    const [file = ""] = /\S+rule-files\.md/.exec(out) ?? [];
    expect(readFileSync(file, "utf8")).toBe(page);
  });

  it.each([
    ["no update", "hyper lr = 1", /never assigns w/],
    ["nothing", "", /never assigns w/],
    ["an update of g alone", "g = 2*g", /never assigns w/],
    ["a slot named g", "slot g\nw = w - g", /g cannot be declared/],
    ["a name that all objects have", "slot constructor\nw = w - g", /constructor cannot be a name/],
    ["an assigned hyper-parameter", "hyper lr = 1\nlr = 2\nw = w - lr*g", /lr cannot be assigned/],
    ["a rate below 0", "hyper lr = -1\nw = w - lr*g", /the default of lr, -1, must be/],
  ])("with %s is refused", (_, text, message) => {
    expect(() => parseRule(text)).toThrow(message);
  });

  it("never runs as code, and is bounded in size and depth", () => {
    expect(() => parseRule("w = w - process.exit(1)")).toThrow(LanguageError);
    expect(() => parseRule("w = w - g['constructor']")).toThrow(LanguageError);
    expect(() => parseRule(`w = w - ${"(".repeat(1000)}g${")".repeat(1000)}`)).toThrow(/nested deeper/);
    expect(() => parseRule(`w = w ${"+ g ".repeat(50_000)}`)).toThrow(/characters/);
  });

  it("is looked at no further than to its limit, whatever it is made of", () => {
    for (const text of [
      "\n".repeat(10_000_000),
      "hyper a = 1\n".repeat(200_000),
      `lookahead =${" ".repeat(1e6)}#\u2028x`,
    ])
      expect(() => parseRule(text)).toThrow(/^line \d+, column \d+: the text has \d+ characters; at most 65536/);
    // Cubic in the number of blanks, once.
    const blanks = " ".repeat(60_000);
    expect(() => parseRule(`lookahead =${blanks}#\u2028x`)).toThrow(SyntaxError);
    expect(() => parseRule(`hyper lr =${blanks}#\u2028x`)).toThrow("hyper lr needs a number");
    expect(parseRule(`hyper lr = 1${blanks}# \u2028 a comment\nw = w - lr*g`).spec.hyper).toEqual({ lr: 1 });
  });

  it("has at most 100 names of each kind", () => {
    const text = (count: number, word: string) =>
      `${Array.from({ length: count }, (_, i) => `${word} a${i} = 1\n`).join("")}w = w - a0*g`;
    for (const [word, kind] of [
      ["hyper", "hyper-parameters"],
      ["slot", "slots"],
      ["scalar", "scalars"],
    ]) {
      const w = new Float64Array(3);
      const optimizer = parseRule(text(100, word))();
      optimizer.step(w, new Float64Array(3).fill(1), optimizer.init(w));
      expect([...w]).toEqual([-1, -1, -1]);
      expect(() => parseRule(text(1000, word))).toThrow(`it has 1000 ${kind}; at most 100 are allowed`);
    }
  });
});
