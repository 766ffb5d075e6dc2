"""Files of weights from PyTorch and onnx, with the outputs of the nets, for test/nn/weights.

    python scripts/goldens/weights_to_start_from.py test/goldens/weights

Nets of dense layers with ReLU between them, 3 inputs, and the outputs for a few inputs. Each is saved by torch.save's successor
safetensors, and exported by both of PyTorch's ONNX exporters; onnx's helper writes the forms that these do not: floats in
float_data, doubles, float16 and bfloat16, MatMul with Add, weights behind a Transpose.
"""

import json
import platform
import sys
import warnings

import numpy
import onnx
import safetensors.torch
import torch
from onnx import TensorProto, helper, numpy_helper

warnings.filterwarnings("ignore")
folder = sys.argv[1]
torch.manual_seed(1)
INPUTS = torch.randn(4, 3)


class Named(torch.nn.Module):
    """Layers whose names have no order: their shapes tell them apart."""

    def __init__(self):
        super().__init__()
        self.stem = torch.nn.Linear(3, 5)
        self.body = torch.nn.Linear(5, 4)
        self.head = torch.nn.Linear(4, 2)

    def forward(self, x):
        return self.head(torch.relu(self.body(torch.relu(self.stem(x)))))


class Numbered(Named):
    """The names of Downhill's layers, with a point."""

    def __init__(self):
        torch.nn.Module.__init__(self)
        self.layer1 = torch.nn.Linear(3, 5)
        self.layer2 = torch.nn.Linear(5, 4)
        self.layer3 = torch.nn.Linear(4, 2)

    def forward(self, x):
        return self.layer3(torch.relu(self.layer2(torch.relu(self.layer1(x)))))


def sequential(*sizes):
    layers = []
    for a, b in zip(sizes, sizes[1:]):
        layers += [torch.nn.Linear(a, b), torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])


NETS = {
    "sequential": ([3, 5, 4, 2], sequential(3, 5, 4, 2)),
    # Six layers of one shape: "10.weight" comes before "2.weight" in the file.
    "deep": ([3, *[3] * 6, 2], sequential(3, *[3] * 6, 2)),
    "named": ([3, 5, 4, 2], Named()),
    "numbered": ([3, 5, 4, 2], Numbered()),
}


def outputs(net):
    return net(INPUTS).detach().double().tolist()


def without_traces(file):
    """The exporter notes the places in programs where each operator comes from."""
    model = onnx.load(file)
    for part in [model.graph, *model.graph.node, *model.graph.input, *model.graph.output, *model.graph.value_info]:
        del part.metadata_props[:]
        part.doc_string = ""
    onnx.save(model, file)


def graph(nodes, tensors, name):
    io = [
        helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 3]),
        helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", 2]),
    ]
    model = helper.make_model(helper.make_graph(nodes, "net", [io[0]], [io[1]], tensors))
    onnx.save(model, f"{folder}/{name}.onnx")


def main():
    nets = {}
    for name, (sizes, net) in NETS.items():
        safetensors.torch.save_file(net.state_dict(), f"{folder}/{name}.safetensors")
        torch.onnx.export(net, (INPUTS,), f"{folder}/{name}.onnx", dynamo=True, external_data=False, verbose=False)
        without_traces(f"{folder}/{name}.onnx")
        nets[name] = {"sizes": sizes, "outputs": outputs(net)}
    net = NETS["sequential"][1]
    torch.onnx.export(net, (INPUTS,), f"{folder}/sequential-older.onnx", dynamo=False)
    half = {key: value.half() for key, value in net.state_dict().items()}
    safetensors.torch.save_file(half, f"{folder}/sequential-half.safetensors")
    w = [value.numpy() for value in net.state_dict().values()]
    names = ["W1", "B1", "W2", "B2", "W3", "B3"]
    gemm = [
        helper.make_node("Gemm", ["x", "W1", "B1"], ["a"], transB=1),
        helper.make_node("Relu", ["a"], ["b"]),
        helper.make_node("Gemm", ["b", "W2", "B2"], ["c"], transB=1),
        helper.make_node("Relu", ["c"], ["d"]),
        helper.make_node("Gemm", ["d", "W3", "B3"], ["y"], transB=1),
    ]
    floats = [helper.make_tensor(n, TensorProto.FLOAT, a.shape, a.ravel()) for n, a in zip(names, w)]
    graph(gemm, floats, "float-data")
    doubles = [helper.make_tensor(n, TensorProto.DOUBLE, a.shape, a.ravel().astype(float)) for n, a in zip(names, w)]
    graph(gemm, doubles, "double-data")
    graph(gemm, [numpy_helper.from_array(a.astype(numpy.float16), n) for n, a in zip(names, w)], "half")
    halfs = [helper.make_tensor(n, TensorProto.FLOAT16, a.shape, a.ravel().astype(numpy.float16)) for n, a in zip(names, w)]
    graph(gemm, halfs, "half-data")
    bits = [(torch.tensor(a).bfloat16().view(torch.int16).numpy().tobytes(), a.shape) for a in w]
    bfloats = [helper.make_tensor(n, TensorProto.BFLOAT16, shape, raw, raw=True) for n, (raw, shape) in zip(names, bits)]
    graph(gemm, bfloats, "bfloat16")
    matmul = [
        helper.make_node("Transpose", ["W1"], ["V1"], perm=[1, 0]),
        helper.make_node("MatMul", ["x", "V1"], ["a1"]),
        helper.make_node("Add", ["a1", "B1"], ["a"]),
        helper.make_node("Relu", ["a"], ["b"]),
        helper.make_node("MatMul", ["b", "W2"], ["c1"]),
        helper.make_node("Add", ["B2", "c1"], ["c"]),
        helper.make_node("Relu", ["c"], ["d"]),
        helper.make_node("MatMul", ["d", "W3"], ["y1"]),
        helper.make_node("Add", ["y1", "B3"], ["y"]),
    ]
    stored = [w[0], w[1], w[2].T.copy(), w[3], w[4].T.copy(), w[5]]
    # In the file's own order, the graph's is another.
    tensors = [numpy_helper.from_array(a, n) for n, a in sorted(zip(names, stored), key=lambda pair: pair[0][::-1], reverse=True)]
    graph(matmul, tensors, "matmul")
    scaled = [helper.make_node(n.op_type, n.input, n.output, transB=1, alpha=2.0) if n.op_type == "Gemm" else n for n in gemm]
    graph(scaled, floats, "scaled")
    onnx.save(onnx.load(f"{folder}/float-data.onnx"), f"{folder}/outside.onnx")
    outside = onnx.load(f"{folder}/sequential.onnx")
    onnx.external_data_helper.convert_model_to_external_data(outside, all_tensors_to_one_file=True, location="outside.data", size_threshold=0)
    onnx.save(outside, f"{folder}/outside.onnx")
    print(json.dumps({
        "made": "scripts/goldens/weights_to_start_from.py",
        "python": platform.python_version(),
        "torch": torch.__version__,
        "onnx": onnx.__version__,
        "safetensors": safetensors.__version__,
        "inputs": INPUTS.double().tolist(),
        "nets": nets,
    }), file=open(f"{folder}/nets.json", "w"))


main()
