"""Uploaded files of a zone: finding one by its name, and destroying its bytes by order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from flask_babel import lazy_gettext as _
from sqlalchemy import Table, Text, cast, func, select
from sqlalchemy.orm import Session

from consultazione.core.columns import Base
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.incoming.erased_files import ErasedFile, erased_file
from consultazione.core.incoming.uploads import path_of
from consultazione.erasure.columns import in_zone
from consultazione.erasure.events import FileErased
from consultazione.erasure.finding import DIGEST, Place
from consultazione.erasure.models import ErasureOrder
from consultazione.zones.events import zone_stream


def find_files(session: Session, zone_id: int, file_name: str) -> Iterator[Place]:
    """The rows of a zone that publish a file of that name and are not erased yet."""
    for table in tables_with_files() if file_name else ():
        erased = select(ErasedFile.sha256)
        query = select(table.c.id).where(
            in_zone(table, zone_id),
            func.lower(table.c.file_name) == file_name.strip().lower(),
            table.c.sha256.is_not(None),
            table.c.sha256.not_in(erased),
        )
        for number in session.scalars(query.order_by(table.c.id)):
            yield Place(table.name, (str(number),), DIGEST, 1)


def tables_with_files() -> list[Table]:
    """The tables whose rows publish an uploaded file each."""
    tables = Base.metadata.sorted_tables
    return [table for table in tables if DIGEST in table.c and "file_name" in table.c]


def erase_files(
    tx: Transaction, order: ErasureOrder, places: Sequence[Place], uploads: Path | None
) -> None:
    """Note that files are erased, and destroy their bytes once that is committed.

    uploads: the directory in which they lie. Whatever a crash leaves there is not handed out.
    Conflict if another zone publishes the same bytes.
    """
    for place in places:
        table = Base.metadata.tables[place.table]
        here = cast(table.c.id, Text) == place.row[0]
        sha256 = tx.session.execute(select(table.c.sha256).where(here)).scalar_one()
        if erased_file(tx.session, sha256) is not None:
            continue
        _require_no_other_zone(tx.session, order.zone_id, sha256)
        row = ErasedFile(sha256=sha256, order_id=order.id, number=order.number, erased_at=tx.now)
        tx.session.add(row)
        tx.flush()
        tx.record(zone_stream(order.zone_id), FileErased(order_id=order.id, sha256=sha256))
        if uploads is not None:
            tx.after_commit(partial(path_of(uploads, sha256).unlink, missing_ok=True))


def _require_no_other_zone(session: Session, zone_id: int, sha256: str) -> None:
    for table in tables_with_files():
        elsewhere = select(table.c.id).where(table.c.sha256 == sha256, ~in_zone(table, zone_id))
        if session.scalar(elsewhere.limit(1)) is not None:
            raise Conflict(
                _("Another zone publishes the same file: ask its administrator to remove it first.")
            )
