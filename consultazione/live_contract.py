"""The contract of the room: `docs/live-contract.json`, written from the types of what travels.

A JSON Schema whose `snapshot`, `mine`, `frames` and `messages` say what each of them looks
like. Run as `python -m consultazione.live_contract` (`make docs`); it needs msgspec, which
only development installs. A test keeps the file true.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from inspect import cleandoc
from typing import Any

import msgspec
from apispec import APISpec
from apispec.ext.marshmallow import resolver
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from marshmallow import Schema

from consultazione.config import ROOT
from consultazione.live.contract import ANSWERS, FRAMES, Done, Refused
from consultazione.live.messages import MESSAGES
from consultazione.sittings.room.types import RoomMine, RoomSnapshot
from consultazione.web.fields import Day, Whole

FILE = ROOT / "docs" / "live-contract.json"
_REF = "#/$defs/{name}"
# A JSON Schema, or a part of one.
_Part = Mapping[str, object]


def main() -> None:
    """Write the file."""
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(text())


def text() -> str:
    """The whole contract, as JSON."""
    return json.dumps(contract(), indent=2, ensure_ascii=False) + "\n"


def contract() -> _Part:
    """The whole contract. Every object in it is closed: a field that is not named is wrong."""
    frames = {name: _one_of(kinds) for name, kinds in FRAMES.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The room of a sitting, over Socket.IO",
        "description": "Written by `make docs` from consultazione/live/contract.py and the "
        "schemas of the messages; do not edit it. Moments are ISO 8601 in UTC.",
        **_object(
            {
                "snapshot": _ref(RoomSnapshot),
                "mine": _ref(RoomMine),
                "frames": _object(frames),
                "messages": _object({name: _message(name) for name in MESSAGES}),
            }
        ),
        "$defs": dict(sorted({**_types(), **_messages()}.items())),
    }


def _message(name: str) -> _Part:
    """The fields of a message, and what it is answered."""
    fields = {"$ref": _REF.format(name=_name_of(MESSAGES[name].schema))}
    return _object({"fields": fields, "answer": _one_of([*_answers(name), Refused])})


def _answers(name: str) -> tuple[type, ...]:
    return ANSWERS.get(name, (Done,))


def _types() -> dict[str, _Part]:
    """Every type that travels, and those that it is made of."""
    answers = {kind for name in MESSAGES for kind in _answers(name)}
    frames = {kind for kinds in FRAMES.values() for kind in kinds}
    whole = sorted({RoomSnapshot, RoomMine, Refused, *answers, *frames}, key=_type_name)
    _, found = msgspec.json.schema_components(whole, schema_hook=_anything, ref_template=_REF)
    says_ok = {kind.__name__ for kind in answers}
    return {name: _closed(part, says_ok=name in says_ok) for name, part in found.items()}


def _closed(part: Mapping[str, Any], *, says_ok: bool) -> _Part:
    """A type with no room for other fields; an answer also says that it was done."""
    part = {**part, "description": cleandoc(part["description"])}
    if "properties" not in part:
        return part
    ok: dict[str, object] = {"ok": {"const": True}} if says_ok else {}
    return {
        **part,
        "properties": ok | part["properties"],
        "required": [*ok, *part["required"]],
        "additionalProperties": False,
    }


def _anything(kind: type) -> dict[str, str]:
    """The schema of what is not described: the data of an entry.

    NotImplementedError for any other type: so msgspec's hook says that it knows none.
    """
    if kind is object:
        return {"description": "Any JSON value."}
    raise NotImplementedError(kind)


def _messages() -> dict[str, _Part]:
    """The fields of every message, as marshmallow reads them."""
    converter = OpenAPIConverter("3.1.0", resolver, APISpec("messages", "1", "3.1.0"))
    schemas: dict[str, _Part] = {}
    for schema in {message.schema for message in MESSAGES.values()}:
        fields = converter.schema2jsonschema(schema())  # type: ignore[no-untyped-call]
        schemas[_name_of(schema)] = {
            "description": cleandoc(schema.__doc__ or ""),
            **_mended(fields, schema()),
        }
    return schemas


def _mended(part: Mapping[str, Any], schema: Schema) -> _Part:
    """What the converter does not know, or writes otherwise than JSON Schema has it, put right."""
    properties = part["properties"]
    for name, kind in schema.fields.items():
        if kind.allow_none and isinstance(kind, Whole | Day):  # an empty text counts as none
            key = kind.data_key or name
            properties[key] = {"anyOf": [properties[key], {"const": ""}]}
    for field in properties.values():
        if "pattern" in field:  # marshmallow begins at the beginning, JSON Schema anywhere
            field["pattern"] = "^" + field["pattern"].replace(r"\Z", "$")
        if field.get("type") == "object" and "maxLength" in field:
            field["maxProperties"] = field.pop("maxLength")
    return part


def _name_of(schema: type[Schema]) -> str:
    return schema.__name__.removesuffix("Schema") + "Message"


def _type_name(kind: type) -> str:
    return kind.__name__


def _ref(kind: type) -> _Part:
    return {"$ref": _REF.format(name=kind.__name__)}


def _one_of(kinds: Iterable[type]) -> _Part:
    """One of some types; only one type needs no choice."""
    references = [_ref(kind) for kind in kinds]
    return references[0] if len(references) == 1 else {"oneOf": references}


def _object(properties: Mapping[str, object]) -> _Part:
    return {"type": "object", "properties": properties, "additionalProperties": False}


if __name__ == "__main__":
    main()
