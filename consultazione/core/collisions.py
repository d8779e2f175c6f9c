"""Acts that met at one row: what the database or its library says of it, as a refusal.

A command finds its rows before it has its turn. Who removes one of them meanwhile makes it
fail at a place that no command can foresee: reading the row anew, changing it, or naming it in
another. That is no fault of ours, and whoever came second is told so.
"""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError, InvalidRequestError
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError

from consultazione.core.errors import Conflict
from consultazione.core.sentences import LazySentence as _

# PostgreSQL's code for a reference to a row that is not there (errcodes appendix).
_FOREIGN_KEY = "23503"
# How `Session.refresh` says that the row is gone, in a class that it uses for misuse as well.
_GONE = "Could not refresh instance"


def collision(error: Exception) -> Conflict | None:
    """The refusal for what failed because a row is gone, or is still named; None otherwise."""
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
