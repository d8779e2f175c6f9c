"""What the pages refuse by themselves: attempts that come too soon, or cannot be counted."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_babel import lazy_ngettext

from consultazione.core.errors import Refusal, Sentence

_MINUTE = 60


class TooSoon(Refusal):
    """After wrong attempts the next one has to wait; it was not tried."""

    code = "too_soon"
    status = 429

    @classmethod
    def by(cls, seconds: int) -> TooSoon:
        """The refusal that names so many seconds."""
        refusal = cls(
            _("There were too many wrong attempts. Try again in %(wait)s.", wait=_words(seconds))
        )
        refusal.retry_after = seconds
        return refusal


class CannotCount(Refusal):
    """What counts the attempts is away. Uncounted, guessing would be free, so nothing is tried."""

    code = "busy"
    status = 503
    retry_after = 5


def cannot_count() -> CannotCount:
    """The refusal for that."""
    return CannotCount(_("This cannot be checked at this moment. Try again in a moment."))


def _words(seconds: int) -> Sentence:
    """A wait as people say it: rounded up, in minutes from one minute on."""
    if seconds < _MINUTE:
        return lazy_ngettext("%(num)s second", "%(num)s seconds", seconds)
    return lazy_ngettext("%(num)s minute", "%(num)s minutes", -(-seconds // _MINUTE))
