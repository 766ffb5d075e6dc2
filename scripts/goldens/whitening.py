"""ZCA whitening of small images by NumPy's eigenvalues, for test/data/whitening.test.ts.

    python scripts/goldens/whitening.py > test/goldens/data/whitening.json
"""

import base64
import json

import numpy as np

EPSILON = 0.1


def case(count, shape, seed):
    """Neighbouring pixels are alike; one pixel is constant. All but the last ten images are the training set."""
    random = np.random.default_rng(seed)
    rough = random.normal(size=(count, *shape))
    smooth = rough + np.roll(rough, 1, 2) + np.roll(rough, 1, 3) + 2 * random.normal(size=(count, 1, 1, 1))
    raw = np.clip(128 + 30 * smooth, 0, 255).astype(np.uint8)
    raw[:, 0, 0, 0] = 7
    train = count - 10
    mean, deviation = raw[:train].mean((0, 2, 3)), raw[:train].std((0, 2, 3))
    x = ((raw - mean[:, None, None]) / deviation[:, None, None]).reshape(count, -1)
    m = x[:train].mean(0)
    values, vectors = np.linalg.eigh(np.cov(x[:train].T, bias=True))
    w = vectors @ np.diag(1 / np.sqrt(values + EPSILON)) @ vectors.T
    return {
        "count": count,
        "train": train,
        "shape": shape,
        "pixels": base64.b64encode(raw.tobytes()).decode(),
        "mean": m.tolist(),
        "matrix": w.ravel().tolist(),
        "whitened": ((x - m) @ w)[-10:].ravel().tolist(),
        "least": float(values[0]),
        "most": float(values[-1]),
    }


print(
    json.dumps(
        {
            "made": "scripts/goldens/whitening.py",
            "numpy": np.__version__,
            "cases": {"many images": case(90, (3, 3, 4), 1), "fewer images than pixels": case(25, (2, 4, 4), 2)},
        }
    )
)
