"""Queries on attached documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.errors import NotFound
from consultazione.zones.acts.queries import get_act
from consultazione.zones.gatherings.queries import get_gathering
from consultazione.zones.papers.models import Attachment


def get_attachment(session: Session, attachment_id: int) -> Attachment:
    """A document by id, a withdrawn one too; NotFound if there is none."""
    attachment = session.get(Attachment, attachment_id)
    if attachment is None:
        raise NotFound(_("There is no such document."))
    return attachment


def zone_of(session: Session, attachment: Attachment) -> int:
    """The zone to which a document belongs through its act or gathering."""
    if attachment.gathering_id is not None:
        return get_gathering(session, attachment.gathering_id).zone_id
    return get_act(session, attachment.act_id or 0).zone_id


def papers_by_act(session: Session, act_ids: Sequence[int]) -> dict[int, list[Attachment]]:
    """The documents of several acts, by the act's id, oldest first; withdrawn ones too."""
    query = select(Attachment).where(Attachment.act_id.in_(act_ids)).order_by(Attachment.id)
    by_act: dict[int, list[Attachment]] = defaultdict(list)
    for attachment in session.scalars(query):
        by_act[attachment.act_id or 0].append(attachment)
    return by_act


def papers_of_gathering(session: Session, gathering_id: int) -> list[Attachment]:
    """The documents of a gathering, oldest first; withdrawn ones too."""
    query = select(Attachment).filter_by(gathering_id=gathering_id).order_by(Attachment.id)
    return list(session.scalars(query))
