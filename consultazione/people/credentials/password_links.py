"""Queries on the links by which people choose another password."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.errors import NotAllowed, NotFound, Sentence
from consultazione.people.backers import why_not_two
from consultazione.people.models import PasswordLink, Person, Resets
from consultazione.people.reach import needs_second
from consultazione.people.secret_tokens import digest_of


def find_link(
    session: Session,
    secret: str,
    *,
    now: datetime,
    lock: bool = False,
    resets: Resets = Resets.PASSWORD,
) -> PasswordLink:
    """The link with a secret; NotFound if it was used, withdrawn or has expired.

    lock: lock it FOR UPDATE. resets: what it must be for.
    """
    query = select(PasswordLink).where(
        PasswordLink.token_digest == digest_of(secret), PasswordLink.resets == resets
    )
    link = session.scalar(query.with_for_update() if lock else query)
    if link is None or link.expires_at <= now:
        raise NotFound(_("This link was used, or its time is over: ask for another."))
    return link


def link_of(
    session: Session, person_id: int, *, now: datetime, resets: Resets = Resets.PASSWORD
) -> PasswordLink | None:
    """The link from an administrator that a person can still use; None if there is none."""
    given = PasswordLink.person_id == person_id, PasswordLink.mailed.is_(False)
    query = select(PasswordLink).where(*given, PasswordLink.resets == resets)
    return session.scalar(query.where(PasswordLink.expires_at > now))


def is_confirmed(session: Session, link: PasswordLink) -> bool:
    """True if a link counts: the platform made it, or one administrator is enough."""
    if link.made_by is None or link.confirmed_by is not None:
        return True
    return not needs_second(session, link.person_id)


def why_not_confirm_link(
    session: Session, link: PasswordLink, person_id: int | None, *, zone_id: int
) -> Sentence | None:
    """Why an administrator may not confirm a link as the second one; None if they may."""
    if person_id in (link.made_by, link.person_id):
        return _("Another administrator must confirm this link.")
    if link.made_by is None:
        return None
    return why_not_two(session, link.made_by, person_id, zone_id=zone_id)


def check_not_blocked(person: Person) -> None:
    """Refuse a link for an account that is blocked, to make it or to use it: NotAllowed."""
    if person.blocked_at is not None:
        raise NotAllowed(_("This account is blocked: it must be unblocked first."))
