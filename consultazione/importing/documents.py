"""The documents of zones' files: read from YAML, checked, each value with its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError

from consultazione.importing.faults import Fault
from consultazione.importing.schema import ZoneDocument
from consultazione.importing.territory.schema import TerritoryDocument
from consultazione.importing.yaml_lines import Unreadable, line_of, read
from consultazione.web.validation_messages import flatten


class BadFile(ValueError):
    """The file cannot be loaded; each fault names line, field and reason."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Document:
    """One document of a file, checked. lines: where each of its values stands."""

    name: str
    data: dict[str, Any]
    lines: dict[Any, int]

    @property
    def is_territory(self) -> bool:
        """True for a territory's document, False for one of a zone."""
        return "territory" in self.data

    @property
    def is_demo(self) -> bool:
        """True if what it tells of is a demonstration."""
        return bool(self.data["territory" if self.is_territory else "zone"]["demo"])

    def told(self, fault: Fault) -> str:
        """A fault with its line and its place in the file."""
        where = ".".join(str(part) for part in fault.path)
        return _named(self.name, f"line {line_of(self.lines, fault.path)}: {where}: {fault.reason}")


def documents(name: str, text: str) -> Iterator[Document]:
    """The documents of a file, checked one by one; BadFile if the next is not sound.

    name: of the file, which stands before its faults; empty for none.
    """
    try:
        read_documents = read(text)
    except Unreadable as error:
        raise BadFile([_named(name, str(error))]) from error
    if not read_documents:
        raise BadFile([_named(name, "line 1: the file is empty")])
    for raw, lines in read_documents:
        data = raw if isinstance(raw, dict) else {}
        schema = TerritoryDocument() if "territory" in data else ZoneDocument()
        try:
            yield Document(name, schema.load(data), lines)
        except ValidationError as error:
            faults = [_named(name, fault) for fault in _shape_faults(error, lines)]
            raise BadFile(faults) from error


def _named(name: str, fault: str) -> str:
    return f"{name}: {fault}" if name else fault


def _shape_faults(error: ValidationError, lines: Any) -> list[str]:
    faults = []
    for field, messages in flatten(error.messages).items():
        path = tuple(int(part) if part.isdecimal() else part for part in field.split("."))
        faults.append((line_of(lines, path), f"{field}: {' '.join(messages)}"))
    return [f"line {line}: {what}" for line, what in sorted(faults)]
