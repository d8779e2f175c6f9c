"""Tables of the plan's text: blocks, their versions, and the contributions they come from."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Id, Line, Moment, Prose, enum_text
from consultazione.people.models import Person
from consultazione.plan.models import Contribution
from consultazione.zones.models import Chapter


class BlockKind(StrEnum):
    """What a block of the plan is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"
    FIGURE = "figure"


class ChangeKind(StrEnum):
    """What made a version of a block."""

    WRITTEN = "written"
    EDITED = "edited"
    SPLIT = "split"
    MERGED = "merged"
    GENERATED = "generated"


class Block(Base):
    """A part of a chapter. It keeps its id and address through all changes, and is never deleted.

    rank: its place in the chapter, from 1 without gaps; None once it was removed.
    removed_from: the place that it had. merged_into_id: the block that has its text now.
    picture, picture_type: SHA-256 and media type of a figure's file. generated_at: when a
    block that the platform writes from its own log was last written.
    """

    __tablename__ = "block"
    __table_args__ = (
        UniqueConstraint("chapter_id", "rank", deferrable=True, initially="IMMEDIATE"),
        CheckConstraint("(rank IS NULL) = (removed_at IS NOT NULL)", name="rank"),
        CheckConstraint("(kind = 'figure') = (picture IS NOT NULL)", name="picture"),
    )

    id: Mapped[Id]
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"))
    kind: Mapped[BlockKind] = mapped_column(enum_text(BlockKind))
    rank: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)
    picture: Mapped[str | None] = mapped_column(String(64))
    picture_type: Mapped[Line | None]
    written_at: Mapped[Moment]
    generated_at: Mapped[Moment | None]
    removed_at: Mapped[Moment | None]
    removed_from: Mapped[int | None]
    removed_reason: Mapped[Prose | None]
    merged_into_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("block.id"))
    demo: Mapped[bool] = mapped_column(default=False)

    chapter: Mapped[Chapter] = relationship()
    current: Mapped[BlockVersion] = relationship(
        primaryjoin="and_(Block.id == foreign(BlockVersion.block_id),"
        " Block.version == BlockVersion.number)",
        viewonly=True,
        uselist=False,
        lazy="joined",
    )
    contributions: Mapped[list[Contribution]] = relationship(
        secondary="block_origin", order_by=Contribution.id, viewonly=True
    )

    @property
    def body(self) -> str:
        """Its text as it stands now, in markdown; of a figure the caption."""
        return self.current.body

    @property
    def alt(self) -> str | None:
        """What a figure shows, in words; None for other blocks."""
        return self.current.alt

    @property
    def contribution(self) -> Contribution | None:
        """The first contribution that it comes from, if any."""
        return self.contributions[0] if self.contributions else None

    @property
    def contribution_id(self) -> int | None:
        """The id of that contribution."""
        return self.contribution.id if self.contribution else None


class BlockVersion(Base):
    """The text of a block from one change to the next.

    reason: why it was changed; of a block's first text, the name of the file that it was read
    from, if it was. from_block_id, from_number: the version of another block that some of the
    text comes from, if it was split off or merged in. contribution_id: what the text was taken
    in from.
    """

    __tablename__ = "block_version"
    __table_args__ = (UniqueConstraint("block_id", "number"),)

    id: Mapped[Id]
    block_id: Mapped[int] = mapped_column(ForeignKey("block.id"))
    number: Mapped[int]
    change: Mapped[ChangeKind] = mapped_column(enum_text(ChangeKind))
    body: Mapped[Prose]
    alt: Mapped[Prose | None]
    reason: Mapped[Prose | None]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[Moment]
    from_block_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("block.id"))
    from_number: Mapped[int | None]
    contribution_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"))

    author: Mapped[Person | None] = relationship()

    @property
    def file(self) -> str | None:
        """The name of the file that a first text was read from; None if it was written here."""
        return self.reason if self.change is ChangeKind.WRITTEN else None


class BlockOrigin(Base):
    """That a block holds, or has held, text of a contribution. Such a row is never deleted."""

    __tablename__ = "block_origin"

    block_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("block.id"), primary_key=True)
    contribution_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("contribution.id"), primary_key=True, index=True
    )
