"""The uploaded files to which restored rows refer: put where the site serves them from."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from consultazione.archive.papers import LIST
from consultazione.archive.restoring.bad import inside
from consultazione.archive.restoring.shapes import PaperShape, listed
from consultazione.core.columns import Base
from consultazione.core.incoming.uploads import path_of

# The tables of uploaded files, which stand on the disk under their SHA-256.
_UPLOADED = ("archive_document", "attachment", "material", "proposal_file")


@dataclass(frozen=True)
class Listed:
    """A document that an archive lists. file: where it is unpacked."""

    file: Path
    sha256: str


def papers_in(folder: Path) -> Mapping[str, Listed]:
    """The documents of an unpacked archive, by their paths in it; BadArchive if one leads out."""
    papers = listed(PaperShape(many=True), folder, LIST)
    return {one["file"]: Listed(inside(folder, one["file"]), one["sha256"]) for one in papers}


def restore_papers(session: Session, folder: Path, uploads: Path) -> Callable[[], None]:
    """Copy the files of an archive to which rows refer; what takes them away again.

    One that is there already stays as it is. BadArchive if the archive has no such file.
    """
    tables = [Base.metadata.tables[name] for name in _UPLOADED]
    query = union(*(select(table.c.sha256).where(table.c.sha256.is_not(None)) for table in tables))
    wanted = set(session.scalars(query))
    copied: list[Path] = []

    def undo() -> None:
        for path in copied:
            path.unlink(missing_ok=True)

    try:
        for paper in papers_in(folder).values():
            to = path_of(uploads, paper.sha256)
            if paper.sha256 in wanted and not to.exists():
                to.parent.mkdir(parents=True, exist_ok=True)
                copied.append(to)
                shutil.copyfile(paper.file, to)
    except BaseException:
        undo()
        raise
    return undo
