"""The table of pages that a zone writes itself, one row a version."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base, Id, Moment, Prose, enum_text


class PageKind(StrEnum):
    """The pages of which every zone has one."""

    CONTACTS = "contacts"
    HELP = "help"
    LEGAL = "legal"
    PRIVACY = "privacy"
    ACCESSIBILITY = "accessibility"


class SitePage(Base):
    """What a page says from one version to the next.

    version: 1 for the first. body: in the words of `site.pages.sections`; empty if the page says
    what it says for every zone again.
    """

    __tablename__ = "site_page"
    __table_args__ = (UniqueConstraint("zone_id", "kind", "version"),)

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    kind: Mapped[PageKind] = mapped_column(enum_text(PageKind))
    version: Mapped[int]
    body: Mapped[Prose]
    written_at: Mapped[Moment]
