"""A bag (BagIt, RFC 8493) that is filled file by file, and packed as one ZIP.

Equal content gives equal bytes: files stand in the order of their paths, and nothing tells when
or by whom it was packed.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_MANIFEST = "manifest-sha256.txt"
_TAGS = "tagmanifest-sha256.txt"
# What tells no time: the first day that a ZIP knows, and a file that its owner may write.
_NO_DAY = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16
_PIECE = 1024 * 1024
# What is compressed already.
_PACKED = (".pdf", ".png", ".jpg", ".zip", ".docx", ".odt", ".ods", ".xlsx")


class Bag:
    """A bag in an empty directory."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.digests: dict[str, str] = {}
        self._bytes = 0

    def write(self, path: str, content: bytes) -> str:
        """Put a file in; its SHA-256. path: with slashes, below `data/` if it is payload."""
        with self.opened(path) as file:
            file.write(content)
        return self.digests[path]

    @contextmanager
    def opened(self, path: str) -> Iterator[BinaryIO]:
        """A new file of the bag, to be written in a `with` block and noted at its end.

        FileExistsError if the bag has one at that path.
        """
        place = self.directory / path
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("xb") as file:
            yield file
        self.digests[path] = digest_of(place)
        if path.startswith("data/"):
            self._bytes += place.stat().st_size

    def close(self, info: Mapping[str, str]) -> None:
        """Write what makes the directory a bag. info: labels and values of `bag-info.txt`."""
        payload = [path for path in self.digests if path.startswith("data/")]
        info = {**info, "Payload-Oxum": f"{self._bytes}.{len(payload)}"}
        said = "".join(f"{label}: {value}\n" for label, value in info.items())
        self.write("bagit.txt", _BAGIT)
        self.write("bag-info.txt", said.encode())
        self.write(_MANIFEST, self._manifest(inside=True))
        self.write(_TAGS, self._manifest(inside=False))

    def _manifest(self, *, inside: bool) -> bytes:
        """The lines of the payload's manifest, or of that of all other files."""
        lines = (
            f"{digest}  {path}\n"
            for path, digest in sorted(self.digests.items())
            if path.startswith("data/") is inside
        )
        return "".join(lines).encode()


def pack(bag: Bag, out: BinaryIO) -> None:
    """Write a closed bag as a ZIP, the tag files included."""
    with zipfile.ZipFile(out, "w") as archive:
        for path in sorted(bag.digests):
            _pack_file(archive, path, bag.directory / path)


def _pack_file(archive: zipfile.ZipFile, path: str, source: Path) -> None:
    entry = zipfile.ZipInfo(path, _NO_DAY)
    entry.create_system, entry.external_attr = 3, _PLAIN_FILE
    entry.compress_type = zipfile.ZIP_STORED if path.endswith(_PACKED) else zipfile.ZIP_DEFLATED
    entry.file_size = source.stat().st_size
    with source.open("rb") as file, archive.open(entry, "w") as part:
        while piece := file.read(_PIECE):
            part.write(piece)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
