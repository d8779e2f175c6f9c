"""The texts of materials' files: which are still to be read, and keeping what was read.

Nothing is recorded: the log has the digest of the file, from which all of it follows.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import and_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from consultazione.core.db import Transaction
from consultazione.core.incoming.uploads import path_of
from consultazione.documents.reading import READABLE, pages_of
from consultazione.search.indexing.keeping import keep
from consultazione.search.kinds import KINDS
from consultazione.search.kinds.base import MOST_CHARACTERS
from consultazione.search.models import MaterialText
from consultazione.tables.models import Material


def unread(session: Session, *, after: int = 0, limit: int) -> list[Material]:
    """The materials above an id whose present file has not been read, and can be."""
    read = and_(MaterialText.material_id == Material.id, MaterialText.sha256 == Material.sha256)
    query = (
        select(Material)
        .outerjoin(MaterialText, read)
        .where(MaterialText.material_id.is_(None), Material.withdrawn_at.is_(None))
        .where(Material.media_type.in_(READABLE.values()), Material.id > after)
        .order_by(Material.id)
    )
    return list(session.scalars(query.limit(limit)))


def text_of(material: Material, uploads: Path) -> str | None:
    """What a process with limits reads in a material's file; None if nothing can be read."""
    path = path_of(uploads, material.sha256)
    if material.media_type not in READABLE.values() or not path.is_file():
        return None
    pages = pages_of(path.read_bytes(), material.media_type)
    return None if pages is None else "\n".join(pages)


def keep_text(tx: Transaction, material: Material, body: str) -> None:
    """Have a material found by the words of its file too; idempotent."""
    row = {"material_id": material.id, "sha256": material.sha256, "body": body[:MOST_CHARACTERS]}
    written = insert(MaterialText).values(row)
    tx.session.execute(
        written.on_conflict_do_update(index_elements=[MaterialText.material_id], set_=row)
    )
    keep(tx.session, KINDS["material"], [material.id], at=tx.now)
