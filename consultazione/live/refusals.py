"""What the live edge refuses by itself, before or beside a command: load, floods, lost sign-ins.

Like every refusal each carries the code of a message's answer and the status of HTTP; those
that only need time say after how many seconds the same request may succeed.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Refusal

RETRY_AFTER = 2
STREAM_RETRY_AFTER = 20
TOO_MANY = _("Very many are doing this right now: it is tried again shortly.")


class Busy(Refusal):
    """Too many acts wait already, or the database is away; nothing was done."""

    code = "busy"
    status = 503
    retry_after = RETRY_AFTER


class Full(Refusal):
    """The process sends as many streams as it can, or one reader has many already."""

    code = "busy"
    status = 503
    retry_after = STREAM_RETRY_AFTER


class TooMany(Refusal):
    """More messages than a person sends by hand."""

    code = "too_many"
    status = 429


class SignedOut(Refusal):
    """The sign-in behind the connection is no longer valid: 401, since signing in mends it."""

    code = "not_allowed"
    status = 401
