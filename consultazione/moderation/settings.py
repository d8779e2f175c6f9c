"""How a zone moderates, with what holds where it has said nothing."""

from __future__ import annotations

from sqlalchemy.orm import Session

from consultazione.moderation.models import ModerationSettings

_APPEAL_DAYS = 30
_REVIEW_DAYS = 15


def settings_of(session: Session, zone_id: int) -> ModerationSettings:
    """The settings of a zone; a row that is not in the session if it has none."""
    return session.get(ModerationSettings, zone_id) or ModerationSettings(
        zone_id=zone_id, appeal_days=_APPEAL_DAYS, review_days=_REVIEW_DAYS, words=""
    )
