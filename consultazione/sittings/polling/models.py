"""State of polls beside `Poll` and `Ballot`: options, weights, the votes of the room, secrecy.

Of a secret poll `Ballot` says who voted and nothing else. What they chose is kept sealed
in `Envelope` while the poll is open; at the end the envelopes are opened together, mixed,
and gone: `BoxBallot` holds the choices and `Receipt` the receipts, each in an order of
chance and without anything that leads to the other or to a person.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    LargeBinary,
)
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base, Digest, Line, Prose


class PollOption(Base):
    """An option of a poll, by its number from 1."""

    __tablename__ = "poll_option"

    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    rank: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[Prose]


class PollWeight(Base):
    """How much an organisation's vote weighs in a poll."""

    __tablename__ = "poll_weight"
    __table_args__ = (CheckConstraint("weight > 0", name="positive"),)

    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    weight: Mapped[int]


class RoomVotes(Base):
    """How many in the room made one choice, as the operator counted them."""

    __tablename__ = "poll_room_votes"
    __table_args__ = (CheckConstraint("votes > 0", name="positive"),)

    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    choice: Mapped[Line] = mapped_column(primary_key=True)
    votes: Mapped[int]


class Envelope(Base):
    """A voter's sealed ballot in a secret poll that is still open."""

    __tablename__ = "poll_envelope"
    __table_args__ = (
        ForeignKeyConstraint(["poll_id", "person_id"], ["ballot.poll_id", "ballot.person_id"]),
    )

    poll_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class SealSalt(Base):
    """What the seal of an open secret poll depends on beside the server's key."""

    __tablename__ = "poll_seal_salt"

    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    salt: Mapped[Digest]


class BoxBallot(Base):
    """A choice in the box of a secret poll that is closed; nobody's."""

    __tablename__ = "poll_box_ballot"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), index=True)
    choice: Mapped[Line]


class Receipt(Base):
    """The digest of a voter's receipt in a secret poll that is closed; nobody's either."""

    __tablename__ = "poll_receipt"

    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    digest: Mapped[Digest] = mapped_column(primary_key=True)
