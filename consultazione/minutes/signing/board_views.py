"""What the page of minutes says of their signatures."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from sqlalchemy.orm import Session

from consultazione.documents.editions import edition_signed
from consultazione.documents.signatures import METHODS
from consultazione.documents.signatures.sentences import sentences
from consultazione.minutes.compose.types import MinutesDocument
from consultazione.minutes.labels import SIGNING_ROLES
from consultazione.minutes.models import Minutes
from consultazione.minutes.signing.signers import signers_of
from consultazione.web.request_db import actor


def signing_values(
    session: Session, minutes: Minutes, document: MinutesDocument
) -> Mapping[str, object]:
    """The template's values; `signs` is true for a reader whose signature lacks."""
    signers, reader = signers_of(session, minutes), actor().person_id
    return {
        "signers": signers,
        "signs": any(one.person_id == reader and one.given is None for one in signers),
        "signing_roles": SIGNING_ROLES,
        "signing_methods": METHODS,
        "signature_sentences": sentences,
        "edition_signed": partial(edition_signed, document.get("edition")),
    }
