"""Queries on one act: its earlier versions, its approval, its signatories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consultazione.core.errors import NotFound
from consultazione.zones.acts.models import ActVersion, ApprovalStep, Signatory, SignatoryKind
from consultazione.zones.models import Act


def get_act(session: Session, act_id: int) -> Act:
    """An act by id; NotFound if there is none."""
    act = session.get(Act, act_id)
    if act is None:
        raise NotFound(_("There is no such act."))
    return act


def versions(session: Session, act_id: int) -> list[ActVersion]:
    """What an act said before each of its corrections, the latest first."""
    query = select(ActVersion).filter_by(act_id=act_id).order_by(ActVersion.version.desc())
    return list(session.scalars(query))


def get_version(session: Session, act_id: int, version: int) -> ActVersion:
    """An earlier version of an act; NotFound if there is none."""
    found = session.scalar(select(ActVersion).filter_by(act_id=act_id, version=version))
    if found is None:
        raise NotFound(_("There is no such version of this act."))
    return found


def approval_steps(session: Session, act_ids: Sequence[int]) -> list[ApprovalStep]:
    """The steps by which some acts were approved, by day."""
    query = (
        select(ApprovalStep)
        .where(ApprovalStep.act_id.in_(act_ids))
        .order_by(ApprovalStep.session_day, ApprovalStep.id)
    )
    return list(session.scalars(query))


@dataclass(frozen=True)
class Board:
    """The signatories of an agreement by name: its subscribers, then those who join it."""

    subscribers: list[Signatory]
    adherents: list[Signatory]

    @property
    def missing(self) -> list[Signatory]:
        """The subscribers who have not signed: until then the agreement is not valid."""
        return [one for one in self.subscribers if one.signed_on is None]

    @property
    def signed(self) -> int:
        """How many subscribers have signed."""
        return len(self.subscribers) - len(self.missing)

    @property
    def joined(self) -> int:
        """How many adherents have signed."""
        return sum(one.signed_on is not None for one in self.adherents)

    @property
    def unsigned(self) -> list[Signatory]:
        """Everybody who has not signed yet."""
        return [one for one in (*self.subscribers, *self.adherents) if one.signed_on is None]


def board(session: Session, act_id: int) -> Board:
    """Who signs an agreement, and who has."""
    by_name = func.lower(func.unaccent(Signatory.name))
    found = list(session.scalars(select(Signatory).filter_by(act_id=act_id).order_by(by_name)))
    return Board(
        [one for one in found if one.kind is SignatoryKind.SUBSCRIBER],
        [one for one in found if one.kind is SignatoryKind.ADHERENT],
    )
