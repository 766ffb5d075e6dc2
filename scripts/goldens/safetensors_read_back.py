"""Reads our files with the reference packages, and follows our advice for files of other kinds. Tests do not need it.

    npm run build && python scripts/goldens/safetensors_read_back.py

The dtypes and shapes of written.json are filled with bytes drawn anew, written by our writer to a file, and read by safetensors
itself, by its readers for PyTorch and NumPy, and by ours again. Then each file that foreign.json has the beginning of is
made whole, and the Python line of our message is run on it as it stands.
"""

import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ["KERAS_BACKEND"] = "torch"

import h5py
import keras
import numpy
import onnx
import torch
from onnx import helper, numpy_helper
from safetensors import deserialize
from safetensors.numpy import load_file as load_numpy
from safetensors.numpy import save_file as save_numpy
from safetensors.torch import load_file as load_torch
from safetensors.torch import save_file as save_torch

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = json.dumps((ROOT / "dist/src/files/node/index.js").as_uri())

WRITE = f"""
import {{ createHash, randomBytes }} from "node:crypto";
import {{ readFileSync }} from "node:fs";
import {{ readSafetensorsFile, writeSafetensorsFile }} from {LIBRARY};
const arrays = {{ U64: BigUint64Array, I64: BigInt64Array, F64: Float64Array, U32: Uint32Array, I32: Int32Array, U16: Uint16Array,
  I16: Int16Array, I8: Int8Array, U8: Uint8Array, F32: Float32Array }};
const {{ cases }} = JSON.parse(readFileSync(process.argv[1], "utf8"));
const told = cases.map(({{ tensors }}, i) => {{
  const made = tensors.map(({{ name, dtype, shape }}) => {{
    const count = shape.reduce((product, each) => product * each, 1);
    // Small whole numbers are halfs, too.
    if (/F16/.test(dtype)) return {{ name, dtype, shape, data: Float32Array.from(randomBytes(count)) }};
    if (dtype === "BOOL") return {{ name, dtype, shape, data: Uint8Array.from(randomBytes(count), (byte) => byte & 1) }};
    const bytes = new Uint8Array(randomBytes(count * arrays[dtype].BYTES_PER_ELEMENT));
    return {{ name, dtype, shape, data: new arrays[dtype](bytes.buffer) }};
  }});
  const file = `ours-${{i}}.safetensors`;
  writeSafetensorsFile(file, made, new Map([["case", `${{i}}`], ["a", "ä"]]));
  const same = [...readSafetensorsFile(file).tensors.values()].every(({{ name, data }}) =>
    Buffer.from(data.buffer).equals(Buffer.from(made.find((each) => each.name === name).data.buffer)));
  return {{ file, same, tensors: made.map(({{ name, dtype, shape, data }}) => ({{ name, dtype, shape,
    values: /F16/.test(dtype) ? [...data] : null, sha256: createHash("sha256").update(new Uint8Array(data.buffer)).digest("hex") }})) }};
}});
console.log(JSON.stringify(told));
"""

READ = f"""
import {{ readSafetensorsFile }} from {LIBRARY};
try {{
  console.log(readSafetensorsFile(process.argv[1]).tensors.size);
}} catch (error) {{
  console.log(error.message);
}}
"""


def node(program, *arguments):
    command = ["node", "--input-type=module", "-e", program, *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def sha256(data):
    return hashlib.sha256(bytes(data)).hexdigest()


def read_ours():
    """How many tensors of ours the reference has read as they were."""
    count = 0
    for case in json.loads(node(WRITE, ROOT / "test/goldens/safetensors/written.json")):
        assert case["same"], case["file"]
        plain = dict(deserialize(Path(case["file"]).read_bytes()))
        by_torch, by_numpy = load_torch(case["file"]), None
        if all(tensor["dtype"] != "BF16" for tensor in case["tensors"]):
            by_numpy = load_numpy(case["file"])
        assert set(plain) == set(by_torch) == {tensor["name"] for tensor in case["tensors"]}
        for tensor in case["tensors"]:
            name = tensor["name"]
            assert plain[name]["dtype"] == tensor["dtype"] and list(plain[name]["shape"]) == tensor["shape"]
            assert list(by_torch[name].shape) == tensor["shape"]
            if tensor["values"] is None:
                assert sha256(plain[name]["data"]) == tensor["sha256"]
                assert sha256(by_torch[name].contiguous().view(torch.uint8).numpy().tobytes() if tensor["shape"] else by_torch[name].numpy().tobytes()) == tensor["sha256"]
            else:
                assert by_torch[name].float().flatten().tolist() == tensor["values"]
            if by_numpy is not None:
                assert by_numpy[name].tobytes() == bytes(plain[name]["data"])
            count += 1
    return count


def onnx_file():
    value = helper.make_tensor_value_info
    graph = helper.make_graph(
        [helper.make_node("Add", ["x", "w"], ["y"])],
        "net",
        [value("x", onnx.TensorProto.FLOAT, [2])],
        [value("y", onnx.TensorProto.FLOAT, [2])],
        [numpy_helper.from_array(numpy.ones(2, "float32"), "w")],
    )
    onnx.save(helper.make_model(graph), "model.onnx")


def hdf5_file():
    with h5py.File("model.h5", "w") as file:
        file["layer/kernel"] = numpy.ones((2, 3), "float32")


def eights(dtype):
    save_torch({"a": torch.ones(4).to(dtype), "b": torch.ones(2, dtype=torch.float64)}, "model.safetensors")


array = numpy.asfortranarray(numpy.arange(6, dtype="float32").reshape(2, 3))
state = {"weight": torch.zeros(2, 3), "tied": None, "step": torch.tensor(3)}
state["tied"] = state["weight"]
net = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
FOREIGN = {
    "torch.save": ("model.pt", lambda: torch.save(state, "model.pt")),
    "torch.save, old": ("model.pt", lambda: torch.save(state, "model.pt", _use_new_zipfile_serialization=False)),
    "npz": ("model.npz", lambda: numpy.savez("model.npz", a=array, b=numpy.float64(3))),
    "npy": ("model.npy", lambda: numpy.save("model.npy", array)),
    "pickle": ("model.pkl", lambda: __import__("pickle").dump({"a": array}, open("model.pkl", "wb"))),
    "Keras": ("model.keras", lambda: net.save("model.keras")),
    "HDF5": ("model.h5", hdf5_file),
    "ONNX": ("model.onnx", onnx_file),
    "F8": ("model.safetensors", lambda: eights(torch.float8_e4m3fn)),
    "F8, scales": ("model.safetensors", lambda: eights(torch.float8_e8m0fnu)),
    "C64": ("model.safetensors", lambda: eights(torch.complex64)),
}


def follow_advice():
    for kind, (file, make) in FOREIGN.items():
        make()
        message = node(READ, file)
        line = re.search(r"convert it first: (python -c '[^']*')", message).group(1)
        command = shlex.split(line)
        subprocess.run([sys.executable, *command[1:]], check=True, capture_output=True)
        converted = re.findall(r'"(\w+\.safetensors)"\)$', command[-1])[0]
        print(f"{kind}: {node(READ, converted)} tensors;", {k: v.tolist() for k, v in load_numpy(converted).items() if k == "a"})
        os.remove(converted)


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    print(f"{read_ours()} tensors of ours are read as they were written")
    follow_advice()
