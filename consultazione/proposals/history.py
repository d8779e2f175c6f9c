"""Queries on what a proposal has said before, and on the files that are attached to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from consultazione.core.errors import NotFound
from consultazione.proposals.models import Proposal, ProposalFile, ProposalVersion


def versions_of(session: Session, proposal_id: int) -> list[ProposalVersion]:
    """The texts of a proposal, the newest first; NotFound while it is hidden."""
    require_shown(session, proposal_id)
    query = (
        select(ProposalVersion)
        .where(ProposalVersion.proposal_id == proposal_id)
        .order_by(ProposalVersion.number.desc())
    )
    return list(session.scalars(query))


def standing_text(session: Session, proposal: Proposal) -> ProposalVersion:
    """The text of a proposal that stands, also while it is hidden: for who moderates."""
    wanted = select(ProposalVersion).filter_by(proposal_id=proposal.id, number=proposal.version)
    return session.scalars(wanted).one()


def shown_versions() -> Select[ProposalVersion]:
    """A query for the texts of proposals that are not hidden."""
    return select(ProposalVersion).where(
        ProposalVersion.proposal_id.not_in(
            select(Proposal.id).where(Proposal.hidden_at.is_not(None))
        )
    )


def require_shown(session: Session, proposal_id: int) -> None:
    """NotFound while a proposal is hidden, for what it has said and brought."""
    hidden = select(Proposal.id).where(Proposal.id == proposal_id, Proposal.hidden_at.is_not(None))
    if session.scalar(hidden) is not None:
        raise NotFound(_("This proposal is hidden: its texts and files are not shown."))


@dataclass(frozen=True)
class LastChange:
    """When the text of a proposal was changed last, and why."""

    at: datetime
    reason: str | None


def last_change(session: Session, proposal: Proposal) -> LastChange | None:
    """The last change of a proposal's text; None if it says what was handed in, or is hidden."""
    if proposal.version == 1 or proposal.hidden_at is not None:
        return None
    wanted = select(ProposalVersion.at, ProposalVersion.reason)
    row = session.execute(wanted.filter_by(proposal_id=proposal.id, number=proposal.version)).one()
    return LastChange(row.at, row.reason)


def get_version(session: Session, proposal_id: int, number: int) -> ProposalVersion:
    """A text of a proposal by its number; NotFound if there is none, or it is hidden."""
    require_shown(session, proposal_id)
    wanted = select(ProposalVersion).filter_by(proposal_id=proposal_id, number=number)
    version = session.scalar(wanted)
    if version is None:
        raise NotFound(_("There is no such version."))
    return version


def files_of(session: Session, proposal_id: int) -> list[ProposalFile]:
    """Its files, the oldest first; withdrawn ones too, and none while it is hidden."""
    hidden = select(Proposal.id).where(Proposal.hidden_at.is_not(None))
    wanted = select(ProposalFile).filter_by(proposal_id=proposal_id)
    wanted = wanted.where(ProposalFile.proposal_id.not_in(hidden.where(Proposal.id == proposal_id)))
    return list(session.scalars(wanted.order_by(ProposalFile.id)))


def get_file(session: Session, file_id: int) -> ProposalFile:
    """A file by its id, a withdrawn one too; NotFound if there is none, or it is hidden."""
    file = session.get(ProposalFile, file_id)
    if file is None:
        raise NotFound(_("There is no such document."))
    require_shown(session, file.proposal_id)
    return file
