import { cut } from "../../../arguments/index.ts";
import { type DType, dtypeOf, type Shape, sizeOf } from "../../../expr/index.ts";
import { type Loss, statementOf } from "../../loss.ts";
import type { Model } from "../../model.ts";
import { checkTrained, type Trained } from "../../saved.ts";
import { checkNames, type WrittenStage, writtenModel } from "../code/written-model.ts";
import { type Reading, readingOf } from "../reading.ts";
import { weightsNamed } from "../weights.ts";
import { pythonLiteral } from "./python-literals.ts";
import { pythonRows } from "./python-rows.ts";
import type { TorchContext } from "./torch-code.ts";
import { torchLanguage } from "./torch-words.ts";

/** The files of a PyTorch module, for one folder. */
export interface PyTorchFiles {
  /** Python's source of the module. */
  readonly "model.py": string;
  /** Its weights, which it reads from beside itself. */
  readonly "weights.safetensors": Uint8Array;
}

/**
 * A trained net as a PyTorch module that needs PyTorch alone: Python's source, and the weights. The module's parameters have the
 * names of the weights; `forward(x)` gives the net's outputs, and differs in training as the net does (dropout, running means), so
 * that it can be trained further; `predict(rows)` takes raw rows, prepares them as `net.predict` does, and returns the same. Tensors and
 * operators are those of the model's expressions, so layers and functions of your own are written, too.
 *
 * @throws RangeError for a net that depends on the number of examples in a batch, and for a tensor with a name that Python or PyTorch
 * does not take; TypeError and RangeError as `save`
 */
export function exportPyTorch(trained: Trained): PyTorchFiles {
  checkTrained("exportPyTorch", trained);
  const weights = weightsNamed(trained, bufferOf);
  const { model, w } = trained;
  checkNames(
    [...model.parameters, ...model.state].map(({ name }) => name),
    "PyTorch",
    (name) => name.startsWith("_") || TAKEN.has(name),
  );
  const dtype = dtypeOf(w);
  const stages = writtenModel(
    trained,
    torchLanguage,
    (context): TorchContext => ({ ...context, dtype }),
    (name, value) => `self.${name} = ${value}.detach()`,
  );
  return { "model.py": moduleText(trained, stages, dtype), "weights.safetensors": weights };
}

/** The module's buffer for a tensor of a whitening: whitening_mean or whitening_matrix, since a buffer's name has no dots. */
const bufferOf = (name: string): string => name.split(".").slice(1).join("_");

/** Beside those that begin with _, the names that PyTorch's modules have for their own methods and fields, Python's keywords, and those of this module. */
const TAKEN: ReadonlySet<string> = new Set(
  `T_destination add_module apply bfloat16 buffers call_super_init children compile cpu cuda double dump_patches eval extra_repr float
  forward get_buffer get_extra_state get_parameter get_submodule half ipu load_state_dict modules mtia named_buffers named_children
  named_modules named_parameters parameters register_backward_hook register_buffer register_forward_hook register_forward_pre_hook
  register_full_backward_hook register_full_backward_pre_hook register_load_state_dict_post_hook
  register_load_state_dict_pre_hook register_module register_parameter register_state_dict_post_hook register_state_dict_pre_hook
  requires_grad_ set_extra_state set_submodule share_memory state_dict to to_empty train training type xpu zero_grad
  False None True and as assert async await break class continue def del elif else except finally for from global if import in is
  lambda nonlocal not or pass raise return try while with yield inputs predict
  whitening_mean whitening_matrix`.split(/\s+/),
);

function moduleText(trained: Trained, stages: readonly WrittenStage[], dtype: DType): string {
  const reading = readingOf(trained);
  const { imports, constants, functions } = pythonRows(reading.inputs);
  const body = [
    ...[constants, targetText(reading)],
    ...classText(trained.model, stages, reading, dtype),
    ...["", "", LOAD, "", functions],
  ].join("\n");
  const needed = [
    "import json",
    ...imports,
    ...(/\bmath\./.test(body) ? ["import math"] : []),
    "from pathlib import Path",
  ];
  const used = /\bF\./.test(body) ? ["import torch", "import torch.nn.functional as F"] : ["import torch"];
  return `${[
    ...[headText(trained, reading), "", ...inOrder(needed), "", ...used, "from torch import nn", "", body],
  ].join("\n")}`;
}

