"""The words of a document as its page, its PDF and its ODT say them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

import lxml.html
import outloud
from lxml import etree
from pikepdf import Pdf
from pypdf import PdfReader

from consultazione.documents.paper.model import Paper, Seal
from consultazione.documents.paper.wording import WORDS

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
# At the head and the foot of every sheet of a PDF, and around its QR code.
_OF_SHEETS = re.compile(r"^.*Pagina \d+ / \d+$", re.MULTILINE)
VERIFY = re.compile(r"Si legge e si verifica qui:\s*\S+")


def words(text: str) -> str:
    """The letters and digits of a text, without the rest and without blanks."""
    return "".join(re.findall(r"[^\W_]+", text))


def words_of_page(page: str) -> str:
    """The words of the document on its page, from its number on."""
    (shown,) = lxml.html.fromstring(page).find_class("paper")
    for items in shown.iter("ol"):
        _number(items.iterchildren("li"))
    return words(VERIFY.sub("", " ".join(shown.itertext())))


def _number(items: Iterable[Any]) -> None:
    """Let the items of a list say their numbers, which are drawn and not written."""
    for number, item in enumerate(items, 1):
        item[0].text = f"{number}. {item[0].text or ''}"


def front(paper: Paper, seal: Seal) -> str:
    """The words before the document's own, which stand elsewhere on its page."""
    demo = WORDS["demo"] if paper.demo else ""
    return words(f"{paper.zone} {paper.plan} {paper.title} {seal.number} {paper.subject} {demo}")


def text_of_pdf(content: bytes) -> str:
    """What the sheets of a PDF say, in reading order, without their heads and feet."""
    sheets = [page.extract_text() for page in PdfReader(BytesIO(content)).pages]
    first, *others = (_OF_SHEETS.sub("", sheet) for sheet in sheets)
    rest = (sheet.split("\n", 1)[1] if "\n" in sheet else sheet for sheet in others)
    return VERIFY.sub("", "\n".join([first, *rest]))


def text_of_odt(content: bytes) -> str:
    """What an ODT says."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        body = etree.fromstring(archive.read("content.xml"))
    for items in body.iter(f"{_TEXT}list"):
        if "Numbering" in items.get(f"{_TEXT}style-name", ""):
            _number(items)
    return VERIFY.sub("", " ".join(body.itertext()))


def claims(content: bytes) -> tuple[str, str, str]:
    """What a PDF says of itself: part and level of PDF/A, part of PDF/UA."""
    with Pdf.open(BytesIO(content)) as pdf:
        meta = pdf.open_metadata()
        found = (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"])
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "it-IT"
    return found


def faults(content: bytes, folder: Path) -> list[str]:
    """What a checker of PDF/UA and of what a screen reader needs finds wrong."""
    path = folder / "checked.pdf"
    path.write_bytes(content)
    result = outloud.check(str(path))
    return [f"{one.rule}: {one.message}" for one in result.findings if one.severity != "info"]
