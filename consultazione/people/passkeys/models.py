"""The table of passkeys."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base, Id, Line, Moment


class Passkey(Base):
    """A passkey of a person; the secret half never leaves their device.

    credential_id: how the device names it; public_key: in COSE form (RFC 9052); uses: the
    device's own count, 0 where it keeps none. label: as its person calls it.
    """

    __tablename__ = "passkey"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    credential_id: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    uses: Mapped[int] = mapped_column(BigInteger, default=0)
    label: Mapped[Line]
    added_at: Mapped[Moment]
    used_at: Mapped[Moment | None]
