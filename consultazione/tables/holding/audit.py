"""What texts that wait must say by the log of their table."""

from __future__ import annotations

from consultazione.core.audit import ACTOR, AT, Audit, Folded, Is, Past, adds, does, register, sets
from consultazione.tables.holding.models import HeldState, HeldText, ReadFirst


def _set(rows: Folded, entry: Past) -> None:
    key = (entry.data["table_id"],)
    if not entry.data["waits"]:
        rows.drop(key)
    else:
        rows.say(key, entry, since=entry.at)


READ_FIRST = Audit(ReadFirst, does("table.reading_first_set", _set, since=AT))
HELD = Audit(
    HeldText,
    adds(
        "text.held",
        id="held_id",
        table_id="table_id",
        author_id=ACTOR,
        kind="text_kind",
        held_at=AT,
        state=Is(HeldState.WAITING),
        reason=Is(None),
        settled_at=Is(None),
    ),
    sets("text.released", id="held_id", state=Is(HeldState.RELEASED), settled_at=AT),
    sets(
        "text.turned_down",
        id="held_id",
        state=Is(HeldState.TURNED_DOWN),
        settled_at=AT,
        reason="reason",
    ),
)

register("table", audits=(READ_FIRST, HELD), apart=True)
