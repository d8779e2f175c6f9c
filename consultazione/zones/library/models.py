"""The table of citations: norms and guidelines, in parts that can be compared."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base, Day, Id, Line, enum_text


class NormType(StrEnum):
    """The types of source that are cited by number and date."""

    LAW = "law"
    LEGISLATIVE_DECREE = "legislative_decree"
    DECREE_LAW = "decree_law"
    PRIME_MINISTER_DECREE = "prime_minister_decree"
    MINISTERIAL_DECREE = "ministerial_decree"
    REGIONAL_LAW = "regional_law"
    ASSEMBLY_DELIBERATION = "assembly_deliberation"
    REGIONAL_DELIBERATION = "regional_deliberation"
    LOCAL_DELIBERATION = "local_deliberation"
    GUIDELINE = "guideline"


class Citation(Base):
    """A norm or a guideline that a zone refers to, with its date as its source gives it.

    issuer: who made it, where the type does not say: the region, the ministry. cited_in: the
    document that cites it so.
    """

    __tablename__ = "citation"
    __table_args__ = (Index("ix_citation_zone_id", "zone_id"),)

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    norm_type: Mapped[NormType] = mapped_column(enum_text(NormType))
    issuer: Mapped[Line | None]
    number: Mapped[Line | None]
    on_day: Mapped[Day]
    title: Mapped[Line]
    url: Mapped[Line | None]
    cited_in: Mapped[Line | None]
    demo: Mapped[bool] = mapped_column(default=False)
