"""Queries on what a proposal has said before, and on the files that are attached to it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.errors import NotFound
from consultazione.proposals.models import ProposalFile, ProposalVersion


def versions_of(session: Session, proposal_id: int) -> list[ProposalVersion]:
    """The texts of a proposal, the newest first."""
    query = (
        select(ProposalVersion)
        .where(ProposalVersion.proposal_id == proposal_id)
        .order_by(ProposalVersion.number.desc())
    )
    return list(session.scalars(query))


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
