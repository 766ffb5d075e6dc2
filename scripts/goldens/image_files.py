"""PNG files of every colour type and depth, plain and interlaced, JPEG files of every kind that cameras write, and images resized by
Pillow, for test/data/image-files.test.ts.

    python scripts/goldens/image_files.py > test/goldens/data/image-files.json

PNG files are written here, by the specification, since few programs write all of them; Pillow reads each back where it can.
"""

import base64
import io
import json
import struct
import zlib

import numpy as np
import PIL
import PIL.ImageOps
from PIL import Image

random = np.random.default_rng(11)
H, W = 7, 11
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def scanlines(samples, depth):
    """Rows of samples, [h, w, channels], each after its filter's number, which is 0: none."""
    out = b""
    for row in samples:
        flat = row.reshape(-1)
        if depth == 16:
            line = flat.astype(">u2").tobytes()
        elif depth == 8:
            line = flat.astype(np.uint8).tobytes()
        else:
            bits = "".join(format(int(x), f"0{depth}b") for x in flat)
            bits += "0" * (-len(bits) % 8)
            line = bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8))
        out += b"\0" + line
    return out


def png(samples, colour, depth, interlaced, palette=None):
    if interlaced:
        passes = [samples[y0::dy, x0::dx] for x0, y0, dx, dy in ADAM7]
        data = b"".join(scanlines(part, depth) for part in passes if part.size)
    else:
        data = scanlines(samples, depth)
    head = struct.pack(">IIBBBBB", W, H, depth, colour, 0, 0, int(interlaced))
    plte = chunk(b"PLTE", palette.astype(np.uint8).tobytes()) if palette is not None else b""
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + plte + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


def text(data):
    return base64.b64encode(data).decode()


def planes(image):
    """[h, w] or [h, w, 3] as plane after plane."""
    return text(np.ascontiguousarray(np.moveaxis(np.atleast_3d(image), 2, 0)).astype(np.uint8).tobytes())


pngs = []
for colour, depths in {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}.items():
    for depth in depths:
        for interlaced in (False, True):
            most = 2**depth - 1
            samples = random.integers(0, most + 1, (H, W, CHANNELS[colour]))
            palette = random.integers(0, 256, (2**depth, 3)) if colour == 3 else None
            file = png(samples, colour, depth, interlaced, palette)
            if colour == 3:
                expected = palette[samples[:, :, 0]]
            else:
                kept = samples[:, :, : 1 if colour in (0, 4) else 3]
                expected = np.floor(kept * 255 / most + 0.5).astype(np.uint8)
            if depth <= 8:
                read = np.array(Image.open(io.BytesIO(file)).convert("RGB"))
                assert (read == np.broadcast_to(expected, read.shape)).all(), (colour, depth)
            pngs.append(
                {
                    "colour": colour,
                    "depth": depth,
                    "interlaced": interlaced,
                    "channels": expected.shape[2],
                    "file": text(file),
                    "pixels": planes(expected),
                }
            )

y, x = np.mgrid[0:24, 0:40]
photo = np.stack([x * 6, y * 10, 255 - x * 3 - y * 4], 2).clip(0, 255).astype(np.uint8)
photo[2:8, 3:12] = [250, 10, 20]


def jpeg(image, orientation=None, **options):
    buffer = io.BytesIO()
    if orientation is not None:
        exif = Image.Exif()
        exif[0x0112] = orientation
        options["exif"] = exif
    image.save(buffer, "JPEG", quality=95, **options)
    return buffer.getvalue()


jpegs = []
colour, grey = Image.fromarray(photo), Image.fromarray(photo).convert("L")
for name, image, options in [
    ("colour, 4:4:4", colour, {"subsampling": 0}),
    ("colour, 4:2:0", colour, {"subsampling": 2}),
    ("colour, progressive", colour, {"subsampling": 0, "progressive": True}),
    ("grey", grey, {}),
    *[(f"orientation {n}", colour, {"subsampling": 0, "orientation": n}) for n in range(1, 9)],
]:
    file = jpeg(image, **options)
    read = PIL.ImageOps.exif_transpose(Image.open(io.BytesIO(file))) if "orientation" in options else Image.open(io.BytesIO(file))
    pixels = np.array(read)
    jpegs.append(
        {
            "name": name,
            "width": pixels.shape[1],
            "height": pixels.shape[0],
            "channels": 1 if pixels.ndim == 2 else 3,
            "file": text(file),
            "pixels": planes(pixels),
        }
    )


def turned(orientation):
    """A PNG file that says how the camera was held, and its pixels upright by Pillow."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    buffer = io.BytesIO()
    Image.fromarray(photo[:6, :9]).save(buffer, "PNG", exif=exif)
    pixels = np.array(PIL.ImageOps.exif_transpose(Image.open(buffer)))
    return {
        "orientation": orientation,
        "width": pixels.shape[1],
        "height": pixels.shape[0],
        "channels": 3,
        "file": text(buffer.getvalue()),
        "pixels": planes(pixels),
    }


resized = [
    {"width": w, "height": h, "pixels": planes(np.array(colour.resize((w, h), Image.Resampling.BILINEAR)))}
    for w, h in [(20, 12), (13, 24), (40, 7), (80, 48), (5, 50), (1, 1)]
]

print(
    json.dumps(
        {
            "made": "scripts/goldens/image_files.py",
            "pillow": PIL.__version__,
            "png": {"width": W, "height": H, "files": pngs},
            "turned": [turned(n) for n in range(1, 9)],
            "jpeg": jpegs,
            "photo": {"width": 40, "height": 24, "pixels": planes(photo)},
            "resized": resized,
        }
    )
)
