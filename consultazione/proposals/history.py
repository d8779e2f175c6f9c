"""Queries on what a proposal has said before, and on the files that are attached to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.errors import NotFound
from consultazione.proposals.models import Proposal, ProposalFile, ProposalVersion


def versions_of(session: Session, proposal_id: int) -> list[ProposalVersion]:
    """The texts of a proposal, the newest first."""
    query = (
        select(ProposalVersion)
        .where(ProposalVersion.proposal_id == proposal_id)
        .order_by(ProposalVersion.number.desc())
    )
    return list(session.scalars(query))


@dataclass(frozen=True)
class LastChange:
    """When the text of a proposal was changed last, and why."""

    at: datetime
    reason: str | None


def last_change(session: Session, proposal: Proposal) -> LastChange | None:
    """The last change of a proposal's text; None if it says what was handed in."""
    if proposal.version == 1:
        return None
    wanted = select(ProposalVersion.at, ProposalVersion.reason)
    row = session.execute(wanted.filter_by(proposal_id=proposal.id, number=proposal.version)).one()
    return LastChange(row.at, row.reason)


def get_version(session: Session, proposal_id: int, number: int) -> ProposalVersion:
    """A text of a proposal by its number; NotFound if there is none."""
    wanted = select(ProposalVersion).filter_by(proposal_id=proposal_id, number=number)
    version = session.scalar(wanted)
    if version is None:
        raise NotFound(_("There is no such version."))
    return version


def files_of(session: Session, proposal_id: int) -> list[ProposalFile]:
    """The files of a proposal, the oldest first; withdrawn ones too."""
    wanted = select(ProposalFile).filter_by(proposal_id=proposal_id)
    return list(session.scalars(wanted.order_by(ProposalFile.id)))


def get_file(session: Session, file_id: int) -> ProposalFile:
    """A file by its id, a withdrawn one too; NotFound if there is none."""
    file = session.get(ProposalFile, file_id)
    if file is None:
        raise NotFound(_("There is no such document."))
    return file
