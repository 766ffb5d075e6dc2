"""Tables encoded by pandas and scikit-learn, for test/data/table-goldens.test.ts.

    python scripts/goldens/tables.py > test/goldens/data/tables.json

Everything is fitted on the rows whose set is "train", and applied to all rows. Words in fewer than two of them are infrequent, and
share one input with words that are not in the training set at all.
"""

import io
import json
import random

import numpy as np
import pandas as pd
import sklearn
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import OneHotEncoder, StandardScaler

random.seed(7)


def maybe(text, chance=0.15):
    return "" if random.random() < chance else text


def row(i):
    part = ["train", "train", "train", "validation", "test"][i % 5]
    rare = {3: "ocre", 12: "écru", 20: "ecru"}
    colour = rare.get(i, random.choice(["red", "Green", "blue", "blue"]))
    if part == "test" and i % 3 == 0:
        colour = "violet"
    return [
        part,
        maybe(f"{random.gauss(40, 12):.1f}"),
        "" if i == 8 else f"{random.gauss(-3, 1):.4f}",
        maybe(colour),
        maybe(random.choice(["yes", "no"])),
        f"{2020 + i % 4}-{1 + i % 12:02}-{1 + (7 * i) % 28:02}",
        f"{1 + (5 * i) % 28}.{1 + (3 * i) % 12}.{1999 + i % 3}",
        f"{random.uniform(1, 9):.2f}",
    ]


NAMES = ["set", "age", "level", "colour", "member", "joined", "born", "y"]
ROWS = [row(i) for i in range(60)]
TEXT = "\n".join([",".join(NAMES), *(",".join(cells) for cells in ROWS)]) + "\n"


def days(column, **form):
    return (pd.to_datetime(column, **form) - pd.Timestamp("1970-01-01")) / pd.Timedelta(days=1)


def case(policy):
    table = pd.read_csv(io.StringIO(TEXT))
    if policy == "drop":
        table = table.dropna()
    table["member"] = table["member"].map({"no": 0.0, "yes": 1.0})
    table["joined"] = days(table["joined"])
    table["born"] = days(table["born"], format="%d.%m.%Y")
    train = table[table["set"] == "train"]
    blocks, names = [], []
    for name in ["age", "level", "colour", "member", "joined", "born"]:
        if name == "colour":
            kind = OneHotEncoder(min_frequency=2, handle_unknown="infrequent_if_exist", sparse_output=False)
            kind.fit(train[[name]])
            found = list(kind.get_feature_names_out())
            values = kind.transform(table[[name]])
            order = sorted(n for n in found if not n.endswith(("_nan", "_infrequent_sklearn")))
            order += [n for n in found if n.endswith("_infrequent_sklearn")]
            order += [n for n in found if n.endswith("_nan")]
            blocks.append(values[:, [found.index(n) for n in order]])
            special = {"colour_infrequent_sklearn": "colour is another", "colour_nan": "colour is missing"}
            names += [special.get(n, n.replace("_", " = ", 1)) for n in order]
            continue
        strategy = "median" if policy == "median" else "mean"
        imputer = SimpleImputer(strategy=strategy, add_indicator=policy == "indicator")
        scaler = StandardScaler()
        fitted = imputer.fit_transform(train[[name]])
        scaler.fit(fitted[:, :1])
        filled = imputer.transform(table[[name]])
        blocks.append(np.hstack([scaler.transform(filled[:, :1]), filled[:, 1:]]))
        names += [name, f"{name} is missing"][: filled.shape[1]]
    inputs = np.hstack(blocks)
    target = StandardScaler().fit(train[["y"]]).transform(table[["y"]])[:, 0]
    sets = {
        part: {"inputs": inputs[table["set"] == part].tolist(), "targets": target[table["set"] == part].tolist()}
        for part in ["train", "validation", "test"]
    }
    return {"missing": policy, "names": names, **sets}


made = {
    "made": "scripts/goldens/tables.py",
    "pandas": pd.__version__,
    "scikit-learn": sklearn.__version__,
    "text": TEXT,
    "cases": [case(policy) for policy in ["drop", "mean", "median", "indicator"]],
}
print(json.dumps(made, ensure_ascii=False))
