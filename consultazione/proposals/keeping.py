"""What commands on a proposal in hand share: keeping its text, and attaching files to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from consultazione.core.actor import Actor
from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid
from consultazione.core.events import FreeText
from consultazione.core.incoming.uploads import StoredFile
from consultazione.core.permissions import Permission, may
from consultazione.proposals.events import ProposalEdited, ProposalFileAttached
from consultazione.proposals.models import Proposal, ProposalFile, ProposalVersion
from consultazione.tables.events import table_stream

MOST_FILES = 5
# All that a form brings is 20 MB at most.
MOST_MEGABYTES = 4


def keep_version(tx: Transaction, proposal: Proposal, reason: str | None = None) -> None:
    """Keep the text of a proposal as it stands now, under the number of its version."""
    tx.session.add(
        ProposalVersion(
            proposal_id=proposal.id,
            number=proposal.version,
            title=proposal.title,
            body=proposal.body,
            need=proposal.need,
            effect=proposal.effect,
            reason=reason,
            at=tx.now,
        )
    )


@dataclass(frozen=True)
class Text:
    """What a proposal says: its title, what it proposes, what is missing, what would change."""

    title: str
    body: str
    need: str | None = None
    effect: str | None = None


def text_of(proposal: Proposal) -> Text:
    """What a proposal says as it stands."""
    return Text(proposal.title, proposal.body, proposal.need, proposal.effect)


def change_text(tx: Transaction, proposal: Proposal, text: Text, reason: str) -> None:
    """Have a proposal in hand say something else, for a reason, as its next version."""
    proposal.title, proposal.body = text.title, text.body
    proposal.need, proposal.effect = text.need, text.effect
    proposal.version += 1
    keep_version(tx, proposal, reason)
    edited = ProposalEdited(
        proposal_id=proposal.id,
        table_id=proposal.table_id,
        version=proposal.version,
        title=FreeText(text.title),
        body=FreeText(text.body),
        need=said(text.need),
        effect=said(text.effect),
        reason=FreeText(reason),
    )
    tx.record(table_stream(proposal.table_id), edited)


def said(words: str | None) -> FreeText | None:
    """Words for an entry; None for none."""
    return FreeText(words) if words else None


def may_withdraw_files(actor: Actor, proposal: Proposal) -> bool:
    """True for the author, and for who decides on proposals at the table."""
    place = {"zone_id": proposal.table.zone_id, "table_id": proposal.table_id}
    runs_table = may(actor, Permission.DECIDE_ON_PROPOSALS, **place)
    return runs_table or proposal.author_id == actor.person_id


def attach(
    tx: Transaction, proposal: Proposal, files: Sequence[StoredFile], description: str = ""
) -> list[ProposalFile]:
    """Attach files to a proposal in hand; Invalid on the field `files`.

    description: what is in them, empty if nobody says it.
    """
    _require_room(tx, proposal, files)
    rows = [
        ProposalFile(
            proposal_id=proposal.id,
            file_name=file.name,
            media_type=file.media_type,
            size=file.size,
            sha256=file.sha256,
            description=description or None,
            attached_at=tx.now,
        )
        for file in files
    ]
    tx.session.add_all(rows)
    tx.flush()
    for row in rows:
        tx.record(table_stream(proposal.table_id), _attached(proposal, row))
    return rows


def _require_room(tx: Transaction, proposal: Proposal, files: Sequence[StoredFile]) -> None:
    standing = select(func.count()).select_from(ProposalFile)
    standing = standing.filter_by(proposal_id=proposal.id, withdrawn_at=None)
    if (tx.session.scalar(standing) or 0) + len(files) > MOST_FILES:
        raise Invalid.at(
            "files",
            _("A proposal has %(most)s files at most: choose fewer.", most=MOST_FILES),
        )
    if any(file.size > MOST_MEGABYTES * 1_000_000 for file in files):
        raise Invalid.at(
            "files",
            _("A file is too large: choose files of %(most)s MB at most.", most=MOST_MEGABYTES),
        )


def _attached(proposal: Proposal, row: ProposalFile) -> ProposalFileAttached:
    return ProposalFileAttached(
        proposal_id=proposal.id,
        table_id=proposal.table_id,
        file_id=row.id,
        file_name=FreeText(row.file_name),
        sha256=row.sha256,
        description=said(row.description),
    )
