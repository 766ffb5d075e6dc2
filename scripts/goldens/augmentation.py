"""Images padded, cropped and mirrored by NumPy before they are standardised, as torchvision's RandomCrop(padding=…),
RandomHorizontalFlip and Normalize do, for test/data/augmentation.test.ts.

    python scripts/goldens/augmentation.py > test/goldens/data/augmentation.json
"""

import json

import numpy as np

random = np.random.default_rng(5)
raw = random.integers(0, 256, (2, 5, 4)).astype(np.uint8)
mean, deviation = np.array([120.5, 33.25]), np.array([61.0, 7.5])


def standardised(image):
    return ((image - mean[:, None, None]) / deviation[:, None, None]).astype(np.float32)


def changed(pad, down, right, flip):
    padded = np.pad(raw, ((0, 0), (pad, pad), (pad, pad)))
    crop = padded[:, pad + down : pad + down + 5, pad + right : pad + right + 4]
    return standardised(crop[:, :, ::-1] if flip else crop)


changes = [
    {"pad": pad, "down": down, "right": right, "flip": flip}
    for pad in (1, 2)
    for down in range(-pad, pad + 1)
    for right in range(-pad, pad + 1)
    for flip in (False, True)
]
print(
    json.dumps(
        {
            "made": "scripts/goldens/augmentation.py",
            "numpy": np.__version__,
            "shape": raw.shape,
            "mean": mean.tolist(),
            "deviation": deviation.tolist(),
            "image": standardised(raw).ravel().tolist(),
            "changed": [{**change, "image": changed(**change).ravel().tolist()} for change in changes],
        }
    )
)
