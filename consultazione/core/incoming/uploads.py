"""Uploaded files: checked by their content, stored under the SHA-256 of their bytes.

The name and the declared type are the sender's claims; only the bytes decide. Types that a
browser might run (HTML, SVG, scripts) are not accepted, and no other type is ever sniffed as
one of them.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import filetype

from consultazione.core.errors import Invalid
from consultazione.core.sentences import LazySentence as _
from consultazione.core.text import has_control_characters

LARGEST = 20 * 1024 * 1024

_OOXML = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."

# The accepted media types, by file extension.
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "odt": _OPEN_DOCUMENT + "text",
    "ods": _OPEN_DOCUMENT + "spreadsheet",
    "odp": _OPEN_DOCUMENT + "presentation",
    "docx": _OOXML + "wordprocessingml.document",
    "xlsx": _OOXML + "spreadsheetml.sheet",
    "pptx": _OOXML + "presentationml.presentation",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "txt": "text/plain",
    "csv": "text/csv",
}
_OOXML_PARTS = {
    "word/document.xml": MEDIA_TYPES["docx"],
    "xl/workbook.xml": MEDIA_TYPES["xlsx"],
    "ppt/presentation.xml": MEDIA_TYPES["pptx"],
}
_BARE = frozenset({MEDIA_TYPES["pdf"], MEDIA_TYPES["png"], MEDIA_TYPES["jpg"]})
# ISO/IEC 21320-1 admits these two; each other way to pack is one more that can break.
_PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_TEXTS = frozenset({MEDIA_TYPES["txt"], MEDIA_TYPES["csv"]})


@dataclass(frozen=True)
class StoredFile:
    """A file that has been checked and stored. size: in bytes."""

    name: str
    media_type: str
    size: int
    sha256: str


def store(directory: Path, name: str, content: bytes) -> StoredFile:
    """Check a file and store it below `directory`; Invalid on the field `file` if it is refused.

    Idempotent: the same bytes are stored once. A file that no command publishes afterwards
    stays unreferenced.
    """
    plain = plain_name(name)
    media_type = media_type_of(plain, content)
    sha256 = hashlib.sha256(content).hexdigest()
    _write(path_of(directory, sha256), content)
    return StoredFile(name=plain, media_type=media_type, size=len(content), sha256=sha256)


def path_of(directory: Path, sha256: str) -> Path:
    """The path of the file with that digest."""
    return directory / sha256[:2] / sha256


def plain_name(name: str) -> str:
    """The file's name without its path and without characters that would break a header."""
    last = name.replace("\\", "/").rpartition("/")[2].strip()
    return "".join(c for c in last if c.isprintable() and c not in '"<>|:*?')[-120:].lstrip(".")


def media_type_of(name: str, content: bytes) -> str:
    """The media type of a file, if its content matches its extension.

    Invalid on the field `file` if the type is not accepted, the content is something else, or
    the file is empty or larger than LARGEST bytes.
    """
    declared = MEDIA_TYPES.get(name.rpartition(".")[2].lower() if "." in name else "")
    if declared is None:
        endings = ", ".join(sorted(MEDIA_TYPES))
        raise Invalid.at(
            "file", _("Choose a file of one of these kinds: %(endings)s.", endings=endings)
        )
    require_size(content)
    fits = _is_text(content) if declared in _TEXTS else _detect(content) == declared
    if not fits:
        raise Invalid.at(
            "file",
            _("The content is not what the name says. Save the file again and choose it anew."),
        )
    return declared


def require_size(content: bytes) -> None:
    """Invalid on the field `file` if a file is empty or larger than LARGEST bytes."""
    if len(content) > LARGEST:
        raise Invalid.at("file", _("The file is too large: choose one of 20 MB at most."))
    if not content:
        raise Invalid.at("file", _("The file is empty: choose another."))


def _is_text(content: bytes) -> bool:
    """True for UTF-8 without control characters."""
    try:
        return not has_control_characters(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return False


def _detect(content: bytes) -> str | None:
    """The media type detected from the bytes; None if it is not an accepted one."""
    guess = filetype.guess(content)
    if guess is None:
        return None
    return guess.mime if guess.mime in _BARE else _detect_in_archive(content)


def _detect_in_archive(content: bytes) -> str | None:
    """The office document's media type, from its archive; None if it has macros."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                return None
            if "mimetype" in names and _is_short(archive.getinfo("mimetype")):
                return archive.read("mimetype").decode("ascii", "replace")
    except (zipfile.BadZipFile, RuntimeError, EOFError, OSError, ValueError, zlib.error):
        return None
    return next((kind for part, kind in _OOXML_PARTS.items() if part in names), None)


def _is_short(part: zipfile.ZipInfo) -> bool:
    """True for a part that can be read at no cost, packed in one of the ways of offices."""
    return part.file_size < 100 and part.compress_type in _PACKED


def _write(path: Path, content: bytes) -> None:
    """Write a file atomically, readable by this user and its group; do nothing if it exists."""
    if path.exists():
        return
    path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
