"""The PDF of minutes: accessible, deterministic, with its document attached."""

from __future__ import annotations

import hashlib
import io
import re
from datetime import UTC, datetime
from typing import Any

import pikepdf
import pytest

from consultazione.core.canonical import canonical_json, sha256_of
from consultazione.minutes.compose.document import compose
from consultazione.minutes.compose.types import MinutesDocument
from consultazione.minutes.compose.wording import moment
from consultazione.minutes.pdf import make_pdf
from tests.support.minutes_story import facts
from tests.support.typed_json import assert_typed

AT = datetime(2018, 3, 12, 9, 0, tzinfo=UTC)
ADDRESS = "https://zone.example/verbali/9"
_PDFA = "http://www.aiim.org/pdfa/ns/id/"
_PDFUA = "http://www.aiim.org/pdfua/ns/id/"


def document(note: str = "Explained.", **changes: Any) -> dict[str, Any]:
    """An approved document."""
    return {
        "minutes_id": 9,
        "facts": compose(facts()),
        "notes": [{"point_id": 31, "body": note}],
        "conclusions": [
            {
                "id": 1,
                "rank": 1,
                "point_id": 31,
                "chapter": {"number": 2, "title": "Services"},
                "proposal": {"id": 41, "title": "A desk"},
                "body": "Open a desk.",
            }
        ],
        "approved": moment(AT) | {"by": "Franca Neri"},
        **changes,
    }


def made(found: dict[str, Any], *, digest: str | None = "d" * 64) -> bytes:
    """The PDF of a document, which is what its type says."""
    assert_typed(found, MinutesDocument)
    return make_pdf(found, address=ADDRESS, digest=digest, at=AT)


@pytest.fixture(scope="module")
def approved() -> pikepdf.Pdf:
    """The PDF of an approved document, opened."""
    found = document()
    return pikepdf.open(io.BytesIO(made(found, digest=sha256_of(found))))


def test_the_same_document_gives_the_same_bytes() -> None:
    assert made(document()) == made(document())
    assert made(document()) != made(document(note="Explained!"))


def test_it_declares_pdf_a_3a_and_pdf_ua_1(approved: pikepdf.Pdf) -> None:
    meta = approved.open_metadata()
    assert (meta[f"{{{_PDFA}}}part"], meta[f"{{{_PDFA}}}conformance"]) == ("3", "A")
    assert meta[f"{{{_PDFUA}}}part"] == "1"


def test_it_is_tagged_titled_and_in_italian(approved: pikepdf.Pdf) -> None:
    root = approved.Root
    assert bool(root.MarkInfo.Marked)
    assert str(root.Lang).startswith("it")
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert str(approved.docinfo["/Title"]).startswith("Verbale della seduta del tavolo")


def test_it_is_dated_with_the_approval_not_with_today(approved: pikepdf.Pdf) -> None:
    assert str(approved.docinfo["/CreationDate"]).startswith("D:20180312090000")


def test_every_font_is_embedded(approved: pikepdf.Pdf) -> None:
    fonts = {str(o.get("/FontName")): o for o in approved.objects if _is(o, "/FontDescriptor")}
    assert any("Titillium" in name for name in fonts)
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(o.keys()) for o in fonts.values())


def test_the_strokes_of_an_address_stand_apart(approved: pikepdf.Pdf) -> None:
    """The font would draw them together, as it does other pairs of letters."""
    letters = next(o for o in approved.objects if _is(o, "/Font") and "Regular" in str(o.BaseFont))
    found = re.search(rb"<(\w{4})> <002F>", letters.ToUnicode.read_bytes(), re.IGNORECASE)
    assert found
    stroke = bytes.fromhex(found[1].decode())
    texts = [
        b"".join(bytes(part) if isinstance(part, pikepdf.String) else b"|" for part in operands[0])
        for page in approved.pages
        for operands, operator in pikepdf.parse_content_stream(page)
        if str(operator) == "TJ"
    ]
    assert any(2 * stroke in text for text in texts)
    assert not any(stroke + b"|" + stroke in text for text in texts)


def test_the_qr_code_has_an_alternative_text(approved: pikepdf.Pdf) -> None:
    alternatives = {
        str(o["/Alt"]) for o in approved.objects if _is(o, "/StructElem") and "/Alt" in o
    }
    assert any(ADDRESS in words for words in alternatives)


def test_the_attached_document_is_what_the_digest_covers(approved: pikepdf.Pdf) -> None:
    (attached,) = approved.attachments.values()
    content = attached.get_file().read_bytes()
    assert content == canonical_json(document())
    assert hashlib.sha256(content).hexdigest() == sha256_of(document())
    assert str(approved.Root.AF[0].AFRelationship) == "/Source"


def test_what_people_write_is_never_run_as_markup() -> None:
    hostile = '#panic("x") $x^2$ #read("/etc/passwd") <b>x</b> `#sys` \\ // @nobody'
    found = document(note=hostile)
    found["facts"]["place"] = hostile
    found["conclusions"][0]["body"] = f"- {hostile}\n\n1. *{hostile}*\n\n> {hostile}\n\n# {hostile}"
    assert made(found).startswith(b"%PDF")


def test_a_draft_is_marked_on_every_page_and_has_no_digest() -> None:
    draft = pikepdf.open(io.BytesIO(made(document(approved=None), digest=None)))
    approved = pikepdf.open(io.BytesIO(made(document())))
    assert _artifacts(draft) > _artifacts(approved)


def _is(found: Any, kind: str) -> bool:
    return isinstance(found, pikepdf.Dictionary) and found.get("/Type") == kind


def _artifacts(found: pikepdf.Pdf) -> int:
    """The number of artifacts on the first page: header, footer, background."""
    return sum(
        str(instruction.operator) in ("BMC", "BDC")
        and "/Artifact" in map(str, instruction.operands)
        for instruction in pikepdf.parse_content_stream(found.pages[0])
    )


@pytest.mark.parametrize(
    "character", ["\U0001f600", "\u4f1a", "\ue000", "\uffff", "\x9b", "\u0e2a"]
)
def test_a_character_without_a_shape_stops_no_minutes(character: str) -> None:
    found = document(note=f"Well done {character}, `{character}`, è")
    found["facts"]["title"] = f"{character} caffè"
    pdf = pikepdf.open(io.BytesIO(made(found)))
    (attached,) = (spec.get_file().read_bytes() for spec in pdf.attachments.values())
    assert attached == canonical_json(found)
