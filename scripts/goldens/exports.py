"""Checks every export format against the programs that read it, and records what PyTorch predicts.

    npm run build && python scripts/goldens/exports.py > test/goldens/nn/exports.json

Needs onnx, onnxruntime, safetensors, torch and pyyaml (`pip install onnx onnxruntime safetensors torch pyyaml`), and node. It exports
nets through the built library (exports.mjs), and stops at the first difference that is too large: 1e-6 for probabilities, 1e-5 of
its size for a value. Versions and the largest differences go to stderr.
"""

import importlib.util
import json
import math
import os
import platform
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import safetensors
import safetensors.numpy
import torch
import yaml

ROOT = Path(__file__).resolve().parents[2]


def module_in(file):
    """A Python file as a module of its own."""
    spec = importlib.util.spec_from_file_location("model", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def numbers(prediction):
    """What a prediction says, by name."""
    if "value" in prediction:
        return {"value": prediction["value"]}
    return prediction.get("probabilities") or prediction["values"]


def difference(found, expected):
    """The largest difference, as a part of what is allowed."""
    largest = 0
    assert len(found) == len(expected)
    for a, b in zip(found, expected):
        assert list(numbers(a)) == list(numbers(b)), (a, b)
        assert a.get("label") == b.get("label"), (a, b)
        for name, y in numbers(b).items():
            allowed = 1e-6 if "label" in b else 1e-5 * abs(y) + 1e-9
            largest = max(largest, abs(numbers(a)[name] - y) / allowed)
    assert largest <= 1, largest
    return largest


def by_runtime(case):
    """The predictions of ONNX Runtime for the rows, as those of the net are written."""
    onnx.checker.check_model("net.onnx", full_check=True)
    session = onnxruntime.InferenceSession("net.onnx")
    feeds = {}
    for given in session.get_inputs():
        values = case["feeds"][given.name]
        if given.type == "tensor(string)":
            feeds[given.name] = np.array(values, object)
        else:
            feeds[given.name] = np.array([[math.nan if x is None else x for x in row] for row in values], np.float32)
            feeds[given.name] = feeds[given.name].reshape(-1, *given.shape[1:])
    results = dict(zip([output.name for output in session.get_outputs()], session.run(None, feeds)))
    names = list(numbers(case["predictions"][0]))
    rows = results["probabilities" if "label" in results else "value"].astype(float).tolist()
    if "label" in results:
        return [
            {"label": label, "probabilities": dict(zip(names, row))} for label, row in zip(results["label"].tolist(), rows)
        ]
    return [{"value": row[0]} if names == ["value"] else {"values": dict(zip(names, row))} for row in rows]


def check_weights(net):
    """Our file is read by the reference, and the reference's by us."""
    ours = safetensors.numpy.load_file("net.safetensors")
    assert {name: value.tolist() for name, value in ours.items()} == {
        name: value.tolist() for name, value in net.state_dict().items()
    }
    with safetensors.safe_open("net.safetensors", "np") as file:
        assert file.metadata() == {"format": "pt"}
    safetensors.numpy.save_file(ours, "theirs.safetensors")
    program = f"""
        import {{ readSafetensorsFile as read }} from {json.dumps((ROOT / "dist/src/files/safetensors/node/index.js").as_uri())};
        const [ours, theirs] = ["net", "theirs"].map((name) => read(`${{name}}.safetensors`).tensors);
        const plain = (tensors) => JSON.stringify([...tensors.values()].map(({{ name, shape, data }}) => [name, shape, [...data]]).sort());
        if (plain(ours) !== plain(theirs)) throw new Error("read otherwise");
    """
    subprocess.run(["node", "--input-type=module", "-e", program], check=True)
    return len(ours)


def by_module(case):
    """The predictions of the ES module, in Node."""
    program = """
        import { readFileSync } from "node:fs";
        const { predict } = await import(`file://${process.cwd()}/net.mjs`);
        const { rows, odd } = JSON.parse(readFileSync("case.json", "utf8"));
        console.log(JSON.stringify([predict(rows), predict(odd)]));
    """
    run = subprocess.run(["node", "--input-type=module", "-e", program], check=True, capture_output=True, text=True)
    return json.loads(run.stdout)


def train_further(net, rows):
    """Whether a few steps of Adam on targets of its own bring down the loss: gradients reach every parameter."""
    x = net.inputs(rows)
    targets = torch.linspace(-1, 1, net(x).numel(), dtype=x.dtype).reshape(net(x).shape)
    optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
    net.eval()
    losses = []
    for _ in range(30):
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(net(x), targets)
        loss.backward()
        assert all(p.grad is not None and p.grad.isfinite().all() for p in net.parameters())
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < losses[0], losses


def check_training(net, rows):
    """Dropout is on in training, and the state moves."""
    x = net.inputs(rows)
    net.train()
    text = Path("torch/model.py").read_text()
    outputs = [net(x) for _ in range(20)]
    assert ("F.dropout" in text) == any(not torch.equal(outputs[0], other) for other in outputs)
    if hasattr(net, "layer1_mean"):
        net = module_in("torch/model.py").load().train()
        before = net.layer1_mean.clone()
        expected = (x - x.mean(0) + net.layer1_shift) @ net.layer2_weight + net.layer2_bias
        assert torch.allclose(net(x), expected, atol=1e-6)
        assert torch.allclose(net.layer1_mean, 0.5 * before + 0.5 * x.mean(0))
    net.eval()


def check_folder(case):
    """The model card's facts are YAML, and its program runs."""
    card = Path("hf/README.md").read_text()
    _, facts, text = card.split("---\n", 2)
    facts = yaml.safe_load(facts)
    assert facts["model-index"][0]["results"][0]["metrics"][0]["value"] == 0.5
    config = json.loads(Path("hf/config.json").read_text())
    assert config["downhill"]["layers"] == case["json"]["layers"]
    [program] = re.findall("```python\n(.*?)```", text, re.S)
    os.chdir("hf")
    scope = {}
    exec(program, scope)
    os.chdir("..")
    assert len(scope["probabilities" if "probabilities" in scope else "value"]) == 1


OPERATORS = """
import { readFileSync } from "node:fs";
import { input, parseExpression } from "ROOT/dist/src/expr/index.js";
import { statements } from "ROOT/dist/src/nn/export/code/statements.js";
import { torchLanguage } from "ROOT/dist/src/nn/export/pytorch/torch-words.js";
const { cases } = JSON.parse(readFileSync("ROOT/test/goldens/expr/operators.json", "utf8"));
console.log(JSON.stringify(cases.map(({ text, inputs, value }) => {
  const scope = Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, input(name, shape)]));
  let count = 0;
  const context = { masks: new Map(), dtype: "f64", newName: () => `t${++count}`, lengths: (shape) => shape.map(String) };
  const { lines, results } = statements([parseExpression(text, scope)], torchLanguage, context);
  return { text, inputs, value, lines: [...lines, `result = ${results[0].text}`] };
})));
"""


def check_operators():
    """Each operator as PyTorch computes it, against what NumPy and PyTorch gave for it when the operators' goldens were made."""
    program = OPERATORS.replace("ROOT", str(ROOT))
    run = subprocess.run(["node", "--input-type=module", "-e", program], check=True, capture_output=True, text=True)
    tensor = lambda given: torch.tensor([float(x) for x in given["data"]], dtype=torch.float64).reshape(given["shape"])
    largest = 0
    cases = json.loads(run.stdout)
    for case in cases:
        named = {name: tensor(given) for name, given in case["inputs"].items()}
        scope = {"torch": torch, "F": torch.nn.functional, "math": math, "x": torch.zeros(1, dtype=torch.float64)}
        scope["self"] = type("Module", (), named)
        exec("\n".join(case["lines"]), scope)
        expected = tensor(case["value"])
        assert scope["result"].shape == expected.shape, case["text"]
        same = torch.isclose(scope["result"].double(), expected, rtol=1e-9, atol=1e-9, equal_nan=True)
        assert same.all(), (case["text"], case["lines"], scope["result"], expected)
        finite = expected.isfinite()
        if finite.any():
            largest = max(largest, (scope["result"] - expected)[finite].abs().max().item())
    print(f"{len(cases)} operators' cases in PyTorch: largest difference {largest:.1e}", file=sys.stderr)


def check_cells(folder):
    """Cells that are hard to read give the same value, or an error of the same kind: a RangeError is a ValueError here."""
    net = module_in(folder / "model.py").load()
    errors = {TypeError: "TypeError", ValueError: "RangeError"}
    outcomes = json.loads((folder / "outcomes.json").read_text())
    for case in outcomes:
        try:
            found = net.predict([case["row"]])[0]["value"]
        except (TypeError, ValueError) as error:
            found = errors[type(error)]
        expected = case["outcome"]
        same = found == expected if isinstance(expected, str) or isinstance(found, str) else math.isclose(found, expected, rel_tol=1e-12, abs_tol=1e-12)
        assert same, (case, found)
    print(f"{len(outcomes)} cells are read alike", file=sys.stderr)


def main():
    versions = {
        "python": platform.python_version(),
        **{each.__name__: each.__version__ for each in (onnx, onnxruntime, safetensors, torch)},
        "node": subprocess.run(["node", "--version"], capture_output=True, text=True).stdout.strip(),
    }
    print(versions, file=sys.stderr)
    check_operators()
    kept = []
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["node", ROOT / "scripts/goldens/exports.mjs", folder], check=True)
        check_cells(Path(folder) / "cells")
        for place in sorted(file.parent for file in Path(folder).glob("*/case.json")):
            os.chdir(place)
            case = json.loads(Path("case.json").read_text())
            module = module_in("torch/model.py")
            net = module.load()
            torch_rows, torch_odd = net.predict(case["rows"]), net.predict(case["odd"])
            module_rows, module_odd = by_module(case)
            parts = {
                "PyTorch": difference(torch_rows + torch_odd, case["predictions"] + case["ofOdd"]),
                "ES module": difference(module_rows + module_odd, case["predictions"] + case["ofOdd"]),
                "ONNX Runtime": difference(by_runtime(case), case["predictions"]),
            }
            count = check_weights(net)
            train_further(module.load(), case["rows"])
            check_training(net, case["rows"])
            if case["json"] is not None:
                check_folder(case)
                kept.append(
                    {
                        **{key: case[key] for key in ("name", "json", "weights", "rows", "odd", "feeds")},
                        "module": Path("torch/model.py").read_text(),
                        **{"torch": torch_rows, "torchOdd": torch_odd},
                    }
                )
            told = ", ".join(f"{name} {part:.2g}" for name, part in parts.items())
            print(f"{place.name}: {count} tensors; of the difference allowed: {told}", file=sys.stderr)
        os.chdir(ROOT)
    print(json.dumps({"made": "scripts/goldens/exports.py", "versions": versions, "cases": kept}, ensure_ascii=False))


main()
