"""Queries of privacy."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.privacy.models import Activity, DataDownload, RetentionRun
from consultazione.zones.models import Zone

_MOST = 20


def downloads_of(session: Session, person_id: int) -> list[DataDownload]:
    """A person's copies, the newest first; deleted ones too."""
    wanted = select(DataDownload).filter_by(person_id=person_id)
    return list(session.scalars(wanted.order_by(DataDownload.id.desc()).limit(_MOST)))


def downloads_over(session: Session, *, at: datetime) -> list[int]:
    """The copies whose time is over and that are not deleted yet."""
    wanted = select(DataDownload.id).where(
        DataDownload.deleted_at.is_(None), DataDownload.expires_at <= at
    )
    return list(session.scalars(wanted.order_by(DataDownload.id)))


def kept_names(session: Session) -> set[str]:
    """The names of the files that are to stay."""
    return set(session.scalars(select(DataDownload.name).where(DataDownload.name.is_not(None))))


def runs(session: Session, *, limit: int) -> list[RetentionRun]:
    """What retention deleted, the newest first."""
    return list(session.scalars(select(RetentionRun).order_by(RetentionRun.id.desc()).limit(limit)))


def activities(session: Session, zone_id: int) -> list[Activity]:
    """The register of a zone, the oldest first, without what was taken out."""
    wanted = select(Activity).filter_by(zone_id=zone_id, removed_at=None).order_by(Activity.id)
    return list(session.scalars(wanted))


def zone_names(session: Session, ids: Collection[int]) -> dict[int, str]:
    """The names of zones by number."""
    return dict(iter(session.execute(select(Zone.id, Zone.name).where(Zone.id.in_(list(ids))))))
