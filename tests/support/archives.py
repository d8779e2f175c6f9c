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
from consultazione.config import ROOT
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.italian import italian
from consultazione.transparency.growth import grow, publish
from consultazione.transparency.notes import Signer
from tests.support.applications import borrowed

# The demo zone's past cycle.
STORY = (ROOT / "demo" / "reno-lavino-samoggia-2018-2020.yaml").read_text(encoding="utf-8")
CYCLE = {"zone": "reno-lavino-samoggia", "years": "2018-2020"}
# Where an archive has the entries of the log, a file for each stream.
VOICES = "data/registro/voci"


def archive(
    app: Flask, database: Database, to: Path, *, zone: str, years: str, form: Form = Form.WHOLE
) -> Made:
    """The archive of a cycle, in a file."""
    with borrowed(app, database), database.snapshot() as session:
        source = source_of(session, app, zone=zone, years=years)
        with italian():  # as on the command line and in a job
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


def packed(folder: Path, to: Path) -> Path:
    """The files of a folder in a new ZIP."""
    with zipfile.ZipFile(to, "w") as out:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                out.write(path, path.relative_to(folder).as_posix())
    return to


@dataclass(frozen=True)
class Example:
    """An archive. folder: where it is unpacked; not to be changed. key: the log's."""

    file: Path
    folder: Path
    made: Made
    key: str
