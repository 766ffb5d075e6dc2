"""Small binary files of tables and arrays, written by NumPy and PyArrow, for test/data/files.test.ts.

    python scripts/goldens/table_files.py test/goldens/data

table.parquet and its kin hold the same 24 rows; the arrays hold a·100 + b in row a and column b, unless the test says otherwise.
"""

import datetime
import sys

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

folder = sys.argv[1]

days = [datetime.date(2024, 1, 1) + datetime.timedelta(days=i) for i in range(24)]
table = pa.table(
    {
        "id": pa.array(range(24), pa.int64()),
        "size": pa.array([None if i == 5 else i / 4 for i in range(24)], pa.float64()),
        "colour": pa.array([["red", "green", "blue"][i % 3] for i in range(24)]).dictionary_encode(),
        "member": pa.array([i % 2 == 0 for i in range(24)]),
        "joined": pa.array(days, pa.date32()),
        "price": pa.array([1000 + 10 * i + 0.5 for i in range(24)], pa.float32()),
    }
)
for codec in ["snappy", "gzip", "zstd"]:
    pq.write_table(table, f"{folder}/{codec}.parquet", compression=codec)
pq.write_table(pa.table({"a": pa.array([[1, 2], [3]]), "y": [1, 2]}), f"{folder}/nested.parquet")

grid = np.add.outer(np.arange(12) * 100, np.arange(3))
for code in ["f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "b1", ">f8", ">i2"]:
    values = grid % 2 if code == "b1" else grid % 100 if code in ["i1", "u1"] else grid
    np.save(f"{folder}/{code.replace('>', 'big-')}.npy", values.astype(code))
np.save(f"{folder}/fortran.npy", np.asfortranarray(grid.astype("f4")))
np.save(f"{folder}/words.npy", np.array([["a", "b"]]))

images = (np.arange(24 * 4 * 5).reshape(24, 4, 5) % 251).astype("u1")
labels = (np.arange(24) % 3).astype("u1")
np.savez_compressed(f"{folder}/images.npz", x_train=images[:18], y_train=labels[:18], x_test=images[18:], y_test=labels[18:])
np.savez(f"{folder}/values.npz", x=grid.astype("f8"), y=np.arange(12) / 4)
np.savez(f"{folder}/others.npz", a=grid, b=grid)
