"""The minutes as an accessible archival PDF (PDF/A-3a and PDF/UA-1), set by typst.

Equal documents, addresses and moments give equal bytes. The document's canonical JSON is
attached; its SHA-256 is the digest printed on the last page.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from consultazione.core.canonical import canonical_json
from consultazione.documents.characters import settled_texts
from consultazione.documents.editions import edition_lines
from consultazione.documents.frames import Asked
from consultazione.documents.paper.qr import qr_svg
from consultazione.documents.paper.rich import Block, blocks
from consultazione.documents.typesetting import typeset
from consultazione.minutes.compose.types import MinutesDocument
from consultazione.minutes.compose.wording import HEADINGS
from consultazione.minutes.document import document_of
from consultazione.minutes.models import Minutes

_TEMPLATE = Path(__file__).with_name("verbale.typ")


def sealed(minutes: Minutes, public_url: str, signed: Mapping[str, str]) -> bytes:
    """The PDF of approved minutes, dated with the approval.

    signed: what stands where somebody has signed, by `chair` and `writer`. ValueError if they are a
    draft; CannotTypeset if it cannot be made.
    """
    if minutes.approved_at is None:
        raise ValueError(f"minutes {minutes.id} are not approved")
    return make_pdf(
        document_of(minutes),
        address=address_of(minutes, public_url),
        digest=minutes.digest,
        at=minutes.approved_at,
        signed=signed,
    )


def asked_for_draft(minutes: Minutes, public_url: str) -> Asked:
    """What is asked of the typesetter for a draft, which is marked as one on every page."""
    return asked_for(
        document_of(minutes),
        address=address_of(minutes, public_url),
        digest=None,
        at=minutes.composed_at,
    )


def asked_for_copy(minutes: Minutes, public_url: str) -> Asked:
    """What is asked of the typesetter for the copy to be signed: PDF/A-2a without attachments.

    *Firma con SPID* takes PDF/A-2 only (AgID determination 157/2020). ValueError for a draft.
    """
    if minutes.approved_at is None:
        raise ValueError(f"minutes {minutes.id} are not approved")
    asked = asked_for(
        document_of(minutes),
        address=address_of(minutes, public_url),
        digest=minutes.digest,
        at=minutes.approved_at,
        is_copy=True,
    )
    return {**asked, "standard": "a-2a"}


def address_of(minutes: Minutes, public_url: str) -> str:
    """The public address of minutes on the site at `public_url`."""
    return f"{public_url}/verbali/{minutes.id}"


def make_pdf(
    document: MinutesDocument,
    *,
    address: str,
    digest: str | None,
    at: datetime,
    signed: Mapping[str, str] | None = None,
) -> bytes:
    """The PDF of a document; marked as a draft if there is no digest. signed: as of `sealed`."""
    return typeset(asked_for(document, address=address, digest=digest, at=at, signed=signed))


def asked_for(
    document: MinutesDocument,
    *,
    address: str,
    digest: str | None,
    at: datetime,
    is_copy: bool = False,
    signed: Mapping[str, str] | None = None,
) -> Asked:
    """What is asked of the typesetter: texts with characters that it can show, and no others.

    is_copy: whether it is the copy to be signed, which says so and has nothing attached.
    signed: as of `sealed`.
    """
    inputs = {
        "document": canonical_json(document).decode(),
        "shown": canonical_json(settled_texts(document)).decode(),
        "texts": json.dumps(settled_texts(_texts(document)), ensure_ascii=False),
        "words": json.dumps(HEADINGS),
        "seal": json.dumps(
            {
                "digest": digest,
                "address": address,
                "qr": qr_svg(address),
                "edition": edition_lines(document.get("edition")),
                "copy": is_copy,
                "signed": signed or {},
            }
        ),
    }
    return {"template": str(_TEMPLATE), "inputs": inputs, "timestamp": int(at.timestamp())}


def _texts(document: MinutesDocument) -> dict[str, dict[str, list[Block]]]:
    """What people wrote, as blocks: notes by point id, conclusions by rank."""
    return {
        "notes": {str(note["point_id"]): blocks(note["body"]) for note in document["notes"]},
        "conclusions": {
            str(item["rank"]): blocks(item["body"]) for item in document["conclusions"]
        },
    }
