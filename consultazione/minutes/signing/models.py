"""The table of who signed which minutes, and as what."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, enum_text
from consultazione.documents.signatures.models import Signature
from consultazione.people.models import Person


class SigningRole(StrEnum):
    """As what somebody signs minutes: presided, wrote them (*verbalizzante*), or did both."""

    CHAIR = "chair"
    WRITER = "writer"
    BOTH = "both"


class MinutesSignature(Base):
    """A person's signature under approved minutes; `signature` says over which digest, and how."""

    __tablename__ = "minutes_signature"

    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    role: Mapped[SigningRole] = mapped_column(enum_text(SigningRole))
    signature_id: Mapped[int] = mapped_column(ForeignKey("document_signature.id"), unique=True)

    person: Mapped[Person] = relationship()
    signature: Mapped[Signature] = relationship()
