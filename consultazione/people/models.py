"""Tables of people: persons, organisations, mandates, roles, sign-ins and API tokens."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
    and_,
    case,
    cast,
    false,
    func,
    or_,
    select,
)
from sqlalchemy.ext.hybrid import hybrid_method, hybrid_property
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship

from consultazione.core.actor import Role
from consultazione.core.clock import in_rome
from consultazione.core.columns import Base, Day, Digest, Id, Line, Moment, Prose, enum_text

# The levels of SPID follow ISO/IEC 29115: from the second on (LoA3) they ask for two factors.
_TWO_FACTORS_FROM = 2


class Category(StrEnum):
    """The ten kinds of participant of the Reno, Lavino e Samoggia path (2018), and the three that
    the list of contents of a *Piano sociale di zona* (L. 328/2000 art. 19) adds to them.
    """

    LOCAL_AUTHORITY = "local_authority"
    HEALTH_AUTHORITY = "health_authority"
    ASP = "asp"
    VOLUNTEERING = "volunteering"
    APS = "aps"
    UNION = "union"
    SOCIAL_COOP = "social_coop"
    FOUNDATION = "foundation"
    LABOUR_ORG = "labour_org"
    PROFESSIONAL_ORDER = "professional_order"
    TRADE_ASSOCIATION = "trade_association"
    FAMILY_USER_ASSOCIATION = "family_user_association"
    CITIZEN = "citizen"


class SignedInBy(StrEnum):
    """By what somebody signed in.

    GATEWAY: that of SPID and CIE, which knows by what they did so there.
    """

    PASSWORD = "password"
    PASSWORD_AND_CODE = "password_and_code"
    PASSWORD_AND_RECOVERY = "password_and_recovery"
    PASSWORD_AND_PASSKEY = "password_and_passkey"
    PASSKEY = "passkey"
    GATEWAY = "gateway"


class Person(Base):
    """A person with an account. Only this table holds names and addresses, never the log.

    email: as `core.incoming.email_address` folds it. assurance: how sure it is who they are, from 0
    (only registered) to 2 (identified in person). language: in which they are written to, `it` or
    `en`. email_confirmed_at: since when the address is known to be theirs; None if they may not
    write or vote yet. blocked_at: since when nobody gets in with the account; None if they do.
    name_key, name_mark: the name as it is searched and compared, and the how-manieth they are of
    those whose names are the same so (`own_data.naming`). merged_into: the account of the same
    human under which what they did is shown; nobody signs in with this one any more.
    """

    __tablename__ = "person"
    __table_args__ = (
        Index("uq_person_email", "email", unique=True),
        Index("ix_person_name_key", "name_key", "name_mark"),
        Index(
            "ix_person_name_part",
            "name_key",
            postgresql_using="gin",
            postgresql_ops={"name_key": "gin_trgm_ops"},
        ),
        CheckConstraint("assurance BETWEEN 0 AND 2", name="assurance"),
        CheckConstraint("merged_into <> id", name="merged"),
        Index("ix_person_merged_into", "merged_into"),
    )

    id: Mapped[Id]
    email: Mapped[Line | None]
    display_name: Mapped[Line]
    name_key: Mapped[Line] = mapped_column(default="", server_default="")
    name_mark: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
    password_hash: Mapped[Line | None]
    demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Moment]
    assurance: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    language: Mapped[str] = mapped_column(String(2), default="it", server_default="it")
    email_confirmed_at: Mapped[Moment | None]
    blocked_at: Mapped[Moment | None]
    blocked_reason: Mapped[Prose | None]
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    kept: Mapped[Person | None] = relationship(remote_side="Person.id")

    @hybrid_property
    def shown_name(self) -> str:
        """How readers see them: with a number after the first of several of one name.

        The one place that follows an account to the one to which it was joined.
        """
        if self.merged_into is not None and self.kept is not None:
            return self.kept.shown_name
        if self.name_mark < 2:
            return self.display_name
        return f"{self.display_name} ({self.name_mark})"

    @shown_name.inplace.expression
    @classmethod
    def _shown_name(cls) -> ColumnElement[str]:
        other = aliased(Person)
        kept = select(_numbered(other)).where(other.id == cls.merged_into).scalar_subquery()
        return case((cls.merged_into.is_(None), _numbered(cls)), else_=kept)


def _numbered(person: type[Person]) -> ColumnElement[str]:
    numbered = person.display_name + " (" + cast(person.name_mark, String) + ")"
    return case((person.name_mark < 2, person.display_name), else_=numbered)


class Organisation(Base):
    """An organisation that people speak for.

    withdrawn_at: since when it is out of the register, in which it stays readable; None if it
    is in it.
    """

    __tablename__ = "organisation"
    __table_args__ = (
        UniqueConstraint("zone_id", "name"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name="withdrawn"),
    )

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    name: Mapped[Line]
    category: Mapped[Category] = mapped_column(enum_text(Category))
    demo: Mapped[bool] = mapped_column(default=False)
    withdrawn_at: Mapped[Moment | None]
    withdrawn_reason: Mapped[Prose | None]


class MandateState(StrEnum):
    """What becomes of a mandate; it counts while it is VALID, and never before or after."""

    PROPOSED = "proposed"
    TURNED_DOWN = "turned_down"
    UPCOMING = "upcoming"
    VALID = "valid"
    ENDED = "ended"


class Mandate(Base):
    """The authority to speak for an organisation, granted by an act, for a period.

    given_by: who entered it; None for the platform. confirmed_at: since when it can count;
    None while a second person has not confirmed it. confirmed_by: that person. ended_at: the
    moment from which it no longer counts, or at which it was turned down.
    """

    __tablename__ = "mandate"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="interval"),
        CheckConstraint("confirmed_by <> given_by AND confirmed_by <> person_id", name="second"),
        Index("ix_mandate_person_id", "person_id"),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    act: Mapped[Line]
    starts_on: Mapped[Day]
    ends_on: Mapped[Day | None]
    given_at: Mapped[Moment]
    given_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[Moment | None]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[Moment | None]

    organisation: Mapped[Organisation] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])

    @hybrid_method
    def is_valid(self, at: datetime) -> bool:
        """True if the mandate is confirmed, and counts at that moment.

        It counts from its first day to its last, both included, in Italy's time; not from the
        moment on at which it was ended. On the class, the same as a condition of a query.
        """
        begun = self.starts_on <= in_rome(at).date()
        return self.confirmed_at is not None and begun and not self.is_over(at)

    @is_valid.expression
    @classmethod
    def _is_valid(cls, at: datetime) -> ColumnElement[bool]:
        begun = cls.starts_on <= in_rome(at).date()
        return and_(cls.confirmed_at.is_not(None), begun, ~cls.is_over(at))

    @hybrid_method
    def is_over(self, at: datetime) -> bool:
        """True once the mandate was ended or turned down, or its last day has passed."""
        last = self.ends_on
        ended = self.ended_at is not None and self.ended_at <= at
        return ended or (last is not None and last < in_rome(at).date())

    @is_over.expression
    @classmethod
    def _is_over(cls, at: datetime) -> ColumnElement[bool]:
        ended = func.coalesce(cls.ended_at <= at, false())
        return or_(ended, func.coalesce(cls.ends_on < in_rome(at).date(), false()))

    def state(self, at: datetime) -> MandateState:
        """What has become of the mandate at that moment, which is not before its entry."""
        if self.confirmed_at is None:
            return MandateState.PROPOSED if self.ended_at is None else MandateState.TURNED_DOWN
        if self.is_valid(at):
            return MandateState.VALID
        return MandateState.ENDED if self.is_over(at) else MandateState.UPCOMING


class RoleGrant(Base):
    """A role granted to a person in a zone, or at one of its tables.

    backers: who gave it, and those from whom the giver had their role then; none for the
    platform, or if unknown.
    """

    __tablename__ = "role_grant"
    __table_args__ = (
        UniqueConstraint(
            "person_id", "role", "zone_id", "table_id", postgresql_nulls_not_distinct=True
        ),
        # A role at a table is one in the zone of that table.
        ForeignKeyConstraint(
            ["table_id", "zone_id"], ["thematic_table.id", "thematic_table.zone_id"]
        ),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Role] = mapped_column(enum_text(Role))
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    table_id: Mapped[int | None] = mapped_column(BigInteger)
    given_at: Mapped[Moment]
    backers: Mapped[list[int]] = mapped_column(ARRAY(BigInteger), default=list)


class TerritoryCoordinator(Base):
    """A person who coordinates the zones of a territory: reads them, and edits none."""

    __tablename__ = "territory_coordinator"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    territory_id: Mapped[int] = mapped_column(ForeignKey("territory.id"), primary_key=True)
    since: Mapped[Moment]


class Installer(Base):
    """An administrator of the installation: who sets up zones in it, and has no right in any.

    Appointed by the platform alone, for whoever runs the machine.
    """

    __tablename__ = "installer"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    appointed_at: Mapped[Moment]


class SignIn(Base):
    """A signed-in browser. Deleting the row signs it out at once.

    seen_at: when it was last used, within some minutes. expires_at: when it ends whatever the
    roles of its person; `lifetimes` says when it ends before. gateway_level: the level of SPID,
    1 to 3, that the gateway vouched for; None for another way in.
    """

    __tablename__ = "sign_in"
    __table_args__ = (
        Index("ix_sign_in_person_id", "person_id"),
        CheckConstraint("(by = 'gateway') = (gateway_level IS NOT NULL)", name="level"),
    )

    token_digest: Mapped[Digest] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    device: Mapped[Line]
    created_at: Mapped[Moment]
    seen_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    by: Mapped[SignedInBy] = mapped_column(
        enum_text(SignedInBy), default=SignedInBy.PASSWORD, server_default="password"
    )
    gateway_level: Mapped[int | None] = mapped_column(SmallInteger)

    @property
    def has_two_factors(self) -> bool:
        """True if it took two proofs of different kinds.

        A passkey is one that asks for finger, face or PIN. SPID asks for two from level 2 on.
        """
        if self.by is SignedInBy.GATEWAY:
            return (self.gateway_level or 0) >= _TWO_FACTORS_FROM
        return self.by is not SignedInBy.PASSWORD


class EndedSignIn(Base):
    """A sign-in that has ended, kept until its open connections are closed."""

    __tablename__ = "ended_sign_in"

    token_digest: Mapped[Digest] = mapped_column(primary_key=True)


class ApiToken(Base):
    """An API token. Only the digest of its secret is stored.

    scopes: values of `core.scopes.Scope`. used_at: when it was last used, within an hour; None
    if never.
    """

    __tablename__ = "api_token"

    id: Mapped[Id]
    token_digest: Mapped[Digest] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    label: Mapped[Line]
    created_at: Mapped[Moment]
    scopes: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    expires_at: Mapped[Moment]
    used_at: Mapped[Moment | None]


class Resets(StrEnum):
    """What a link from an administrator lets its person do anew."""

    PASSWORD = "password"
    SECOND_STEP = "second_step"


class PasswordLink(Base):
    """A link by which a person who lost their password, or second step, goes on without it, once.

    Only the digest of its secret is stored. made_by: None if the platform made it, to be mailed or
    for whoever runs the machine. confirmed_by: the second administrator, where one is needed.
    mailed: it went to the person's own address, for which they asked themselves.
    """

    __tablename__ = "password_link"
    __table_args__ = (UniqueConstraint("person_id", "mailed", "resets"),)

    id: Mapped[Id]
    token_digest: Mapped[Digest] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    mailed: Mapped[bool] = mapped_column(default=False, server_default=false())
    resets: Mapped[Resets] = mapped_column(
        enum_text(Resets), default=Resets.PASSWORD, server_default="password"
    )


class AddressLink(Base):
    """A link that was mailed to an address, by which its owner confirms it, once.

    Only the digest of its secret is stored.
    """

    __tablename__ = "address_link"
    __table_args__ = (UniqueConstraint("person_id"),)

    id: Mapped[Id]
    token_digest: Mapped[Digest] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    address: Mapped[Line]
    expires_at: Mapped[Moment]
