"""Why somebody who is present has no vote, and the same for a poll that may yet be opened."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy.orm import Session

from consultazione.core.columns import among
from consultazione.people.models import Mandate
from consultazione.sittings.models import Attendance, Sitting
from consultazione.sittings.polls.rules import Franchise, Rules
from consultazione.sittings.polls.types import OwnStanding
from consultazione.sittings.polls.voters.basis import Basis, new_basis
from consultazione.sittings.voices import counts, voices
from consultazione.tables.rules import Who


class NoVote(StrEnum):
    """Why who is present does not vote; `labels.NO_VOTE` has the sentences.

    The first four are the steps of the table's rule that keep them out.
    """

    UNIONS = "unions"
    ORGANISATIONS = "organisations"
    ACCREDITED = "accredited"
    IDENTIFIED = "identified"
    IN_CHARGE = "in_charge"
    NO_ORGANISATION = "no_organisation"
    NO_SEAT = "no_seat"
    NO_WEIGHT = "no_weight"
    ENDED = "ended"


class Voter(NamedTuple):
    """Somebody present: for whom they speak, and whether they count among persons who vote.

    ended: the mandate under which they came in has ended.
    """

    organisation_id: int | None
    in_charge: bool
    counts: bool
    ended: bool

    def why_not(self, franchise: Franchise, basis: Basis) -> NoVote | None:
        """Why they have no vote in a poll; None if they have one."""
        if self.ended:
            return NoVote.ENDED
        if franchise is Franchise.PERSONS:
            return None if self.counts else self._kept_out(basis)
        if self.organisation_id is None:
            return NoVote.IN_CHARGE if self.in_charge else NoVote.NO_ORGANISATION
        if basis.votes_of(self.organisation_id):
            return None
        return NoVote.NO_WEIGHT if franchise is Franchise.WEIGHTS else NoVote.NO_SEAT

    def _kept_out(self, basis: Basis) -> NoVote:
        return NoVote.IN_CHARGE if self.in_charge else NoVote(basis.voters.value)


def voters_present(
    session: Session,
    sitting: Sitting,
    basis: Basis,
    present: Mapping[int, Attendance],
    *,
    at: datetime,
) -> dict[int, Voter]:
    """What decides on the votes of persons, by person id; present: their attendances, by the same.

    Of who came for themselves where anybody votes it is known without asking: the many of a hall.
    """
    known = {key: a for key, a in present.items() if _is_anybody(a, basis)}
    asked = present.keys() - known.keys()
    return {
        **{key: Voter(None, a.in_charge, not a.in_charge, ended=False) for key, a in known.items()},
        **(voters_among(session, sitting, basis, asked, at=at) if asked else {}),
    }


def _is_anybody(attendance: Attendance, basis: Basis) -> bool:
    return basis.voters is Who.ANYBODY and attendance.mandate_id is None


def voters_among(
    session: Session, sitting: Sitting, basis: Basis, person_ids: Collection[int], *, at: datetime
) -> dict[int, Voter]:
    """What decides on the votes of those of some persons who are present, by person id."""
    over = Attendance.mandate_id.is_not(None) & Mandate.is_over(at)
    query = voices(
        Attendance.person_id,
        Mandate.organisation_id,
        Attendance.in_charge,
        counts(sitting.table_id, basis.voters, basis.level, at=at),
        over,
    ).where(
        Attendance.sitting_id == sitting.id,
        Attendance.left_at.is_(None),
        among(Attendance.person_id, person_ids),
    )
    return {
        person_id: Voter(organisation_id, in_charge, bool(counted), bool(ended))
        for person_id, organisation_id, in_charge, counted, ended in session.execute(query)
    }


def own_standings(
    session: Session, sitting: Sitting, person_ids: Collection[int], *, at: datetime
) -> dict[int, OwnStanding]:
    """Why each person who is present would have no vote in a poll of the table, by person id.

    It is known before a poll is opened, so that the room shows no buttons that are refused.
    """
    basis = new_basis(session, sitting, Rules(franchise=Franchise.ORGANISATIONS), {})
    found = voters_among(session, sitting, basis, person_ids, at=at)
    return {person_id: _standing(voter, basis) for person_id, voter in found.items()}


def _standing(voter: Voter, basis: Basis) -> OwnStanding:
    asked = voter._replace(counts=not voter.in_charge)
    return {
        "organisation_id": voter.organisation_id,
        "persons": voter.why_not(Franchise.PERSONS, basis),
        "organisations": voter.why_not(Franchise.ORGANISATIONS, basis),
        "opinion": asked.why_not(Franchise.PERSONS, basis),
    }
