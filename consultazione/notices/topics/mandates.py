"""Mandates: somebody's own, given, confirmed and ended; and those that wait to be confirmed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from flask_babel import format_date
from flask_babel import lazy_gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from consultazione.core.actor import Actor
from consultazione.core.errors import Sentence
from consultazione.core.log import Entry
from consultazione.notices.models import Group
from consultazione.notices.places import PROFILE
from consultazione.notices.told import Told
from consultazione.people.events import (
    MandateConfirmed,
    MandateEnded,
    MandateGiven,
    MandateProposed,
    MandateTurnedDown,
)
from consultazione.people.models import Mandate

_Changed = (MandateGiven, MandateConfirmed, MandateTurnedDown, MandateEnded)


class _OfOwner(ABC):
    """What topics of mandates share: who is told."""

    def audience(self, session: Session, entry: Entry) -> Select[Any]:
        """Whose mandate it is."""
        return select(Mandate.person_id).where(Mandate.id == _number(entry))

    def told(self, session: Session, entry: Entry, reader: Actor) -> Told | None:
        """To whose mandate it is, and to nobody else."""
        mandate = session.get_one(Mandate, _number(entry))
        if mandate.person_id != reader.person_id:
            return None
        return of_mandate(mandate, self._sentence(mandate, entry))

    @abstractmethod
    def _sentence(self, mandate: Mandate, entry: Entry) -> Sentence:
        """What the owner is told."""


class MandateToConfirm(_OfOwner):
    """A union's mandate was entered, and does not count yet."""

    name = "mandate_proposed"
    group = Group.TASKS
    events = (MandateProposed,)

    def _sentence(self, mandate: Mandate, entry: Entry) -> Sentence:
        return _("Your mandate was entered. It counts once a second person has confirmed it.")


class MandateChanged(_OfOwner):
    """A mandate was given, confirmed, turned down or ended."""

    name = "mandate_changed"
    group = Group.TASKS
    events = _Changed

    def _sentence(self, mandate: Mandate, entry: Entry) -> Sentence:
        if isinstance(entry.event, MandateGiven):
            day = format_date(mandate.starts_on, "long")
            return _("You have the mandate to speak for it, from %(day)s.", day=day)
        if isinstance(entry.event, MandateConfirmed):
            return _("Your mandate was confirmed: it counts now.")
        if isinstance(entry.event, MandateTurnedDown):
            return _("Your mandate was not confirmed: it does not count.")
        assert isinstance(entry.event, MandateEnded)
        day = format_date(entry.event.ends_on, "long")
        return _("Your mandate ends on %(day)s.", day=day)


def of_mandate(mandate: Mandate, sentence: Sentence) -> Told:
    """Something about somebody's own mandate."""
    return Told(
        title=mandate.organisation.name,
        sentence=sentence,
        path=PROFILE,
        about=f"mandate:{mandate.id}",
        place="",
    )


def _number(entry: Entry) -> int:
    assert isinstance(entry.event, (MandateProposed, *_Changed))
    return entry.event.mandate_id
