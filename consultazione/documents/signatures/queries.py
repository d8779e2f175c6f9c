"""Queries on copies to be signed."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from consultazione.core.errors import NotFound
from consultazione.documents.signatures.models import SigningCopy


def frozen_copy(session: Session, digest: str | None) -> SigningCopy:
    """The copy of a document that is to be signed; NotFound while it is being written.

    digest: of the document; None if it has none yet.
    """
    frozen = session.get(SigningCopy, digest) if digest else None
    if frozen is None:
        raise NotFound(_("The copy to be signed is still being written: wait a moment."))
    return frozen
