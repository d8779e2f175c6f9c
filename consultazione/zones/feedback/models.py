"""The table of what readers say of a page."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base, Id, Line, Moment


class Useful(StrEnum):
    """The two answers to whether a page was useful."""

    YES = "yes"
    NO = "no"


class PageFeedback(Base):
    """Whether a page was useful to somebody, and their words. Nothing says who it was.

    path: the address of the page on this site, without what was asked for in it. leaf: the leaf
    of the words, which stand in the log alone.
    """

    __tablename__ = "page_feedback"
    __table_args__ = (
        Index("ix_page_feedback_zone_id", "zone_id", "path"),
        UniqueConstraint("leaf"),
    )

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    path: Mapped[Line]
    useful: Mapped[bool]
    leaf: Mapped[int] = mapped_column(BigInteger)
    given_at: Mapped[Moment]
    erased_at: Mapped[Moment | None]
