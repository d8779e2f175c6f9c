"""Holds still what an order looks through, so that no word slips in or out meanwhile.

An edit that was committed before is seen and erased; one that waits comes after, whole. Writers
wait for as long as an order takes; readers wait for nothing.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.log.append import hold_appends
from consultazione.erasure.columns import tables_with_words

_TRIES = 5
# Far below PostgreSQL's deadlock_timeout of a second, so that nobody else is ever ended for it.
_FOR_WRITERS = "300ms"
# Far above it: only who has waited for so long makes PostgreSQL end its own vacuum of a table.
_FOR_UPKEEP = "5s"

_ONLY_UPKEEP = text("""
    SELECT coalesce(bool_and(mode = 'ShareUpdateExclusiveLock'), true)
    FROM pg_locks
    WHERE granted AND relation = ANY (CAST(:tables AS regclass[]))
      AND mode <> 'AccessShareLock' AND pid <> pg_backend_pid()
""")


def hold_still(tx: Transaction) -> None:
    """Lock every table that holds words of people against writing, then the appends to the log.

    Until the end of the transaction. The mode keeps out whoever locks a row as well: an edit that
    waited for us with a row of its own would be waited for by us, and a job would seal what is
    erased meanwhile. Whoever writes to two tables could still wait for us while we wait for them:
    so each try gives up soon and lets go of everything, unless only a vacuum stands in the way.
    Conflict if none of five succeeds.
    """
    quoted = [f'"{table.name}"' for table in tables_with_words()]
    before = tx.session.scalar(select(func.current_setting("lock_timeout")))
    patience = _FOR_WRITERS
    for _try in range(_TRIES):
        try:
            with tx.session.begin_nested():
                _set_patience(tx, patience)
                tx.session.execute(text(f"LOCK TABLE {', '.join(quoted)} IN EXCLUSIVE MODE"))
                _set_patience(tx, before or "0")
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", "") != "55P03":  # lock_not_available
                raise
            only_upkeep = tx.session.scalar(_ONLY_UPKEEP, {"tables": quoted})
            patience = _FOR_UPKEEP if only_upkeep else _FOR_WRITERS
            continue
        hold_appends(tx.session)
        return
    raise Conflict(_("Others are writing just now, and nothing was erased. Try again."))


def _set_patience(tx: Transaction, how_long: str) -> None:
    tx.session.execute(select(func.set_config("lock_timeout", how_long, True)))
