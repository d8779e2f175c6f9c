"""Numbers of new rows after a restoring: beyond all that were given before."""

from __future__ import annotations

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from consultazione.archive.restoring.bad import BadArchive

# No installation comes near, and to draw them takes seconds.
_MOST = 10_000_000


def count_on(session: Session, table: Table, last: int) -> None:
    """Let the next row of a table have a number beyond its rows, and beyond the last one given.

    By drawing them: the application's role may not set sequences. BadArchive if nobody would see
    the end of that.
    """
    if "id" not in table.c or table.c.id.identity is None:
        return
    beyond = max(last, session.scalar(select(func.max(table.c.id))) or 0)
    if beyond > _MOST:
        raise BadArchive(f"{table.name}: {beyond} is beyond what numbers of rows come to")
    if beyond == 0:
        return
    sequence = func.pg_get_serial_sequence(table.name, "id")
    now = session.execute(select(func.nextval(sequence))).scalar_one()
    if now < beyond:
        some = func.generate_series(1, beyond - now).table_valued("number")
        session.execute(select(func.count(func.nextval(sequence))).select_from(some))