/** `import …` before `from … import …`, without duplicates. */
const inOrder = (imports: readonly string[]): string[] => {
  const all = [...new Set(imports)];
  return [
    ...all.filter((line) => line.startsWith("import")).sort(),
    ...all.filter((line) => line.startsWith("from")).sort(),
  ];
};

function headText({ model }: Trained, reading: Reading): string {
  const loss = LOSSES[statementOf(model.loss)?.targets ?? "numbers"](model.loss);
  return `"""${sentence(model.name)}: a net that Downhill trained, as a PyTorch module. It needs PyTorch alone.

    from model import load

    net = load()  # with the weights of weights.safetensors, which lies beside this file
    net.predict([${exampleRow(reading)}])  # ${answer(reading)}

To train it further, pass net.inputs(rows) to net, and its outputs to the loss that it was trained with:
${loss}
"""`;
}

/** A row's first columns. */
function exampleRow({ inputs }: Reading): string {
  if (inputs.kind === "values") return "values";
  const [first, second, ...more] = inputs.columns.map(({ name }) => `'${sentence(cut(name))}': …`);
  return `{${[first, ...(second === undefined ? [] : [second]), ...(more.length === 0 ? [] : ["…"])].join(", ")}}`;
}

/** A name within Python's """text""". */
const sentence = (name: string): string => name.replace(/[\\"]/g, "'").replace(/\p{C}/gu, " ");

const answer = ({ target }: Reading): string =>
  target.kind === "classes"
    ? '[{"label": …, "probabilities": {…}}]'
    : target.names.length === 1
      ? '[{"value": …}]'
      : '[{"values": {…}}]';

const LOSSES = {
  class: ({ settings: { labelSmoothing = 0 } = {} }: Loss) => {
    const smoothing = labelSmoothing === 0 ? "" : `, label_smoothing=${labelSmoothing}`;
    return `torch.nn.functional.cross_entropy(net(x), labels${smoothing}), where labels are indices of CLASSES.`;
  },
  probabilities: () =>
    "torch.nn.functional.binary_cross_entropy_with_logits(net(x), targets), with targets from 0 to 1, of the outputs' shape.",
  numbers: ({ name }: Loss) => `${sentence(name)}, of targets less MEANS, divided by DEVIATIONS.`,
} as const;

function targetText({ target }: Reading): string {
  if (target.kind === "classes") return `CLASSES = ${pythonLiteral(target.classes)}\n`;
  const { names, mean, deviation } = target;
  return `# A value is its mean + its deviation times the output.
TARGETS = ${pythonLiteral(names)}
MEANS = ${pythonLiteral(mean)}
DEVIATIONS = ${pythonLiteral(deviation)}
`;
}

const indented = (lines: readonly string[], by = 1): string[] =>
  lines.map((line) => (line === "" ? "" : `${"    ".repeat(by)}${line}`));

function classText(model: Model, stages: readonly WrittenStage[], reading: Reading, dtype: DType): string[] {
  const type = dtype === "f64" ? ", dtype=torch.float64" : "";
  const zeros = (shape: Shape): string => `torch.zeros(${shape.length === 0 ? "()" : shape.join(", ")}${type})`;
  const forward = stages.flatMap(({ title, lines, inTraining }) => [
    `# ${title}`,
    ...(inTraining === undefined ? lines : branches(lines, inTraining)),
  ]);
  const { inputShape, parameters, state } = model;
  const isWhitened = reading.inputs.kind === "values" && reading.inputs.whitening !== undefined;
  const n = sizeOf(inputShape);
  const body = [
    "def __init__(self):",
    ...indented([
      "super().__init__()",
      ...parameters.map(({ name, shape }) => `self.${name} = nn.Parameter(${zeros(shape)})`),
      ...state.map(({ name, shape }) => `self.register_buffer("${name}", ${zeros(shape)})`),
      ...(isWhitened
        ? [
            `self.register_buffer("whitening_mean", ${zeros([n])})`,
            `self.register_buffer("whitening_matrix", ${zeros([n, n])})`,
          ]
        : []),
    ]),
    "",
    "def forward(self, x):",
    ...indented([
      `"""The net's outputs for prepared inputs, [${["n", ...inputShape].join(", ")}]."""`,
      ...(/\bn\b/.test(forward.filter((line) => !line.startsWith("#")).join("\n")) ? ["n = x.shape[0]"] : []),
      ...forward,
      "return x",
    ]),
    "",
    "def inputs(self, rows):",
    ...indented([
      '"""Raw rows as inputs of forward, of the type and on the device of the parameters."""',
      ...(isWhitened
        ? [
            "inputs = inputs_of(rows).flatten(1).to(self.whitening_mean)",
            "inputs = (inputs - self.whitening_mean) @ self.whitening_matrix",
            `inputs = inputs.reshape(${["len(rows)", ...inputShape].join(", ")})`,
          ]
        : [`inputs = inputs_of(rows).reshape(${["len(rows)", ...inputShape].join(", ")})`]),
      parameters.length > 0
        ? `return inputs.to(self.${parameters[0].name})`
        : `return inputs.to(torch.${dtype === "f64" ? "float64" : "float32"})`,
    ]),
    "",
    "@torch.no_grad()",
    "def predict(self, rows):",
    ...indented([
      `"""A prediction for each raw row: ${answer(reading)}."""`,
      "if len(rows) == 0:",
      "    return []",
      "inputs, training = self.inputs(rows), self.training",
      "outputs = self.eval()(inputs).double().reshape(len(rows), -1)",
      "self.train(training)",
      "finite = outputs.isfinite().all(dim=1).tolist()",
      "if not all(finite):",
      '    problem = "its values are so large that what the net computes from them is not finite"',
      '    raise ValueError(f"predict: row {finite.index(False) + 1}: {problem}")',
      ...answerLines(reading),
    ]),
  ];
  return ["", "class Net(nn.Module):", ...indented(body)];
}

/** What differs in training. */
const branches = (outside: readonly string[], inTraining: readonly string[]): string[] => [
  "if self.training:",
  ...indented(inTraining.length === 0 ? ["pass"] : inTraining),
  ...(outside.length === 0 ? [] : ["else:", ...indented(outside)]),
];

function answerLines({ target, outputs }: Reading): string[] {
  if (target.kind === "values") {
    const values = outputs === "sigmoid of each" ? "torch.sigmoid(outputs)" : "outputs";
    return [
      "means, deviations = outputs.new_tensor([MEANS, DEVIATIONS])",
      `values = (means + deviations * ${values}).tolist()`,
      target.names.length === 1
        ? 'return [{"value": value} for [value] in values]'
        : 'return [{"values": dict(zip(TARGETS, each))} for each in values]',
    ];
  }
  const probabilities =
    outputs === "softmax"
      ? ["probabilities = torch.softmax(outputs, dim=1)"]
      : ["second = torch.sigmoid(outputs)", "probabilities = torch.cat((1 - second, second), dim=1)"];
  return [
    ...probabilities,
    "return [",
    '    {"label": CLASSES[p.index(max(p))], "probabilities": dict(zip(CLASSES, p))}',
    "    for p in probabilities.tolist()",
    "]",
  ];
}

const LOAD = `def load(weights=Path(__file__).with_name("weights.safetensors")):
    """The net with its weights, or those of another safetensors file with the same names and shapes."""
    net = Net()
    net.load_state_dict(read_safetensors(weights))
    return net.eval()


def read_safetensors(file):
    """The tensors of a safetensors file: the header's length in eight bytes, the header as JSON, then the numbers."""
    data = bytearray(Path(file).read_bytes())
    start = 8 + int.from_bytes(data[:8], "little")
    types = {"F32": torch.float32, "F64": torch.float64}
    tensors = {}
    for name, entry in json.loads(data[8:start]).items():
        if name != "__metadata__":
            begin, end = (start + offset for offset in entry["data_offsets"])
            tensors[name] = torch.frombuffer(data[begin:end], dtype=types[entry["dtype"]]).reshape(entry["shape"])
    return tensors
`;
