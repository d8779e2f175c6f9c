"""Tables of the second step: who has one, their recovery codes, which roles ask for one."""

from __future__ import annotations

from sqlalchemy import ARRAY, BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base, Day, Digest, Moment


class SecondStep(Base):
    """That a person signs in by two steps: their password, and a code or one of their passkeys.

    secret: of the app that makes their codes, sealed by `sealing`; None if passkeys alone count.
    used_step: the time step (30 s each, since 1970) of the newest code that was taken, so that
    none counts twice; 0 before the first.
    """

    __tablename__ = "second_step"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    secret: Mapped[bytes | None]
    used_step: Mapped[int] = mapped_column(BigInteger, default=0)
    since: Mapped[Moment]


class RecoveryCode(Base):
    """A recovery code that was not used yet; using it deletes the row."""

    __tablename__ = "recovery_code"

    digest: Mapped[Digest] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)


class SecondStepRule(Base):
    """Which roles of a zone count only for people who sign in by two steps, from a day on.

    roles: values of `Role`; empty if none asks for it any more.
    """

    __tablename__ = "second_step_rule"

    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"), primary_key=True)
    roles: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    from_day: Mapped[Day]
    set_at: Mapped[Moment]
