"""Tables of needs and answers: what blocks and chapters serve."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base, enum_text


class Purpose(StrEnum):
    """The four purposes of a plan (L. 328/2000 art. 19 c. 2)."""

    LOCAL_SYSTEMS = "local_systems"
    QUALIFY_SPENDING = "qualify_spending"
    SPEND_SHARING = "spend_sharing"
    TRAINING = "training"


class BlockPriority(Base):
    """That a block answers a need, or serves a priority, of the cycle."""

    __tablename__ = "block_priority"

    block_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("block.id"), primary_key=True)
    priority_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("priority.id"), primary_key=True, index=True
    )


class ChapterPriority(Base):
    """That a whole chapter answers a need, or serves a priority, of the cycle."""

    __tablename__ = "chapter_priority"

    chapter_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("chapter.id"), primary_key=True)
    priority_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("priority.id"), primary_key=True, index=True
    )


class BlockPurpose(Base):
    """That a block serves one of the four purposes."""

    __tablename__ = "block_purpose"

    block_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("block.id"), primary_key=True)
    purpose: Mapped[Purpose] = mapped_column(enum_text(Purpose), primary_key=True)
