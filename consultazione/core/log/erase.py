"""The ways in which something leaves the log: texts are erased, a stream deleted.

The application's role may do neither to the tables; functions of the database do it for it,
and check what they were asked.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ARRAY, BigInteger, Text, bindparam, text
from sqlalchemy.orm import Session

from consultazione.core.log.streams import EPHEMERAL_FROM

_ERASE = text("SELECT erase_log_texts(:position)").bindparams(
    bindparam("position", type_=BigInteger)
)
_ERASE_ONE = text("SELECT erase_log_text(:position, :field)").bindparams(
    bindparam("position", type_=BigInteger), bindparam("field", type_=Text)
)
_DELETE = text("SELECT delete_ephemeral_streams(:numbers)").bindparams(
    bindparam("numbers", type_=ARRAY(BigInteger))
)


def erase_texts(session: Session, position: int) -> None:
    """Erase the free texts of an entry for ever, salts included; its chain stays whole.

    At the commit the database refuses it unless the same transaction appends to the stream an
    entry whose kind ends in `.erased`. Once that is committed, `destroy_erased` makes what the
    disk still holds of them unreadable; the dispatcher calls it. Idempotent; nothing happens
    without an entry at `position`.
    """
    session.execute(_ERASE, {"position": position})


def erase_text(session: Session, position: int, field: str) -> None:
    """Erase one free text of an entry and leave its others; else the same as `erase_texts`."""
    session.execute(_ERASE_ONE, {"position": position, "field": field})


def delete_ephemeral(session: Session, numbers: Sequence[int]) -> None:
    """Delete the ephemeral streams that have one of the numbers, with their entries and texts.

    ValueError for a number below EPHEMERAL_FROM; the database leaves those alone too.
    Idempotent.
    """
    if any(number < EPHEMERAL_FROM for number in numbers):
        raise ValueError("only ephemeral streams can be deleted")
    session.execute(_DELETE, {"numbers": list(numbers)})
