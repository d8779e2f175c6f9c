"""A zone's logo: a PNG that is taken apart and written anew with nothing but its picture.

SVG can hold scripts and JPEG cameras' places, so neither is taken. Of a PNG (W3C, PNG third
edition, 5 and 11) only what draws stays: comments, places, profiles and whatever follows the end
are left out. The picture itself is not decoded; its size in pixels is bounded, so that no
browser runs out of memory over it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Invalid
from consultazione.core.incoming.uploads import StoredFile, store

LARGEST = 300 * 1024
MOST_PIXELS = 2000
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEPT = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
_HEADER = struct.Struct(">I4s")


def store_logo(directory: Path, content: bytes) -> StoredFile:
    """Check a logo, store it below `directory` and say where; Invalid on `logo` if it is refused.

    At most LARGEST bytes, and MOST_PIXELS wide and high.
    """
    return store(directory, "logo.png", cleaned(content))


def cleaned(content: bytes) -> bytes:
    """The same PNG with what draws alone; Invalid on `logo` if it is no sound one."""
    if len(content) > LARGEST:
        raise Invalid.at("logo", _("The picture is too large: choose one of 300 KB at most."))
    if not content.startswith(_SIGNATURE):
        raise Invalid.at("logo", _("Choose a picture of the kind PNG."))
    chunks = [(kind, data) for kind, data in _chunks(content) if kind in _KEPT]
    kinds = [kind for kind, _data in chunks]
    if kinds[:1] != [b"IHDR"] or kinds[-1:] != [b"IEND"] or b"IDAT" not in kinds:
        raise _broken()
    _check_pixels(chunks[0][1])
    return _SIGNATURE + b"".join(_written(kind, data) for kind, data in chunks)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks up to the end of the picture, each with the checksum that it says."""
    at = len(_SIGNATURE)
    while at + 12 <= len(content):
        length, kind = _HEADER.unpack_from(content, at)
        data = content[at + 8 : at + 8 + length]
        checksum = content[at + 8 + length : at + 12 + length]
        if checksum != struct.pack(">I", zlib.crc32(kind + data)):
            raise _broken()
        yield kind, data
        if kind == b"IEND":
            return
        at += 12 + length


def _check_pixels(header: bytes) -> None:
    if len(header) != 13:
        raise _broken()
    width, height = struct.unpack_from(">II", header)
    if not (0 < width <= MOST_PIXELS and 0 < height <= MOST_PIXELS):
        raise Invalid.at(
            "logo",
            _("Choose a picture of at most %(most)s by %(most)s pixels.", most=MOST_PIXELS),
        )


def _written(kind: bytes, data: bytes) -> bytes:
    return _HEADER.pack(len(data), kind) + data + struct.pack(">I", zlib.crc32(kind + data))


def _broken() -> Invalid:
    return Invalid.at("logo", _("The picture is damaged: save it again as PNG."))
