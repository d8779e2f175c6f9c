"""A paper as Akoma Ntoso (OASIS LegalDocML 1.0): the XML that archives and portals of acts read.

A `doc` whose parts are sections, with the identification by FRBR: the work is the act by its kind,
body, year and number; its expression the Italian text of a day; its manifestation this file.
Addresses follow the naming convention of the same standard.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from consultazione.documents.paper import model
from consultazione.documents.paper.akn_body import append_blocks, line
from consultazione.documents.paper.wording import WORDS

MEDIA_TYPE = "application/akn+xml"
NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
# XML 1.0 has no way to hold these.
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ZONE, _AUTHOR = "zona", "autore"


@dataclass(frozen=True)
class Named:
    """Which act it is. zone: its slug; word: its kind, Italian; day: on which it was numbered.

    version: which of its documents, if there is more than one.
    """

    zone: str
    word: str
    number: int
    year: int
    day: date
    version: int = 1

    @property
    def name(self) -> str:
        """The kind as a word of an address."""
        return self.word.lower().replace(" ", "-")

    @property
    def work(self) -> str:
        """The address of the act, whatever its text and file."""
        return f"/akn/it/doc/{self.name}/{self.zone}/{self.year}/{self.number}"

    @property
    def expression(self) -> str:
        """The address of its Italian text."""
        return f"{self.work}/ita@{self.day.isoformat()}"


def akn_of(paper: model.Paper, seal: model.Seal, named: Named) -> bytes:
    """The XML of a paper, in UTF-8; equal papers, seals and names give equal bytes."""
    root = ET.Element("akomaNtoso", {"xmlns": NAMESPACE})
    document = ET.SubElement(root, "doc", {"name": named.name})
    _meta(ET.SubElement(document, "meta"), paper, named)
    _preface(ET.SubElement(document, "preface"), paper, seal)
    append_blocks(ET.SubElement(document, "mainBody"), paper.blocks)
    _conclusions(ET.SubElement(document, "conclusions"), seal)
    for element in root.iter():
        element.text = _NO_XML.sub("", element.text) if element.text else element.text
        element.tail = _NO_XML.sub("", element.tail) if element.tail else element.tail
    made: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return made + b"\n"


def _meta(meta: ET.Element, paper: model.Paper, named: Named) -> None:
    found = ET.SubElement(meta, "identification", {"source": f"#{_ZONE}"})
    work = _level(found, "FRBRWork", named.work, named)
    _values(work, FRBRcountry="it", FRBRsubtype=named.name, FRBRnumber=str(named.number))
    _values(work, FRBRname=paper.title, FRBRprescriptive="false", FRBRauthoritative="true")
    expression = _level(found, "FRBRExpression", named.expression, named)
    if named.version > 1:
        _values(expression, FRBRversionNumber=str(named.version))
    ET.SubElement(expression, "FRBRlanguage", {"language": "ita"})
    manifestation = _level(found, "FRBRManifestation", f"{named.expression}.xml", named)
    _values(manifestation, FRBRformat=MEDIA_TYPE)
    references = ET.SubElement(meta, "references", {"source": f"#{_ZONE}"})
    _reference(references, "TLCOrganization", _ZONE, named.zone, paper.zone)
    _reference(references, "TLCRole", _AUTHOR, _AUTHOR, "Autore")


def _level(found: ET.Element, name: str, address: str, named: Named) -> ET.Element:
    """One level of FRBR with what all of them have."""
    level = ET.SubElement(found, name)
    this, dot, ending = address.partition(".xml")
    _values(level, FRBRthis=f"{this}/!main{dot}{ending}", FRBRuri=address)
    day = {"date": named.day.isoformat(), "name": "registrazione"}
    ET.SubElement(level, "FRBRdate", day)
    ET.SubElement(level, "FRBRauthor", {"href": f"#{_ZONE}", "as": f"#{_AUTHOR}"})
    return level


def _values(level: ET.Element, **values: str) -> None:
    for name, value in values.items():
        ET.SubElement(level, name, {"value": _NO_XML.sub("", value)})


def _reference(references: ET.Element, kind: str, name: str, last: str, shown: str) -> None:
    family = kind.removeprefix("TLC").lower()
    given = {"eId": name, "href": f"/akn/ontology/{family}/it/{last}", "showAs": shown}
    ET.SubElement(references, kind, given)


def _preface(preface: ET.Element, paper: model.Paper, seal: model.Seal) -> None:
    line(preface, f"{paper.zone} · {paper.plan}")
    ET.SubElement(ET.SubElement(preface, "p"), "docTitle").text = paper.title
    if seal.number:
        ET.SubElement(ET.SubElement(preface, "p"), "docNumber").text = seal.number
    demo = WORDS["demo"] if paper.demo else ""
    for words in filter(None, (paper.subject, demo, paper.notice)):
        line(preface, words)


def _conclusions(conclusions: ET.Element, seal: model.Seal) -> None:
    said: Iterable[str] = (f"{label} {digest}" for label, digest in seal.digests)
    for words in (f"{WORDS['verify']} {seal.address}", *said):
        line(conclusions, words)
