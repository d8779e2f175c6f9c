"""Tables of polls: options, weights, ballots, votes counted in the room, secrecy.

The `Ballot` of a secret poll says only who voted. `Envelope` holds the sealed choice while
the poll is open. Closing the poll opens all envelopes together, mixes their contents and
deletes them: `BoxBallot` then holds the choices and `Receipt` the receipts, each in an order
of its own and without anything that leads to the other or to a person.
"""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
)
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base, Digest, Document, Id, Line, Moment, Prose, enum_text
from consultazione.people.models import Category
from consultazione.sittings.polls.rules import Effect


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
    """How many in the room made one choice, as counted by hand.

    counted_by: who entered the number. confirmed_by: another who entered the same.
    """

    __tablename__ = "poll_room_votes"
    __table_args__ = (
        CheckConstraint("votes > 0", name="positive"),
        CheckConstraint("confirmed_by <> counted_by", name="second"),
    )

    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    choice: Mapped[Line] = mapped_column(primary_key=True)
    votes: Mapped[int]
    counted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


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
    """The salt of an open secret poll, and whether it has a key of its own in the key store.

    Polls that were open during the upgrade have none: theirs is derived from the server's key.
    """

    __tablename__ = "poll_seal_salt"

    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    salt: Mapped[Digest]
    has_own_key: Mapped[bool]


class BoxBallot(Base):
    """A choice in the box of a closed secret poll, linked to nobody."""

    __tablename__ = "poll_box_ballot"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), index=True)
    choice: Mapped[Line]


class Receipt(Base):
    """The digest of a receipt of a closed secret poll, linked to nobody."""

    __tablename__ = "poll_receipt"

    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    digest: Mapped[Digest] = mapped_column(primary_key=True)


class PollState(StrEnum):
    """The states of a poll."""

    OPEN = "open"
    CLOSED = "closed"
    ANNULLED = "annulled"


class AnnulReason(StrEnum):
    """Why a poll has no result: the chair annulled it, or a secret one could not be counted.

    It cannot be counted if its key is gone, or if an envelope was damaged.
    """

    KEY_LOST = "key_lost"
    BROKEN_SEAL = "broken_seal"
    BY_CHAIR = "by_chair"


class Poll(Base):
    """A question put to those present; once closed, with its electorate and result.

    An annulled poll has no result, not even one that it had before, and `closed_at` is when it
    was annulled. explanation: why, in the words of the chair who annulled it.
    """

    __tablename__ = "poll"
    __table_args__ = (
        Index("uq_poll_open", "sitting_id", unique=True, postgresql_where="state = 'open'"),
        Index("ix_poll_sitting_id", "sitting_id"),
        CheckConstraint(
            "(explanation IS NOT NULL) = (annulled_because IS NOT DISTINCT FROM 'by_chair')",
            name="explained",
        ),
    )

    id: Mapped[Id]
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"))
    point_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_point.id"))
    kind: Mapped[Line]
    question: Mapped[Prose]
    state: Mapped[PollState] = mapped_column(enum_text(PollState))
    opened_at: Mapped[Moment]
    closed_at: Mapped[Moment | None]
    effect: Mapped[Effect] = mapped_column(enum_text(Effect), default=Effect.BINDING)
    rules: Mapped[Document]
    # A stored `voters.basis.Basis`: who votes, as it was when the poll was opened. None for polls
    # of before this was kept.
    basis: Mapped[Document | None]
    # A stored `voters.silence.Silence`, once an open vote is closed. It has the id of everybody who
    # was silent, so it is only read where it is asked for.
    silence: Mapped[Document | None] = mapped_column(deferred=True)
    electorate: Mapped[int | None]
    # The standing of the sitting's quorum when the poll was opened.
    standing: Mapped[Document | None]
    result: Mapped[Document | None]
    annulled_because: Mapped[AnnulReason | None] = mapped_column(enum_text(AnnulReason))
    explanation: Mapped[Prose | None]


class Ballot(Base):
    """A voter in a poll and, unless it is secret, their choice."""

    __tablename__ = "ballot"
    __table_args__ = (
        # Only the key holds every ballot: no other index draws the query for some voters' ballots.
        Index(
            "uq_ballot_poll_id_organisation_id",
            "poll_id",
            "organisation_id",
            unique=True,
            postgresql_where="organisation_id IS NOT NULL",
        ),
        Index(
            "ix_ballot_represents_id",
            "poll_id",
            "represents_id",
            postgresql_where="represents_id IS NOT NULL",
        ),
    )

    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))
    # The delegate under whose mandate a substitute voted.
    represents_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # Set where organisations vote, since each votes once.
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    category: Mapped[Category] = mapped_column(enum_text(Category))
    # By which the holder voted for this person, who was absent.
    proxy_id: Mapped[int | None] = mapped_column(ForeignKey("proxy.id"))
    choice: Mapped[Line | None]
    cast_at: Mapped[Moment]
