import { describe, expect, it } from "vitest";
import {
  abs,
  add,
  clip,
  constant,
  type Expr,
  gather,
  greater,
  input,
  mean,
  mul,
  neg,
  pow,
  reshape,
  slice,
  sub,
  where,
} from "../../src/expr/index.ts";
import { statements } from "../../src/nn/export/code/statements.ts";
import { torchLanguage } from "../../src/nn/export/pytorch/torch-words.ts";
import {
  dense,
  dropout,
  exportPyTorch,
  functionModel,
  initializers,
  layer,
  meanSquaredError,
  type Pass,
  sequential,
} from "../../src/nn/index.ts";
import { centring } from "./running-mean.ts";

const zerosFor = (count: number): Float32Array => new Float32Array(count);
const moduleOf = (...given: Parameters<typeof exportPyTorch>): string => exportPyTorch(...given)["model.py"];

/** The lines of a method, without their indentation. */
function method(text: string, name: string): string[] {
  const [, body] = text.split(`    def ${name}(`);
  const lines = body.split("\n").slice(1);
  const end = lines.findIndex((line) => line !== "" && !line.startsWith("        "));
  return lines
    .slice(0, end)
    .filter((line) => line !== "")
    .map((line) => line.slice(8));
}

/** A layer of one's own, of x and of a mask, which is 1 outside training. */
const own = (f: (x: Expr, mask: Expr, pass: Pass) => Expr) =>
  layer({
    ...{ kind: "own", title: "own", options: [], inputs: "row", outputs: null, read: () => ({}) },
    build: (_, inputShape) => ({
      ...{ outputShape: inputShape, parameters: {}, state: {}, multiplyAdds: 0, role: { kind: "other" } },
      forward: (x, _, pass) => f(x, pass.training ? pass.mask(x.shape, 0.4) : constant(1), pass),
    }),
  }).with({});

describe("a PyTorch module", () => {
  it("has the net's tensors by their names, and one line a layer", () => {
    const model = sequential([4], [dense(3, { activation: "relu" }), dropout(0.25), dense(2, { bias: false })]);
    const text = moduleOf({ model, w: zerosFor(21) });
    expect(method(text, "__init__")).toEqual([
      "super().__init__()",
      "self.layer1_weight = nn.Parameter(torch.zeros(4, 3))",
      "self.layer1_bias = nn.Parameter(torch.zeros(3))",
      "self.layer3_weight = nn.Parameter(torch.zeros(3, 2))",
    ]);
    expect(method(text, "forward").slice(1)).toEqual([
      "# layer1: dense, 4 to 3",
      "x = torch.relu(x @ self.layer1_weight + self.layer1_bias)",
      "# layer2: dropout, 3 to 3",
      "if self.training:",
      "    x = F.dropout(x, 0.25)",
      "# layer3: dense, 3 to 2",
      "x = x @ self.layer3_weight",
      "return x",
    ]);
  });

  it("computes the new state before anything of the old one is gone", () => {
    const text = moduleOf({ model: sequential([3], [centring.with({ rate: 0.5 })]), w: zerosFor(3), s: zerosFor(3) });
    expect(text).toContain('self.register_buffer("layer1_mean", torch.zeros(3))');
    expect(method(text, "forward").slice(2)).toEqual([
      "if self.training:",
      "    t1 = torch.mean(x, dim=0)",
      "    t2 = 0.5 * self.layer1_mean + 0.5 * t1",
      "    x = x - t1 + self.layer1_shift",
      "    self.layer1_mean = t2.detach()",
      "else:",
      "    x = x - self.layer1_mean + self.layer1_shift",
      "return x",
    ]);
  });

  it("draws a mask once that is used twice, and once for each that is used alone", () => {
    const twins = own((x, mask) => add(mul(x, mask), mul(mask, mul(2, x))));
    const model = sequential([3], [twins, dropout(0.5), dropout(0.5)]);
    expect(method(moduleOf({ model, w: zerosFor(0) }), "forward").slice(3)).toEqual([
      "if self.training:",
      "    t1 = F.dropout(x.new_ones((n, 3)), 0.4)",
      "    x = x * t1 + t1 * (2 * x)",
      "else:",
      "    x = x + 2 * x",
      "# layer2: dropout, 3 to 3",
      "if self.training:",
      "    x = F.dropout(x, 0.5)",
      "# layer3: dropout, 3 to 3",
      "if self.training:",
      "    x = F.dropout(x, 0.5)",
      "return x",
    ]);
  });

  it("drops whole rows where the mask is one number a row", () => {
    const rows = own((x, mask) =>
      mul(x, mask.shape.length === 0 ? mask : slice(mask, { starts: [0, 0], ends: [x.shape[0], 1] })),
    );
    const narrow = own((x, _, pass) => mul(x, pass.training ? pass.mask([x.shape[0], 1], 0.4) : constant(1)));
    for (const each of [rows, narrow]) {
      const text = method(moduleOf({ model: sequential([3], [each]), w: zerosFor(0) }), "forward").join("\n");
      expect(text).toMatch(/x = x \* F\.dropout\(x\.new_ones\(\(n, \d\)\), 0\.4\)/);
    }
  });

  it("takes batches of any length where a layer reshapes them, too", () => {
    const halves = own((x) => reshape(neg(reshape(x, [2 * x.shape[0], -1])), [x.shape[0], -1]));
    expect(method(moduleOf({ model: sequential([4], [halves]), w: zerosFor(0) }), "forward").slice(1)).toEqual([
      "n = x.shape[0]",
      "# layer1: own, 4 to 4",
      "x = (-x.reshape(2 * n, 2)).reshape(n, 4)",
      "return x",
    ]);
  });

  it("has float64 where the weights are", () => {
    const text = moduleOf({ model: sequential([2], [dense(1)]), w: new Float64Array(3) });
    expect(text).toContain("nn.Parameter(torch.zeros(2, 1, dtype=torch.float64))");
  });

  it.each([
    ["training", "a name that PyTorch has for itself"],
    ["_buffers", "a name that PyTorch has for itself"],
    ["lambda", "a name that PyTorch has for itself"],
    ["ω", "a name that PyTorch does not take; use letters a to z, digits and _"],
  ])("refuses a tensor named %s", (name, words) => {
    const model = functionModel({
      ...{
        inputShape: [2],
        loss: meanSquaredError,
        parameters: [{ name, shape: [2], initialize: initializers.zeros }],
      },
      predict: (w, x) => mul(w[name], x),
    });
    expect(() => exportPyTorch({ model, w: zerosFor(2) })).toThrow(`a tensor is named "${name}", ${words}; rename it`);
  });

  it("keeps what a name holds out of its comments and texts", () => {
    const name = 'bad"""\n# *name*\\';
    const text = moduleOf({ model: { ...sequential([2], [dense(1)]), name }, w: zerosFor(3) });
    expect(text.split("\n")[0]).toBe(
      "\"\"\"bad''' # *name*': a net that Downhill trained, as a PyTorch module. It needs PyTorch alone.",
    );
  });
});

