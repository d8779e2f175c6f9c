"""Tables of privacy: downloads of one's own data, settings, runs of retention, activities."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base, Id, Line, Moment, Prose, enum_text


class LeftTexts(StrEnum):
    """What becomes of the texts of somebody who deletes their account.

    KEEP: they stay under the pseudonym. ERASE: comments are erased for good, and proposals that
    are still discussed are withdrawn.
    """

    KEEP = "keep"
    ERASE = "erase"


class DataDownload(Base):
    """A copy of all that is kept about a person, which they asked for; a file, for some days.

    made_at: since when it can be fetched. name: of the file, which nobody can guess; forgotten
    with it. deleted_at: since when the file is gone.
    """

    __tablename__ = "data_download"
    __table_args__ = (
        Index("ix_data_download_person_id", "person_id"),
        CheckConstraint("(made_at IS NULL) = (expires_at IS NULL)", name="made"),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[Moment]
    made_at: Mapped[Moment | None]
    expires_at: Mapped[Moment | None]
    size: Mapped[int | None] = mapped_column(BigInteger)
    name: Mapped[str | None] = mapped_column(String(64))
    deleted_at: Mapped[Moment | None]


class PrivacySettings(Base):
    """What a zone has set; one without a row has the defaults of `settings.py`.

    The days say how long things are kept: `retention.py` says what each is.
    """

    __tablename__ = "privacy_settings"
    __table_args__ = (
        CheckConstraint("least(mail_days, security_days, link_days, job_days) >= 1", name="days"),
    )

    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"), primary_key=True)
    left_texts: Mapped[LeftTexts] = mapped_column(enum_text(LeftTexts))
    mail_days: Mapped[int]
    security_days: Mapped[int]
    link_days: Mapped[int]
    job_days: Mapped[int]


class RetentionRun(Base):
    """What was deleted because its time was over, as numbers."""

    __tablename__ = "retention_run"

    id: Mapped[Id]
    at: Mapped[Moment]
    mails: Mapped[int]
    links: Mapped[int]
    downloads: Mapped[int]
    jobs: Mapped[int]
    security_files: Mapped[int]


class Activity(Base):
    """An activity of the register of processing (GDPR, art. 30 par. 1), in the zone's words."""

    __tablename__ = "processing_activity"
    __table_args__ = (Index("ix_processing_activity_zone_id", "zone_id"),)

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    name: Mapped[Line]
    purpose: Mapped[Prose]
    basis: Mapped[Prose]
    subjects: Mapped[Prose]
    data: Mapped[Prose]
    recipients: Mapped[Prose]
    kept: Mapped[Prose]
    measures: Mapped[Prose]
    changed_at: Mapped[Moment]
    removed_at: Mapped[Moment | None]
