"""What the lists of an archive hold, before anything is made of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from marshmallow import INCLUDE, Schema, ValidationError, fields, validate

from consultazione.archive.reading import FORMAT
from consultazione.archive.restoring.bad import BadArchive, inside

_COUNT = validate.Range(min=0)
_DIGEST = validate.Regexp(r"[0-9a-f]{64}\Z")


class _Open(Schema):
    """Names that are not declared here stay: archives of later versions may have more."""

    class Meta:
        unknown = INCLUDE


class _Zone(_Open):
    slug = fields.String(required=True)


class _Entries(_Open):
    pubblicate = fields.Integer(required=True, strict=True, validate=_COUNT)
    trattenute = fields.Integer(required=True, strict=True, validate=_COUNT)


class AboutShape(_Open):
    """`data/archivio.json`. streams: number and digest of each one's last entry."""

    formato = fields.String(
        required=True,
        validate=validate.Equal(FORMAT, error="is {input!r}, and {other!r} is known here"),
    )
    zona = fields.Nested(_Zone, required=True)
    ciclo = fields.String(required=True)
    voci = fields.Nested(_Entries, required=True)
    streams = fields.Dict(
        required=True,
        keys=fields.String(validate=validate.Regexp(r"[a-z_]+:[0-9]{1,19}\Z")),
        values=fields.Tuple(
            (fields.Integer(strict=True, validate=_COUNT), fields.String(validate=_DIGEST))
        ),
    )


class _Rows(_Open):
    righe = fields.Integer(required=True, strict=True, validate=_COUNT)
    ultimo = fields.Integer(required=True, strict=True, validate=_COUNT)


class StateShape(_Open):
    """`data/stato.json`. tabelle: of each table how many rows there are, and the last number."""

    schema = fields.String(required=True)
    tabelle = fields.Dict(required=True, keys=fields.String(), values=fields.Nested(_Rows))


class PaperShape(_Open):
    """One document of `data/documenti.json`."""

    file = fields.String(required=True)
    sha256 = fields.String(required=True, validate=_DIGEST)


def listed(shape: Schema, folder: Path, name: str) -> Any:
    """What a list of an unpacked archive holds; BadArchive that names the field that is wrong."""
    try:
        return shape.load(json.loads(inside(folder, name).read_bytes()))
    except ValidationError as error:
        raise BadArchive(f"{name}: {_first(error.messages)}") from error
    except (ValueError, RecursionError) as error:
        raise BadArchive(f"{name}: cannot be read as JSON") from error


def _first(messages: Any) -> str:
    """The first of marshmallow's messages, with the path of its field before it."""
    path = []
    while isinstance(messages, dict):
        name, messages = next(iter(messages.items()))
        path.append(str(name))
    return f"{'.'.join(path)}: {messages[0]}"