describe("an expression in PyTorch", () => {
  const [a, b] = [input("a", [2, 3]), input("b", [2, 3])];
  const written = (expr: Expr): string => {
    let count = 0;
    const context = {
      masks: new Map(),
      dtype: "f64",
      newName: () => `t${++count}`,
      lengths: (shape: readonly number[]) => shape.map(String),
    } as const;
    const { lines, results } = statements([expr], torchLanguage, context);
    return [...lines, results[0].text].join("; ").replaceAll("self.", "");
  };

  it.each([
    [mul(add(a, b), sub(a, sub(a, b))), "(a + b) * (a - (a - b))"],
    [pow(abs(a), 3), "torch.abs(a) ** 3"],
    [pow(sub(0, a), 2), "(0 - a) ** 2"],
    [where(greater(a, 0), a, 0), "torch.where(a > 0, a, x.new_tensor(0))"],
    [where(a, b, 1), "torch.where(a != 0, b, x.new_tensor(1))"],
    [add(greater(a, b), 1), "(a > b).to(x.dtype) + 1"],
    [greater(a, b), "(a > b).to(x.dtype)"],
    [clip(a, 0, 1), "torch.clamp(a, 0, 1)"],
    [mean(a, { axes: [0, 1] }), "torch.mean(a, dim=(0, 1))"],
    [mean(a, { axes: [1], keepdims: true }), "torch.mean(a, dim=1, keepdim=True)"],
    [slice(a, { starts: [0, 1], ends: [2, 3] }), "a[:, 1:3]"],
    [mul(a, constant([1, Number.POSITIVE_INFINITY, -0])), "a * x.new_tensor([1, math.inf, -0.0])"],
    [gather(a, constant([1])), "a[x.new_tensor([1]).long()]"],
    [mul(add(a, b), add(a, b)), "t1 = a + b; t1 * t1"],
  ])("%#", (expr, text) => expect(written(expr)).toBe(text));
});
