"""Types of columns that recur, and the base class of all models."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    DateTime,
    Enum,
    Identity,
    LargeBinary,
    MetaData,
    Numeric,
    String,
    Text,
    any_,
    literal,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, mapped_column

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

LARGEST_ID = 2**63 - 1
# Places and pages are integers in the database; no list comes near this many.
LARGEST_PLACE = 10**9

Id = Annotated[int, mapped_column(BigInteger, Identity(), primary_key=True)]
Moment = Annotated[datetime, mapped_column(DateTime(timezone=True))]
Day = Annotated[date, mapped_column()]
Line = Annotated[str, mapped_column(String(300))]
Prose = Annotated[str, mapped_column(Text)]
Digest = Annotated[bytes, mapped_column(LargeBinary(32))]
# In euro, exact to the cent; never a float.
Money = Annotated[Decimal, mapped_column(Numeric(14, 2))]
Document = Annotated[dict[str, Any], mapped_column(JSONB)]


class Base(DeclarativeBase):
    """Base of all models; constraints get predictable names for the migrations."""

    metadata = MetaData(naming_convention=NAMING)


def enum_text(kind: type[StrEnum]) -> Enum:
    """A column type that stores the values of a closed list as text with a check."""
    return Enum(
        kind,
        native_enum=False,
        length=40,
        create_constraint=True,
        name=kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


def among(column: Any, ids: Iterable[int]) -> ColumnElement[bool]:
    """Whether a column holds one of some ids, as one array and not a parameter for each.

    Whatever their number, it is one statement, which is compiled and planned once: for what is
    asked by the hundred in a second.
    """
    found: ColumnElement[bool] = column == any_(literal(list(ids), ARRAY(BigInteger)))
    return found
