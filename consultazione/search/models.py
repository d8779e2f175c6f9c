"""The tables of the search: what is indexed, under which key, and the texts of uploaded files.

Nothing here is a source: `consultazione search rebuild` makes all of it again from the rest.
"""

from __future__ import annotations

from enum import IntEnum

from sqlalchemy import ARRAY, BigInteger, ForeignKey, Index, SmallInteger, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base, Line, Moment, Prose, enum_text
from consultazione.people.models import Category


class Band(IntEnum):
    """In which order kinds are listed: few and weighty before many and short."""

    PAPERS = 0
    PROPOSALS = 1
    COMMENTS = 2


class SearchEntry(Base):
    """What is searched of one object that everybody may read; its text is read where it stands.

    words: the stems of title and text, without accents. spelt: its words as they are written,
    without accents, for the dictionary; of a comment neither. stems: of a comment, whose words are
    in clear nowhere, a keyed digest of each stem (`sealed_stems`); leaf names the key. stale: to be
    read again. at: by which the newest stand first.
    """

    __tablename__ = "search_entry"
    __table_args__ = (
        Index("ix_search_entry_newest", "zone_id", "band", "at", "kind", "object_id"),
        Index(
            "ix_search_entry_papers", "words", postgresql_using="gin",
            postgresql_where=text("band = 0"), postgresql_with={"fastupdate": "off"},
        ),
        Index(
            "ix_search_entry_proposals", "words", postgresql_using="gin",
            postgresql_where=text("band = 1"), postgresql_with={"fastupdate": "off"},
        ),
        Index(
            "ix_search_entry_stems", "stems", postgresql_using="gin",
            postgresql_where=text("band = 2"), postgresql_with={"fastupdate": "off"},
        ),
        Index(
            "ix_search_entry_title", "title", postgresql_using="gin",
            postgresql_ops={"title": "gin_trgm_ops"}, postgresql_where=text("band < 2"),
        ),
        Index("ix_search_entry_leaf", "leaf", postgresql_where=text("leaf IS NOT NULL")),
        Index("ix_search_entry_stale", "kind", "object_id", postgresql_where=text("stale")),
    )  # fmt: skip

    kind: Mapped[Line] = mapped_column(primary_key=True)
    object_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    band: Mapped[int] = mapped_column(SmallInteger)
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    cycle_id: Mapped[int | None] = mapped_column(BigInteger)
    table_id: Mapped[int | None] = mapped_column(BigInteger)
    category: Mapped[Category | None] = mapped_column(enum_text(Category))
    state: Mapped[Line | None]
    at: Mapped[Moment]
    title: Mapped[Line | None]
    words: Mapped[str | None] = mapped_column(TSVECTOR)
    spelt: Mapped[str | None] = mapped_column(TSVECTOR)
    stems: Mapped[list[int] | None] = mapped_column(ARRAY(BigInteger))
    leaf: Mapped[int | None] = mapped_column(BigInteger)
    stale: Mapped[bool] = mapped_column(default=False, server_default=text("false"))


class SearchKey(Base):
    """A key under which stems of comments are digested: a leaf of the keys of texts.

    Only the newest is written under. The others are destroyed once nothing is under them.
    """

    __tablename__ = "search_key"

    leaf: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    made_at: Mapped[Moment]


class SearchWord(Base):
    """A word that stands in the dictionary of some zone: once, so that few are looked through."""

    __tablename__ = "search_word"
    __table_args__ = (
        Index(
            "ix_search_word_like", "word", postgresql_using="gin",
            postgresql_ops={"word": "gin_trgm_ops"},
        ),
    )  # fmt: skip

    word: Mapped[Line] = mapped_column(primary_key=True)


class SearchWordCount(Base):
    """In how many papers and proposals of a zone a word stands."""

    __tablename__ = "search_word_count"
    __table_args__ = (Index("ix_search_word_count_zone_id", "zone_id"),)

    word: Mapped[Line] = mapped_column(primary_key=True)
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"), primary_key=True)
    objects: Mapped[int]


class SearchDictionary(Base):
    """How fresh the dictionary of a zone is.

    is_stale: texts have changed since it was begun. begun_at, made_at: when it was counted last;
    took_ms: how long that took.
    """

    __tablename__ = "search_dictionary"

    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"), primary_key=True)
    is_stale: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    begun_at: Mapped[Moment | None]
    made_at: Mapped[Moment | None]
    took_ms: Mapped[int] = mapped_column(default=0, server_default=text("0"))


class MaterialText(Base):
    """The text of a material's file, read by a worker; sha256: of the file it was read from."""

    __tablename__ = "material_text"

    material_id: Mapped[int] = mapped_column(ForeignKey("material.id"), primary_key=True)
    sha256: Mapped[Line]
    body: Mapped[Prose]
