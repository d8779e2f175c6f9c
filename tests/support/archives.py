"""Archives in tests: made from a database, unpacked, and verified."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask

from consultazione.archive.export import Form, Made, export
from consultazione.archive.judgement import Judgement
from consultazione.archive_site import source_of
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.transparency.growth import grow, publish
from consultazione.transparency.notes import Signer
from tests.support.applications import borrowed


def archive(
    app: Flask, database: Database, to: Path, *, zone: str, years: str, form: Form = Form.WHOLE
) -> Made:
    """The archive of a cycle, in a file."""
    with borrowed(app, database), database.snapshot() as session:
        source = source_of(session, app, zone=zone, years=years)
        return export(source, Judgement(session), to, form=form)


def signed(database: Database) -> str:
    """Sign a checkpoint over the whole log; the key that verifies it."""
    signer = Signer("example.org/log", Ed25519PrivateKey.generate())
    with database.transaction(SYSTEM) as tx:
        while grow(tx):
            pass
        publish(tx, signer=signer, known=None)
    return signer.key.text


def unpacked(file: Path, folder: Path) -> Path:
    """An archive in a new folder."""
    with zipfile.ZipFile(file) as packed:
        packed.extractall(folder)
    return folder


@dataclass(frozen=True)
class Example:
    """An archive. folder: where it is unpacked; not to be changed. key: the log's."""

    file: Path
    folder: Path
    made: Made
    key: str
