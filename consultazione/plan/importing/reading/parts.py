"""The parts of an office document's archive, as trees of XML without entities."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from consultazione.plan.importing.reading.found import Fault, FaultKind, UnreadableDocument


def part_of(archive: zipfile.ZipFile, name: str) -> Element | None:
    """The root of a part; None if there is no such part. DTDForbidden if it declares entities."""
    try:
        content = archive.read(name)
    except KeyError:
        return None
    root: Element = fromstring(content, forbid_dtd=True)
    return root


def main_part(archive: zipfile.ZipFile, name: str) -> Element:
    """The same for a part that no document is without."""
    found = part_of(archive, name)
    if found is None:
        raise UnreadableDocument(Fault(kind=FaultKind.BROKEN))
    return found


def words_in(element: Element, *tags: str) -> str:
    """All words of the elements with these tags, wherever they stand in another."""
    found: Iterator[Element] = (one for tag in tags for one in element.iter(tag))
    return " ".join("".join(one.itertext()) for one in found)
