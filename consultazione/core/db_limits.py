"""How long each kind of work may keep a connection to the database, and how many it may have.

PostgreSQL itself ends what takes longer: a statement is cancelled; a transaction that is only
held, while its reader renders a page, loses its connection. Each kind has a pool of its own,
so that a flood of one leaves the others their connections; the limits are given once, when a
connection is made, and cost a request nothing.

OWASP ASVS 5.0, 15.2.2 and 16.5.2, asks for limits to work that takes long, and for service
that goes on when a resource is short.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError, IntegrityError, InvalidRequestError, TimeoutError
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError

from consultazione.core.errors import Conflict
from consultazione.core.sentences import LazySentence as _

# PostgreSQL's codes for what its limits end (errcodes appendix): a statement, the wait for a
# lock, a transaction.
_SQLSTATES = {"57014": "statement", "55P03": "lock", "25P04": "transaction"}
# PostgreSQL's code for a reference to a row that is not there (errcodes appendix).
_FOREIGN_KEY = "23503"
# How `Session.refresh` says that the row is gone, in a class that it uses for misuse as well.
_GONE = "Could not refresh instance"


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Seconds for a statement, a lock and a transaction, 0 for no limit; connections of a pool.

    kept: connections that stay open. most: at the same time. wait: seconds until a caller who
    finds none free is refused.
    """

    statement: float = 0
    lock: float = 0
    transaction: float = 0
    kept: int = 10
    most: int = 20
    wait: float = 10

    @property
    def options(self) -> str:
        """The limits as options of a connection, for libpq; empty for none."""
        seconds = {
            "statement_timeout": self.statement,
            "lock_timeout": self.lock,
            "transaction_timeout": self.transaction,
        }
        return " ".join(f"-c {name}={int(s * 1000)}" for name, s in seconds.items() if s)


# A visitor's statement ends before their transaction does: that costs no connection.
VISITORS = Limits(statement=1.8, lock=1, transaction=2, kept=8, most=12, wait=2)
MEMBERS = Limits(statement=10, lock=5, transaction=15, kept=6, most=10, wait=5)
WRITERS = Limits(statement=10, lock=5, transaction=30, kept=8, most=14, wait=5)


def ended_by(error: BaseException) -> str | None:
    """Which limit ended something: statement, lock, transaction, pool; None if none did."""
    if isinstance(error, TimeoutError):
        return "pool"
    if isinstance(error, DBAPIError):
        return _SQLSTATES.get(getattr(error.orig, "sqlstate", None) or "")
    return None


def keep_the_others(context: ExceptionContext) -> None:
    """When a transaction's limit has taken its connection, leave the pool its other ones.

    Else the pool would take it for the end of the server, and make all of them anew.
    """
    if getattr(context.original_exception, "sqlstate", None) == "25P04":
        context.invalidate_pool_on_disconnect = False


def collision(error: Exception) -> Conflict | None:
    """The refusal for what failed because a row is gone, or is still named; None otherwise.

    A command finds its rows before it has its turn. Who removes one of them meanwhile makes it
    fail where no command can foresee it: reading the row anew, changing it, or naming it in
    another. Whoever came second is told so.
    """
    if not _is_collision(error):
        return None
    return Conflict(
        _(
            "Somebody changed or removed what this is about at the same moment. Nothing was "
            "changed: load the page again and look before you try once more."
        )
    )


def _is_collision(error: Exception) -> bool:
    if isinstance(error, IntegrityError):
        return getattr(error.orig, "sqlstate", None) == _FOREIGN_KEY
    if isinstance(error, StaleDataError | ObjectDeletedError):
        return True
    return isinstance(error, InvalidRequestError) and str(error).startswith(_GONE)
