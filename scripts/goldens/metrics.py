"""Metrics by scikit-learn, for test/metrics.

    python scripts/goldens/metrics.py > test/goldens/metrics/metrics.json
"""

import json
import random

import numpy as np
import sklearn
from sklearn import metrics

random.seed(3)


def classification(classes, count, certain):
    labels = [random.randrange(classes) for _ in range(count)]
    rows = []
    for label in labels:
        weights = [random.random() for _ in range(classes)]
        weights[label] += certain
        # Two digits, so that some probabilities tie.
        rows.append([round(w / sum(weights), 2) for w in weights])
    p = np.array(rows)
    p /= p.sum(axis=1, keepdims=True)
    predicted = p.argmax(axis=1)
    every = list(range(classes))
    precision, recall, f1, support = metrics.precision_recall_fscore_support(
        labels, predicted, labels=every, zero_division=0
    )
    seen = sorted(set(labels) | set(predicted.tolist()))
    macro = metrics.precision_recall_fscore_support(labels, predicted, labels=seen, average="macro", zero_division=0)
    two = classes == 2
    return {
        "classes": [f"c{i}" for i in every],
        "labels": labels,
        "probabilities": p.ravel().tolist(),
        "accuracy": metrics.accuracy_score(labels, predicted),
        "logLoss": metrics.log_loss(labels, p, labels=every),
        "top5": metrics.top_k_accuracy_score(labels, p, k=5, labels=every) if classes > 5 else None,
        "precision": precision.tolist(),
        "recall": recall.tolist(),
        "f1": f1.tolist(),
        "support": support.tolist(),
        "macro": [float(x) for x in macro[:3]],
        "rocAuc": metrics.roc_auc_score(labels, p[:, 1]) if two else None,
        "averagePrecision": metrics.average_precision_score(labels, p[:, 1]) if two else None,
        "confusion": metrics.confusion_matrix(labels, predicted, labels=every).tolist(),
    }


def regression(count):
    actual = [[random.gauss(10, 3), random.gauss(-2, 0.1)] for _ in range(count)]
    predicted = [[a + random.gauss(0, 2), b + random.gauss(0, 0.2)] for a, b in actual]
    each = {"multioutput": "raw_values"}
    return {
        "actual": np.ravel(actual).tolist(),
        "predicted": np.ravel(predicted).tolist(),
        "mae": metrics.mean_absolute_error(actual, predicted, **each).tolist(),
        "rmse": metrics.root_mean_squared_error(actual, predicted, **each).tolist(),
        "r2": metrics.r2_score(actual, predicted, **each).tolist(),
    }


print(
    json.dumps(
        {
            "versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__},
            "classification": [
                classification(2, 60, 0.4),
                classification(3, 40, 0.6),
                classification(8, 50, 0.5),
                classification(2, 3, 5),
            ],
            "regression": regression(30),
        }
    )
)
