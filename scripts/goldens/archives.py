"""Tar archives as Python's tarfile writes them, in three formats, for the tests of the reader.

Run: python scripts/goldens/archives.py > test/goldens/data/archives.json
"""

import base64
import gzip
import io
import json
import platform
import tarfile

LONG = "folder/" * 20 + "a-name-that-is-longer-than-one-hundred-bytes/" + "x" * 120 + ".bin"

# Name and contents: an empty file, one of a whole block, one beyond it, a deep path, a long name, an umlaut.
FILES = [
    ("empty.bin", b""),
    ("folder/block.bin", bytes(range(256)) * 2),
    ("folder/more.bin", b"abc" * 200),
    ("/".join(["deep"] * 30) + "/name.bin", b"prefix"),
    (LONG, b"long"),
    ("Übung.bin", b"pax or utf-8"),
]


def archive(form, files):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=form) as tar:
        folder = tarfile.TarInfo("folder")
        folder.type = tarfile.DIRTYPE
        tar.addfile(folder)
        link = tarfile.TarInfo("folder/link.bin")
        link.type, link.linkname = tarfile.SYMTYPE, "block.bin"
        tar.addfile(link)
        for name, contents in files:
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(contents), 1234567890
            if form == tarfile.PAX_FORMAT:
                info.pax_headers = {"comment": "two = signs = here"}
            tar.addfile(info, io.BytesIO(contents))
    return buffer.getvalue()


def text(data):
    return base64.b64encode(data).decode()


FORMATS = {
    "ustar": (tarfile.USTAR_FORMAT, [file for file in FILES if file[0] != LONG]),
    "gnu": (tarfile.GNU_FORMAT, FILES),
    "pax": (tarfile.PAX_FORMAT, FILES),
}

print(
    json.dumps(
        {
            "made": "scripts/goldens/archives.py",
            "python": platform.python_version(),
            "archives": {
                name: {
                    "files": [{"name": path, "contents": text(contents)} for path, contents in files],
                    "gzip": text(gzip.compress(archive(form, files), mtime=0)),
                }
                for name, (form, files) in FORMATS.items()
            },
        },
        indent=1,
    )
)
