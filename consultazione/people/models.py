"""State of people: persons, organisations, mandates, roles, and the keys they sign in with."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    UniqueConstraint,
    and_,
    or_,
    text,
)
from sqlalchemy.ext.hybrid import hybrid_method
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.actor import Role
from consultazione.core.columns import Base, Day, Digest, Id, Line, Moment, enum_text


class Category(StrEnum):
    """The ten kinds of participant of the Reno, Lavino e Samoggia path (2018)."""

    LOCAL_AUTHORITY = "local_authority"
    HEALTH_AUTHORITY = "health_authority"
    ASP = "asp"
    VOLUNTEERING = "volunteering"
    APS = "aps"
    UNION = "union"
    SOCIAL_COOP = "social_coop"
    FOUNDATION = "foundation"
    LABOUR_ORG = "labour_org"
    CITIZEN = "citizen"


class Person(Base):
    """Somebody with an account. Names and addresses stand here only, never in the log."""

    __tablename__ = "person"
    __table_args__ = (Index("uq_person_email", text("lower(email)"), unique=True),)

    id: Mapped[Id]
    email: Mapped[Line | None]
    display_name: Mapped[Line]
    password_hash: Mapped[Line | None]
    demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Moment]


class Organisation(Base):
    """An organisation in whose name persons speak."""

    __tablename__ = "organisation"
    __table_args__ = (UniqueConstraint("zone_id", "name"),)

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    name: Mapped[Line]
    category: Mapped[Category] = mapped_column(enum_text(Category))
    demo: Mapped[bool] = mapped_column(default=False)


class Mandate(Base):
    """A person speaks for an organisation, by an act, from a day to a day."""

    __tablename__ = "mandate"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="interval"),
        Index("ix_mandate_person_id", "person_id"),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    act: Mapped[Line]
    starts_on: Mapped[Day]
    ends_on: Mapped[Day | None]
    given_at: Mapped[Moment]

    organisation: Mapped[Organisation] = relationship()
    person: Mapped[Person] = relationship()

    @hybrid_method
    def is_valid(self, day: date) -> bool:
        """True on the days from the first to the last of the mandate, both included.

        On the class it is the same as a condition of a query.
        """
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    @is_valid.expression
    @classmethod
    def _is_valid(cls, day: date) -> ColumnElement[bool]:
        return and_(cls.starts_on <= day, or_(cls.ends_on.is_(None), cls.ends_on >= day))


class RoleGrant(Base):
    """A role given to a person in a zone, or at one of its tables."""

    __tablename__ = "role_grant"
    __table_args__ = (
        UniqueConstraint(
            "person_id", "role", "zone_id", "table_id", postgresql_nulls_not_distinct=True
        ),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Role] = mapped_column(enum_text(Role))
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    table_id: Mapped[int | None] = mapped_column(ForeignKey("thematic_table.id"))
    given_at: Mapped[Moment]


class SignIn(Base):
    """A signed-in browser; removing the row ends it at once."""

    __tablename__ = "sign_in"
    __table_args__ = (Index("ix_sign_in_person_id", "person_id"),)

    token_digest: Mapped[Digest] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    device: Mapped[Line]
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]


class EndedSignIn(Base):
    """A sign-in that was ended: its open connections are closed, then the row goes."""

    __tablename__ = "ended_sign_in"

    token_digest: Mapped[Digest] = mapped_column(primary_key=True)


class ApiToken(Base):
    """A key to the REST interface; only its digest is kept."""

    __tablename__ = "api_token"

    id: Mapped[Id]
    token_digest: Mapped[Digest] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    label: Mapped[Line]
    created_at: Mapped[Moment]
