"""Files that people hand in, and files that are handed out: the same way for every feature."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from flask import Response, current_app, request, send_file
from flask_babel import lazy_gettext as _
from werkzeug.datastructures import FileStorage

from consultazione.config import Settings
from consultazione.core.errors import Invalid, NotFound
from consultazione.core.incoming.erased_files import erased_file
from consultazione.core.incoming.uploads import (
    LARGEST,
    MEDIA_TYPES,
    StoredFile,
    media_type_of,
    path_of,
    plain_name,
    require_size,
    store,
)
from consultazione.core.threadpool import offload
from consultazione.web.files.scanner import refuse_infected
from consultazione.web.oversight import security_log
from consultazione.web.oversight.security_log import Kind
from consultazione.web.request_db import snapshot

# What a field for a file offers to choose.
ACCEPT = ",".join(f".{ending}" for ending in MEDIA_TYPES)
_SHOWN_INLINE = frozenset(MEDIA_TYPES[ending] for ending in ("pdf", "png", "jpg"))
_READ_FOR = 3600
# No file may run scripts or load anything from our origin, whatever it contains.
_SANDBOX = (
    "default-src 'none'; style-src 'unsafe-inline'; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; sandbox"
)


class Published(Protocol):
    """What a row says of the file that it publishes."""

    @property
    def file_name(self) -> str:
        """Its name, which ends its address."""

    @property
    def media_type(self) -> str:
        """Its type, as its content was found to be."""

    @property
    def sha256(self) -> str:
        """The digest of its bytes, under which they are stored."""


def with_file(**values: Any) -> Mapping[str, object]:
    """The fields of a form, with the file that is now scanned and stored.

    Invalid on the field `file` if it is refused. One that is left over after the command's own
    refusal does no harm.
    """
    return {**values, "file": _store_upload()}


def with_files(most: int, /, **values: Any) -> Mapping[str, object]:
    """The fields of a form, with the files of its field `files`, now scanned and stored.

    Invalid on the field `files` if one is refused, and if there are more than `most`, before any
    is looked at; there may be none.
    """
    uploads = [upload for upload in request.files.getlist("files") if upload.filename]
    if len(uploads) > most:
        raise Invalid.at("files", _("Choose %(most)s files at most.", most=most))
    try:
        return {**values, "files": [_store(upload) for upload in uploads]}
    except Invalid as refusal:
        raise Invalid.at("files", refusal.detail) from refusal


def sent_name() -> str:
    """The name of the file that came with the form; empty if none did."""
    upload = request.files.get("file")
    return plain_name(upload.filename) if upload is not None and upload.filename else ""


def content_of(file: StoredFile) -> bytes:
    """The bytes of a file that was stored a moment ago."""
    return path_of(directory(), file.sha256).read_bytes()


def sent_content() -> bytes:
    """The bytes of the file that came with the form, scanned; they are not stored.

    Invalid on the field `file` if there is none, it is empty, too large or infected.
    """
    content = _sent_bytes()
    require_size(content)
    _scan(content)
    return content


def directory() -> Path:
    """The directory in which uploaded files lie."""
    return _settings().uploads_dir


def is_scanned() -> bool:
    """Whether this site has a scanner look at files."""
    return _settings().clamd is not None


def sent(stored: Published, file_name: str) -> Response:
    """A file's bytes; inline only if its type cannot run scripts.

    NotFound if it has another name, its bytes are away, or an order had it destroyed.
    """
    gone = erased_file(snapshot(), stored.sha256)
    if gone is not None:
        raise NotFound(
            _(
                "This file was destroyed by order (erasure order no. %(number)s): only its digest "
                "is kept, %(sha256)s.",
                number=gone.number,
                sha256=gone.sha256,
            )
        )
    path = path_of(directory(), stored.sha256)
    if stored.file_name != file_name or not path.exists():
        raise NotFound(_("There is no such document."))
    response = send_file(
        path,
        mimetype=stored.media_type,
        as_attachment=stored.media_type not in _SHOWN_INLINE,
        download_name=stored.file_name,
        etag=stored.sha256,
        max_age=_READ_FOR,
    )
    response.headers["Content-Security-Policy"] = _SANDBOX
    return response


def _store_upload() -> StoredFile:
    return _check_and_store(sent_name(), _sent_bytes())


def _store(upload: FileStorage) -> StoredFile:
    return _check_and_store(plain_name(upload.filename or ""), upload.stream.read(LARGEST + 1))


def _check_and_store(name: str, content: bytes) -> StoredFile:
    offload(media_type_of, name, content)
    _scan(content)
    stored: StoredFile = offload(store, directory(), name, content)
    return stored


def _sent_bytes() -> bytes:
    """The bytes of the file that came with the form, as far as they are looked at."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise Invalid.at("file", _("Choose a file."))
    return upload.stream.read(LARGEST + 1)


def _scan(content: bytes) -> None:
    """Have the scanner look at a file, where the site has one."""
    if (clamd := _settings().clamd) is None:
        return
    try:
        refuse_infected(clamd, content)
    except Invalid:
        security_log.note(Kind.INFECTED)
        raise


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
