"""The table of proxies."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Id, Moment, Prose, enum_text
from consultazione.people.models import Category, Mandate, Person


class ProxyEnd(StrEnum):
    """Why a proxy has ended: its giver took it back, or came into the sitting themselves."""

    WITHDRAWN = "withdrawn"
    CAME = "came"


class Proxy(Base):
    """Somebody's vote in one sitting, given to another person by a written act.

    mandate_id, organisation_id: of a delegate, who gives the vote of their organisation; None of
    somebody who votes for themselves. written_act: its date, its number or where it is kept.
    given_by: who registered it.
    """

    __tablename__ = "proxy"
    __table_args__ = (
        Index(
            "uq_proxy_giver",
            "sitting_id",
            "giver_id",
            unique=True,
            postgresql_where="ended_at IS NULL",
        ),
        Index(
            "uq_proxy_organisation",
            "sitting_id",
            "organisation_id",
            unique=True,
            postgresql_where="ended_at IS NULL",
        ),
        Index("ix_proxy_holder", "sitting_id", "holder_id"),
        CheckConstraint("giver_id <> holder_id", name="another"),
        CheckConstraint("(mandate_id IS NULL) = (organisation_id IS NULL)", name="mandated"),
        CheckConstraint("(ended_at IS NULL) = (ended_because IS NULL)", name="ended"),
    )

    id: Mapped[Id]
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"))
    giver_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    category: Mapped[Category] = mapped_column(enum_text(Category))
    holder_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_act: Mapped[Prose]
    given_at: Mapped[Moment]
    given_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[Moment | None]
    ended_because: Mapped[ProxyEnd | None] = mapped_column(enum_text(ProxyEnd))

    giver: Mapped[Person] = relationship(foreign_keys=[giver_id])
    holder: Mapped[Person] = relationship(foreign_keys=[holder_id])
    mandate: Mapped[Mandate | None] = relationship()
