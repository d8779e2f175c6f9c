"""Sittings: that one is called, that it changes, and that it goes on now."""

from __future__ import annotations

from typing import Any

from flask_babel import format_datetime
from flask_babel import lazy_gettext as _
from sqlalchemy import Select
from sqlalchemy.orm import Session

from consultazione.core.actor import Actor
from consultazione.core.clock import in_rome
from consultazione.core.errors import Sentence
from consultazione.core.log import Entry
from consultazione.notices.audience import of_table
from consultazione.notices.models import Group
from consultazione.notices.told import Told
from consultazione.notices.topics.wording import of_sitting
from consultazione.sittings.events import (
    SittingCancelled,
    SittingConvened,
    SittingCorrected,
    SittingOpened,
    SittingPostponed,
)
from consultazione.sittings.models import Sitting, SittingState
from consultazione.sittings.queries import get_sitting

_Told = SittingConvened | SittingCorrected | SittingPostponed | SittingCancelled | SittingOpened


class _OfSitting:
    """What topics of sittings share: who is told."""

    def audience(self, session: Session, entry: Entry) -> Select[Any]:
        """Who follows the table, sits at it or is admitted to it."""
        return of_table(_sitting(session, entry).table_id, entry.at)


class SittingCalled(_OfSitting):
    """A sitting was convened."""

    name = "sitting_called"
    group = Group.SITTINGS
    events = (SittingConvened,)

    def told(self, session: Session, entry: Entry, reader: Actor) -> Told | None:
        """When and where it is, as it stands now; nothing once it was cancelled."""
        sitting = _sitting(session, entry)
        if sitting.rehearses is not None or sitting.state is SittingState.CANCELLED:
            return None
        sentence = _("It was convened: %(when)s, %(place)s.", **when_and_where(sitting))
        return of_sitting(sitting, sentence)


class SittingChanged(_OfSitting):
    """The convocation of a sitting was corrected, or it was postponed or cancelled."""

    name = "sitting_changed"
    group = Group.SITTINGS
    events = (SittingCorrected, SittingPostponed, SittingCancelled)

    def told(self, session: Session, entry: Entry, reader: Actor) -> Told | None:
        """When and where it is, as it stands now."""
        sitting = _sitting(session, entry)
        return (
            None if sitting.rehearses is not None else of_sitting(sitting, _change(sitting, entry))
        )


class SittingGoesOn(_OfSitting):
    """A sitting was opened."""

    name = "sitting_goes_on"
    group = Group.SITTINGS
    events = (SittingOpened,)

    def told(self, session: Session, entry: Entry, reader: Actor) -> Told | None:
        """That it goes on, or that it was held by now."""
        sitting = _sitting(session, entry)
        if sitting.rehearses is not None:
            return None
        if sitting.state is SittingState.OPEN:
            return of_sitting(sitting, _("It goes on now: you can come in."))
        return of_sitting(sitting, _("It was held."))


def when_and_where(sitting: Sitting) -> dict[str, object]:
    """The moment and the place of a sitting, in words of the reader's language."""
    when = format_datetime(in_rome(sitting.starts_at), "EEEE d MMMM y, HH:mm", rebase=False)
    return {"when": when, "place": sitting.place}


def _change(sitting: Sitting, entry: Entry) -> Sentence:
    if isinstance(entry.event, SittingCancelled):
        return _("It was cancelled. Its page says why.")
    if isinstance(entry.event, SittingPostponed):
        return _("It was postponed: %(when)s, %(place)s.", **when_and_where(sitting))
    return _("Its convocation was corrected: %(when)s, %(place)s.", **when_and_where(sitting))


def _sitting(session: Session, entry: Entry) -> Sitting:
    assert isinstance(entry.event, _Told)
    return get_sitting(session, entry.event.sitting_id)
