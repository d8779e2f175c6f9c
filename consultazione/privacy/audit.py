"""What downloads, settings and runs must say by the log."""

from __future__ import annotations

from consultazione.core.audit import AT, OF_STREAM, Audit, Is, adds, register, sets
from consultazione.privacy.models import Activity, DataDownload, PrivacySettings, RetentionRun

_OF = {"id": "download_id"}
DOWNLOAD = Audit(
    DataDownload,
    adds(
        "data.requested",
        **_OF,
        person_id="person_id",
        asked_at=AT,
        made_at=Is(None),
        deleted_at=Is(None),
    ),
    sets("data.prepared", **_OF, made_at=AT),
    sets("data.deleted", **_OF, deleted_at=AT),
)
SETTINGS = Audit(
    PrivacySettings,
    adds(
        "privacy.changed",
        zone_id=OF_STREAM,
        left_texts="left_texts",
        mail_days="mail_days",
        security_days="security_days",
        link_days="link_days",
        job_days="job_days",
    ),
)
RUN = Audit(
    RetentionRun,
    adds(
        "retention.applied",
        id="run_id",
        at=AT,
        mails="mails",
        links="links",
        downloads="downloads",
        jobs="jobs",
        security_files="security_files",
    ),
)

ACTIVITY = Audit(
    Activity,
    adds(
        "processing.recorded",
        id="activity_id",
        zone_id=OF_STREAM,
        name="activity",
        purpose="purpose",
        basis="basis",
        subjects="subjects",
        data="data",
        recipients="recipients",
        kept="kept",
        measures="measures",
        changed_at=AT,
        removed_at=Is(None),
    ),
    sets("processing.removed", id="activity_id", removed_at=AT),
)

register("person", audits=(DOWNLOAD,), apart=True)
register("zone", audits=(SETTINGS, RUN, ACTIVITY), apart=True)
