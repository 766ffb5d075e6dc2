"""What the reference writer of safetensors makes of tensors, and how PyTorch widens all numbers of 16 bits.

    python scripts/goldens/safetensors_written.py > test/goldens/safetensors/written.json

Bytes are in base64. Metadata have one text at most: the reference writes several in an order that changes from run to run.
"""

import base64
import ctypes
import hashlib
import json
import random
import struct

import safetensors
import torch
from safetensors.torch import save

TYPES = {
    "U64": "uint64",
    "I64": "int64",
    "F64": "float64",
    "F32": "float32",
    "U32": "uint32",
    "I32": "int32",
    "BF16": "bfloat16",
    "F16": "float16",
    "U16": "uint16",
    "I16": "int16",
    "I8": "int8",
    "U8": "uint8",
    "BOOL": "bool",
}
SIZES = {"U64": 8, "I64": 8, "F64": 8, "F32": 4, "U32": 4, "I32": 4, "BF16": 2, "F16": 2, "U16": 2, "I16": 2}
# Types that JavaScript has no arrays for, with the bits of one number.
OTHERS = {
    "complex64": 64,
    "float8_e4m3fn": 8,
    "float8_e5m2": 8,
    "float8_e8m0fnu": 8,
    "float8_e4m3fnuz": 8,
    "float8_e5m2fnuz": 8,
    "float4_e2m1fn_x2": 8,
}


def text(data):
    return base64.b64encode(data).decode()


def serialize(tensors, metadata=None):
    """The file of tensors (name, dtype, shape, bytes), in the order given."""
    kept = {name: ctypes.create_string_buffer(data, max(1, len(data))) for name, _, _, data in tensors}
    specs = {
        name: safetensors.TensorSpec(
            dtype=TYPES.get(dtype, dtype), shape=shape, data_ptr=ctypes.addressof(kept[name]), data_len=len(data)
        )
        for name, dtype, shape, data in tensors
    }
    return safetensors.serialize(specs, metadata)


def case(what, tensors, metadata=None):
    described = [
        {"name": name, "dtype": dtype, "shape": shape, "bytes": text(data)} for name, dtype, shape, data in tensors
    ]
    return {"what": what, "tensors": described, "metadata": metadata or {}, "file": text(serialize(tensors, metadata))}


def bits(fmt, *values):
    return struct.pack(f"<{len(values)}{fmt}", *values)


# Signs, limits, subnormals, infinities, and NaNs both quiet and signalling, with fractions of their own.
EDGES = {
    "U64": bits("Q", 0, 1, 2**53 + 1, 2**64 - 1),
    "I64": bits("q", -(2**63), -1, 2**53 + 1, 2**63 - 1),
    "F64": bits("Q", 1 << 63, 1, 0x7FF0 << 48, 0xFFF0 << 48, 0x7FF8 << 48, 0x7FF0000000000001, 0xFFF4000000000123, 0x3FF0 << 48),
    "F32": bits("I", 1 << 31, 1, 0x7F800000, 0xFF800000, 0x7FC00000, 0x7FA00001, 0xFF812345, 0x3F800000),
    "U32": bits("I", 0, 1, 2**31, 2**32 - 1),
    "I32": bits("i", -(2**31), -1, 0, 2**31 - 1),
    "BF16": bits("H", 0x8000, 1, 0x7F80, 0xFF80, 0x7FC0, 0x7FA1, 0xFF81, 0x3F80),
    "F16": bits("H", 0x8000, 1, 0x03FF, 0x0400, 0x7BFF, 0x7C00, 0xFC00, 0x7E00, 0x7D01, 0xFC01, 0x3C00),
    "U16": bits("H", 0, 1, 2**15, 2**16 - 1),
    "I16": bits("h", -(2**15), -1, 0, 2**15 - 1),
    "I8": bits("b", -128, -1, 0, 127),
    "U8": bits("B", 0, 1, 128, 255),
    "BOOL": bits("B", 0, 1, 1),
}


def edges():
    return [(dtype, dtype, [len(data) // SIZES.get(dtype, 1)], data) for dtype, data in EDGES.items()]


def shapes():
    product = {(): 1, (0,): 0, (1,): 1, (2, 0, 3): 0, (2, 3): 6, (1, 2, 1, 3): 6, (2,) * 6: 64, (1,) * 64: 1}
    return [(f"rank {len(s)} of {n}", "F32", list(s), bytes(range(4 * n % 256))[: 4 * n].ljust(4 * n, b"\1")) for s, n in product.items()]


def names():
    odd = ["b", "a", "B", "a.b", "a.10", "a.9", "\ue000", "\uffff", "\U0001f600", "\u00e9", "e\u0301", "__proto__", "constructor"]
    odd += ["prototype", 'quote"', "back\\slash", "a/b", "tab\tline\nreturn\rbell\b\f", "\0", "\x1f\x7f\x80", "\u2028\u2029", " "]
    return [(name, "U8", [1], bytes([i])) for i, name in enumerate(odd)]


def drawn(generator):
    """Up to eight tensors of up to four axes."""
    tensors = []
    for i in range(generator.randrange(9)):
        dtype = generator.choice(list(TYPES))
        shape = [generator.randrange(4) for _ in range(generator.randrange(5))]
        count = 1
        for length in shape:
            count *= length
        data = generator.randbytes(count * SIZES.get(dtype, 1))
        name = "".join(generator.choice("ab._é漢😀\\\"\n") for _ in range(generator.randrange(5))) + str(i)
        tensors.append((name, dtype, shape, bytes(byte & 1 for byte in data) if dtype == "BOOL" else data))
    return tensors


def net():
    """A state dictionary as PyTorch's users save it."""
    torch.manual_seed(1)
    net = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.BatchNorm1d(2), torch.nn.Linear(2, 1))
    state = net.state_dict()
    described = [
        {
            "name": name,
            "dtype": {torch.float32: "F32", torch.int64: "I64"}[value.dtype],
            "shape": list(value.shape),
            "bytes": text(value.numpy().tobytes()),
        }
        for name, value in state.items()
    ]
    return {"what": "a net of PyTorch's", "tensors": described, "metadata": {"format": "pt"}, "file": text(save(state, {"format": "pt"}))}


def widened(dtype):
    """The SHA-256 of the float32 of all 65,536 numbers, in the order of their bits, with 0 for what is not a number."""
    numbers = torch.arange(65536, dtype=torch.int32).to(torch.uint16).view(dtype).float()
    numbers[numbers.isnan()] = 0
    return hashlib.sha256(numbers.numpy().tobytes()).hexdigest()


generator = random.Random(1)
print(
    json.dumps(
        {
            "library": "safetensors",
            "version": safetensors.__version__,
            "torch": torch.__version__,
            "script": "scripts/goldens/safetensors_written.py",
            "cases": [
                case("no tensor", []),
                case("metadata alone", [], {"format": "pt"}),
                case("one number of each type", edges(), {"a \u2028 \"text\"": "\\ \n é 😀"}),
                case("shapes", shapes()),
                case("names", names()),
                net(),
                *[case(f"drawn {i}", drawn(generator)) for i in range(24)],
            ],
            "others": [
                {"dtype": dtype, "file": text(serialize([("a", dtype, [2], bytes(2 * width // 8))]))}
                for dtype, width in OTHERS.items()
            ],
            "widened": {"F16": widened(torch.float16), "BF16": widened(torch.bfloat16)},
        }
    )
)
