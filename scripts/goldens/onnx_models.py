"""Models as ONNX's own library writes them, from graphs described as the compiler describes them.

    python scripts/goldens/onnx_models.py > test/goldens/onnx/models.json

Every model passes ONNX's checker, its shape inference included.
"""

import base64
import json
import platform

import google.protobuf
import numpy as np
import onnx
from onnx import helper, numpy_helper

TYPES = {"f32": (onnx.TensorProto.FLOAT, "<f4"), "f64": (onnx.TensorProto.DOUBLE, "<f8"), "i64": (onnx.TensorProto.INT64, "<i8")}


def port(name, shape, dtype="f32"):
    return {"name": name, "shape": shape, "dtype": dtype}


def node(type, inputs, output, **attributes):
    return {"type": type, "inputs": inputs, "output": output, "attributes": attributes}


def constant(name, shape, dtype, *values):
    """Values are texts, which hold every number exactly."""
    return {"name": name, "shape": shape, "dtype": dtype, "values": [str(value) for value in values]}


CASES = {
    "a dense layer": {
        "inputs": [port("x", [4, 3]), port("w", [3, 2]), port("b", [2])],
        "outputs": [port("y", [4, 2])],
        "nodes": [
            node("Gemm", ["x", "w", "b"], "Gemm_1", alpha={"float": 0.1}, transB={"int": 0}),
            node("Relu", ["Gemm_1"], "y"),
        ],
        "initializers": [],
    },
    "constants of every type": {
        "inputs": [port("x", [], "f64")],
        "outputs": [port("y", [1, 5], "f64"), port("z", [0, 200]), port("c", [4])],
        "nodes": [
            node("Reshape", ["table", "shape"], "wide"),
            node("Add", ["wide", "x"], "y"),
            node("Identity", ["none"], "z"),
            node("Identity", ["small"], "c"),
        ],
        "initializers": [
            constant("table", [5], "f64", 0.1, -0.0, "nan", "-inf", 5e-324),
            constant("shape", [2], "i64", 1, -1),
            constant("small", [4], "f32", 0.1, -0.0, "inf", 1e-45),
            constant("none", [0, 200], "f32"),
            constant("limits", [3], "i64", -(2**63), 2**63 - 1, 2**53 + 1),
        ],
    },
    "attributes of every type": {
        "inputs": [port("x", [1, 1, 300, 8]), port("rows", [2, 1]), port("más_±_名", [2, 6])],
        "outputs": [port("y", [1, 1, 150, 4]), port("s", [3, 6]), port("q", [3, 6], "f64")],
        "nodes": [
            node("MaxPool", ["x"], "y", kernel_shape={"ints": [2, 2]}, strides={"ints": [2, 2]}, auto_pad={"string": "NOTSET"}),
            node("Cast", ["rows"], "indices_1", to={"int": 7}),
            node("ScatterND", ["zeros", "indices_1", "más_±_名"], "s", reduction={"string": "add"}),
            node("Flatten", ["s"], "flat", axis={"int": -1}),
            node("Cast", ["flat"], "q", to={"int": 11}),
        ],
        "initializers": [constant("zeros", [3, 6], "f32", *[0.0] * 18)],
    },
}


def proto_of_port(described):
    return helper.make_tensor_value_info(described["name"], TYPES[described["dtype"]][0], described["shape"])


def proto_of_node(described):
    proto = helper.make_node(described["type"], described["inputs"], [described["output"]], name=described["output"])
    for name, value in described["attributes"].items():
        proto.attribute.append(helper.make_attribute(name, next(iter(value.values()))))
    return proto


def proto_of_constant(described):
    kind = TYPES[described["dtype"]][1]
    number = int if described["dtype"] == "i64" else float
    values = np.array([number(text) for text in described["values"]], kind).reshape(described["shape"])
    return numpy_helper.from_array(values, described["name"])


def model_of(described):
    graph = helper.make_graph(
        [proto_of_node(each) for each in described["nodes"]],
        "program",
        [proto_of_port(each) for each in described["inputs"]],
        [proto_of_port(each) for each in described["outputs"]],
        [proto_of_constant(each) for each in described["initializers"]],
    )
    model = helper.make_model(
        graph, producer_name="downhill", ir_version=8, opset_imports=[helper.make_opsetid("", 18)]
    )
    onnx.checker.check_model(model, full_check=True)
    return base64.b64encode(model.SerializeToString(deterministic=True)).decode()


versions = {"python": platform.python_version(), "onnx": onnx.__version__, "protobuf": google.protobuf.__version__}
cases = [{"name": name, "graph": graph, "model": model_of(graph)} for name, graph in CASES.items()]
print(json.dumps({"made": "scripts/goldens/onnx_models.py", "versions": versions, "cases": cases}, ensure_ascii=False))
