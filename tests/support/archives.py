"""Archives in tests: made from a database, unpacked, and verified."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from consultazione.archive.export import Form, Made, export
from consultazione.archive.judgement import Judgement
from consultazione.archive_site import source_of
from consultazione.core.db import Database
from tests.support.applications import borrowed


def archive(
    app: Flask, database: Database, to: Path, *, zone: str, years: str, form: Form = Form.WHOLE
) -> Made:
    """The archive of a cycle, in a file."""
    with borrowed(app, database), database.snapshot() as session:
        source = source_of(session, app, zone=zone, years=years)
        return export(source, Judgement(session), to, form=form)


def unpacked(file: Path, folder: Path) -> Path:
    """An archive in a new folder."""
    with zipfile.ZipFile(file) as packed:
        packed.extractall(folder)
    return folder


@dataclass(frozen=True)
class Example:
    """An archive. folder: where it is unpacked; not to be changed."""

    file: Path
    folder: Path
    made: Made
