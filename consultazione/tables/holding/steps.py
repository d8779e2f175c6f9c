"""What commands on texts share where these wait: whether they do here, and keeping one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.permissions import acting_person
from consultazione.tables.events import table_stream
from consultazione.tables.holding.events import TextHeld
from consultazione.tables.holding.models import HeldKind, HeldText, ReadFirst


def waits_at(session: Session, table_id: int) -> bool:
    """True if texts at a table wait until somebody has read them."""
    return session.get(ReadFirst, table_id) is not None


def require_no_wait(tx: Transaction, table_id: int) -> None:
    """Conflict where texts wait: they are handed in on the page, and released by who moderates."""
    if waits_at(tx.session, table_id):
        raise Conflict(
            _("At this table somebody reads texts before they are published: use the page.")
        )


def hold(tx: Transaction, *, table_id: int, kind: HeldKind, content: Mapping[str, Any]) -> HeldText:
    """Keep a text of the actor's until somebody has read it; content: what its command takes."""
    held = HeldText(
        table_id=table_id,
        author_id=acting_person(tx.actor),
        kind=kind,
        content=dict(content),
        held_at=tx.now,
    )
    tx.session.add(held)
    tx.flush()
    event = TextHeld(held_id=held.id, table_id=table_id, text_kind=kind)
    tx.record(table_stream(table_id), event)
    return held
