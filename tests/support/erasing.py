"""Carries out orders as the page does, and looks for words wherever the database keeps some."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import String, Text, cast, func, or_, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from consultazione.core.actor import Actor
from consultazione.core.columns import Base
from consultazione.core.log import TextRow
from consultazione.core.log.texts import open_row
from consultazione.erasure.commands import ERASING, Act, erase_by_order
from consultazione.erasure.finding import Place, find_places, fingerprint
from consultazione.erasure.models import ErasureOrder, Ground
from consultazione.erasure.queries import upcoming_number
from consultazione.erasure.sought import Sought, passages_of
from tests.support.factories import Factory
from tests.support.proofs import proof_again


def act_of(make: Factory, **fields: Any) -> Act:
    """An act of yesterday's date or so, which orders an erasure."""
    with make.session() as session:
        today = session.scalar(select(func.current_date()))
    return Act(
        **{
            "ground": Ground.GARANTE,
            "reference": "123/2026",
            "decided_on": today,
            **fields,
        }
    )


def preview(make: Factory, sought: Sought) -> list[Place]:
    """Where it stands."""
    with make.session() as session:
        number = upcoming_number(session, make.zone.id)
        passages = passages_of(session, make.zone.id, sought, number=number)
        return find_places(session, make.zone.id, passages)


def erase(
    make: Factory,
    who: Actor,
    sought: Sought,
    *,
    places: Sequence[Place] | None = None,
    uploads: Path | None = None,
    **act: Any,
) -> ErasureOrder:
    """Carry out an order on all that a preview shows, or on some of it."""
    found = preview(make, sought)
    proof = proof_again(make.database, who.person_id, ERASING)
    with make.database.transaction(who) as tx:
        return erase_by_order(
            tx,
            zone_id=make.zone.id,
            act=act_of(make, **act),
            sought=sought,
            seen=fingerprint(found),
            chosen=[place.key for place in (found if places is None else places)],
            proof=proof,
            uploads=uploads,
        )


def still_holding(session: Session, words: str) -> list[str]:
    """Every column of text or JSON of the whole database, and every text of the log, that holds
    some words.
    """
    found = []
    for table in Base.metadata.sorted_tables:
        columns = [c for c in table.columns if isinstance(c.type, String | JSONB)]
        for column in columns:
            held = or_(cast(column, Text).icontains(words, autoescape=True))
            if session.scalar(select(func.count()).select_from(table).where(held)):
                found.append(f"{table.name}.{column.name}")
    for row in session.scalars(select(TextRow).where(TextRow.sealed.is_not(None))):
        text = open_row(session, row)
        if text is not None and words.lower() in text.body.lower():
            found.append(f"log_text {row.position} {row.field}")
    return found
