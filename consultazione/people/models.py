"""Tables of people: persons, organisations, mandates, roles, sign-ins and API tokens."""

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
    """A person with an account. Only this table holds names and addresses, never the log."""

    __tablename__ = "person"
    __table_args__ = (Index("uq_person_email", text("lower(email)"), unique=True),)

    id: Mapped[Id]
    email: Mapped[Line | None]
    display_name: Mapped[Line]
    password_hash: Mapped[Line | None]
    demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Moment]


class Organisation(Base):
    """An organisation that people speak for."""

    __tablename__ = "organisation"
    __table_args__ = (UniqueConstraint("zone_id", "name"),)

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    name: Mapped[Line]
    category: Mapped[Category] = mapped_column(enum_text(Category))
    demo: Mapped[bool] = mapped_column(default=False)


class Mandate(Base):
    """The authority to speak for an organisation, granted by an act, for a period."""

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
        """True from the first day of the mandate to the last, both included.

        On the class, the same as a condition of a query.
        """
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    @is_valid.expression
    @classmethod
    def _is_valid(cls, day: date) -> ColumnElement[bool]:
        return and_(cls.starts_on <= day, or_(cls.ends_on.is_(None), cls.ends_on >= day))


class RoleGrant(Base):
    """A role granted to a person in a zone, or at one of its tables."""

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
    """A signed-in browser. Deleting the row signs it out at once.

    seen_at: when it was last used, within some minutes. expires_at: when it ends whatever the
    roles of its person; `lifetimes` says when it ends before.
    """

    __tablename__ = "sign_in"
    __table_args__ = (Index("ix_sign_in_person_id", "person_id"),)

    token_digest: Mapped[Digest] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    device: Mapped[Line]
    created_at: Mapped[Moment]
    seen_at: Mapped[Moment]
    expires_at: Mapped[Moment]


class EndedSignIn(Base):
    """A sign-in that has ended, kept until its open connections are closed."""

    __tablename__ = "ended_sign_in"

    token_digest: Mapped[Digest] = mapped_column(primary_key=True)


class ApiToken(Base):
    """An API token. Only the digest of its secret is stored."""

    __tablename__ = "api_token"

    id: Mapped[Id]
    token_digest: Mapped[Digest] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    label: Mapped[Line]
    created_at: Mapped[Moment]
