"""The first bytes of files of other kinds that hold models, as other programs write them.

    python scripts/goldens/safetensors_foreign.py > test/goldens/safetensors/foreign.json

Each has what our reader calls it, and its first 4096 bytes (or fewer) in base64.
"""

import base64
import gzip
import io
import json
import os
import pickle
import tempfile

os.environ["KERAS_BACKEND"] = "torch"

import h5py
import keras
import numpy
import onnx
import torch
from onnx import helper, numpy_helper
from safetensors.numpy import save


def file_of(write, name="model"):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, name)
        write(path)
        with open(path, "rb") as file:
            return file.read(4096)


def hdf5(path):
    with h5py.File(path, "w") as file:
        file["layer/kernel"] = numpy.ones((2, 3), "float32")


def onnx_model(producer):
    value = helper.make_tensor_value_info
    graph = helper.make_graph(
        [helper.make_node("Add", ["x", "w"], ["y"])],
        "net",
        [value("x", onnx.TensorProto.FLOAT, [2])],
        [value("y", onnx.TensorProto.FLOAT, [2])],
        [numpy_helper.from_array(numpy.ones(2, "float32"), "w")],
    )
    return helper.make_model(graph, **producer).SerializeToString()


state = {"weight": torch.zeros(2, 3), "bias": torch.zeros(2)}
array = numpy.zeros((2, 3), "float32")
net = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
index = {"metadata": {"total_size": 24}, "weight_map": {"weight": "../model-00001-of-00002.safetensors"}}
files = [
    ("a file of PyTorch's torch.save", file_of(lambda path: torch.save(state, path))),
    ("a file of PyTorch's torch.save", file_of(lambda path: torch.save(torch.nn.Linear(2, 3), path))),
    (
        "a file of torch.save, as PyTorch before 1.6 wrote it",
        file_of(lambda path: torch.save(state, path, _use_new_zipfile_serialization=False)),
    ),
    ("NumPy's .npz", file_of(lambda path: numpy.savez(path, a=array), "model.npz")),
    ("NumPy's .npz", file_of(lambda path: numpy.savez_compressed(path, a=array), "model.npz")),
    ("NumPy's .npy", file_of(lambda path: numpy.save(path, array), "model.npy")),
    ("a Keras model", file_of(net.save, "model.keras")),
    ("HDF5 (.h5)", file_of(net.save_weights, "model.weights.h5")),
    ("HDF5 (.h5)", file_of(hdf5)),
    *[("a Python pickle", pickle.dumps({"weight": array}, protocol)) for protocol in range(6)],
    *[("a Python pickle", pickle.dumps([array], protocol)) for protocol in range(6)],
    ("a Python pickle", pickle.dumps({})),
    ("an ONNX model", onnx_model({})),
    ("an ONNX model", onnx_model({"producer_name": "pytorch", "producer_version": "2"})),
    ("an ONNX model", onnx_model({"ir_version": 4})),
    ("compressed by gzip", gzip.compress(save({"a": array}))),
    ("the index of a model in shards", json.dumps(index, indent=2).encode()),
    ("the index of a model in shards", json.dumps(index).encode()),
    ("JSON", json.dumps({"architectures": ["Net"]}, indent=2).encode()),
]
modules = [torch, numpy, keras, h5py, onnx]
print(
    json.dumps(
        {
            "versions": {module.__name__: module.__version__ for module in modules},
            "script": "scripts/goldens/safetensors_foreign.py",
            "files": [{"name": name, "start": base64.b64encode(data[:4096]).decode()} for name, data in files],
        }
    )
)
