"""What a zone has set about personal data, with what holds where it has said nothing.

The days that are usual: the log of accesses six months (Garante, provvedimento of 27 November
2008 on system administrators, which asks for six months at least); lines of mails 90 days;
links that were never used a day; done jobs a month (GDPR, art. 5 par. 1 e: no longer than
necessary).
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from consultazione.privacy.models import LeftTexts, PrivacySettings

_DEFAULTS = {
    "left_texts": LeftTexts.KEEP,
    "mail_days": 90,
    "security_days": 180,
    "link_days": 1,
    "job_days": 30,
}


def settings_of(session: Session, zone_id: int) -> PrivacySettings:
    """The settings of a zone; a row that is not in the session if it has none."""
    return session.get(PrivacySettings, zone_id) or PrivacySettings(zone_id=zone_id, **_DEFAULTS)
