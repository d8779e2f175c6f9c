"""The minutes as an accessible archival PDF (PDF/A-3a and PDF/UA-1), set by typst.

Equal documents, addresses and moments give equal bytes. The document's canonical JSON is
attached; its SHA-256 is the digest printed on the last page.
"""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from pathlib import Path

import typst

from consultazione.config import ROOT
from consultazione.core.canonical import canonical_json
from consultazione.core.qr import qr_svg
from consultazione.core.threadpool import offload
from consultazione.minutes.compose.types import MinutesDocument
from consultazione.minutes.compose.wording import HEADINGS
from consultazione.minutes.document import document_of
from consultazione.minutes.glyphs import replacements
from consultazione.minutes.models import Minutes
from consultazione.minutes.rich import Block, blocks

_TEMPLATE = Path(__file__).with_name("verbale.typ")
_FONTS = ROOT / "static" / "vendor" / "fonts" / "titillium-web"
_STANDARDS: list[typst.PDFStandard] = ["a-3a", "ua-1"]


def sealed(minutes: Minutes, public_url: str) -> bytes:
    """The PDF of approved minutes, dated with the approval; ValueError if they are a draft."""
    if minutes.approved_at is None:
        raise ValueError(f"minutes {minutes.id} are not approved")
    return make_pdf(
        document_of(minutes),
        address=address_of(minutes, public_url),
        digest=minutes.digest,
        at=minutes.approved_at,
    )


def draft(minutes: Minutes, public_url: str) -> bytes:
    """The PDF of a draft, marked as one on every page."""
    return make_pdf(
        document_of(minutes),
        address=address_of(minutes, public_url),
        digest=None,
        at=minutes.composed_at,
    )


def address_of(minutes: Minutes, public_url: str) -> str:
    """The public address of minutes on the site at `public_url`."""
    return f"{public_url}/verbali/{minutes.id}"


def make_pdf(document: MinutesDocument, *, address: str, digest: str | None, at: datetime) -> bytes:
    """The PDF of a document; marked as a draft if there is no digest."""
    whole = canonical_json(document).decode()
    inputs = {
        "document": whole,
        "shown": whole,
        "texts": json.dumps(_texts(document), ensure_ascii=False),
        "words": json.dumps(HEADINGS),
        "seal": json.dumps({"digest": digest, "address": address, "qr": qr_svg(address)}),
    }
    return bytes(offload(_compile, inputs, at.replace(microsecond=0)))


def _compile(inputs: dict[str, str], at: datetime) -> bytes | list[bytes] | None:
    """Set the document, with a mark in place of characters that no font can show."""
    try:
        return _set(inputs, at)
    except typst.TypstError:
        missing = replacements(inputs["shown"], _fonts(), _STANDARDS)
        if not missing:
            raise
        replaced = {name: inputs[name].translate(missing) for name in ("shown", "texts")}
        return _set({**inputs, **replaced}, at)


def _set(inputs: dict[str, str], at: datetime) -> bytes | list[bytes] | None:
    return typst.Compiler(
        _TEMPLATE.read_bytes(), root=_TEMPLATE.parent, font_paths=_fonts(), sys_inputs=inputs
    ).compile(format="pdf", pdf_standards=_STANDARDS, timestamp=int(at.timestamp()))


@cache
def _fonts() -> typst.Fonts:
    """The site's fonts and those bundled with typst, but not the machine's."""
    return typst.Fonts(
        include_system_fonts=False, font_paths=[str(_FONTS)] if _FONTS.is_dir() else []
    )


def _texts(document: MinutesDocument) -> dict[str, dict[str, list[Block]]]:
    """What people wrote, as blocks: notes by point id, conclusions by rank."""
    return {
        "notes": {str(note["point_id"]): blocks(note["body"]) for note in document["notes"]},
        "conclusions": {
            str(item["rank"]): blocks(item["body"]) for item in document["conclusions"]
        },
    }
