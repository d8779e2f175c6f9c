"""Certificates of consultation as a kind of numbered document."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from consultazione.documents.kinds import DocumentKind, register_kind


def _titles(_session: Session, _ids: Collection[int]) -> Mapping[int, str]:
    """None: whom a certificate is for, only that organisation and the office read."""
    return {}


CERTIFICATE = register_kind(
    DocumentKind(
        name="certificate",
        label=_("Certificate of consultation"),
        plural=_("Certificates of consultation"),
        word="Attestato di consultazione",
        titles=_titles,
        is_sealed=True,
    )
)
