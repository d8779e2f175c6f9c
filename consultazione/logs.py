"""Logging: one line per event, and plain stack traces.

More people read the logs than the database, and elsewhere. So they hold no values of
variables, and of a database error its class but not its text, which quotes rows.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from typing import TextIO, cast

import psycopg
import structlog
from sqlalchemy.exc import SQLAlchemyError
from structlog.typing import ExcInfo


def set_up(level: str) -> None:
    """Log to standard output.

    level: the lowest level to log, one of LOG_LEVEL's values, such as "info".
    """
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=write_error),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.PrintLoggerFactory(cast("TextIO", StandardOutput())),
    )


class StandardOutput:
    """Where lines go: one for which a full disk has no room is lost, and nothing else is."""

    def write(self, text: str) -> int:
        """Write it, if there is room."""
        with suppress(OSError):
            return sys.stdout.write(text)
        return len(text)

    def flush(self) -> None:
        """Hand over what was written, if there is room."""
        with suppress(OSError):
            sys.stdout.flush()


def write_error(file: TextIO, exc_info: ExcInfo) -> None:
    """Write a stack trace and the error, its causes first."""
    file.write("\n" + "\n".join(_told(exc_info[1])))


def message_of(error: BaseException) -> str:
    """An error in one line: its type, and its text unless that may quote what people wrote."""
    name = type(error).__name__
    if isinstance(error, psycopg.Error):
        return f"{name} (SQLSTATE {error.sqlstate}, constraint {error.diag.constraint_name})"
    if isinstance(error, SQLAlchemyError):
        cause = getattr(error, "orig", None)
        return f"{name}: {message_of(cause)}" if cause is not None else name
    return f"{name}: {error}"


def _told(error: BaseException) -> Iterator[str]:
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from _told(cause)
        yield "which led to:"
    yield "".join(traceback.format_tb(error.__traceback__)).rstrip()
    yield message_of(error)
