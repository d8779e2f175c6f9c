"""Of which paragraph of a proposal's text a comment speaks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from sqlalchemy import tuple_
from sqlalchemy.orm import Session

from consultazione.comments.models import Comment
from consultazione.core.errors import Invalid
from consultazione.proposals.amendments.models import Part
from consultazione.proposals.amendments.paragraphs import paragraphs
from consultazione.proposals.history import shown_versions
from consultazione.proposals.models import ProposalVersion


@dataclass(frozen=True)
class Anchor:
    """A paragraph of a part of a text, counted from 1, and the version that was read."""

    part: Part
    paragraph: int
    version: int


def require_paragraph(session: Session, proposal_id: int, anchor: Anchor) -> None:
    """Invalid on `paragraph` unless that version of a proposal has such a paragraph."""
    if passage_of(session, proposal_id, anchor) is None:
        raise Invalid.at("paragraph", _("The text has no such paragraph."))


def passage_of(session: Session, proposal_id: int, anchor: Anchor) -> str | None:
    """The words of a paragraph in the version that was read; None if there is none, or hidden."""
    read = shown_versions().filter_by(proposal_id=proposal_id, number=anchor.version)
    version = session.scalar(read)
    return _paragraph(version, anchor.part, anchor.paragraph) if version else None


def passages(session: Session, comments: Iterable[Comment]) -> dict[int, str]:
    """The paragraphs that some comments of one proposal speak of, by the comment's id.

    Those of a hidden proposal are left out.
    """
    anchored = [comment for comment in comments if comment.part is not None]
    if not anchored:
        return {}
    keys = {(comment.proposal_id, comment.text_version) for comment in anchored}
    wanted = tuple_(ProposalVersion.proposal_id, ProposalVersion.number).in_(keys)
    read = session.scalars(shown_versions().where(wanted))
    versions = {(version.proposal_id, version.number): version for version in read}
    found = {}
    for comment in anchored:
        version = versions.get((comment.proposal_id, comment.text_version or 0))
        if version is not None and comment.part is not None:
            text = _paragraph(version, comment.part, comment.paragraph or 0)
            found[comment.id] = text or ""
    return found


def _paragraph(version: ProposalVersion, part: Part, number: int) -> str | None:
    texts = paragraphs(getattr(version, part.value) or "")
    return texts[number - 1] if 1 <= number <= len(texts) else None
