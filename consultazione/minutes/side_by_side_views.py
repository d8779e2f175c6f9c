"""The texts of a draft that are edited side by side: each note, gist and conclusion is a
piece.

One form holds all pieces, under names such as `nota-12-body` and `conclusione-3-body`. Each piece
that somebody has changed is saved by itself, so that one that is refused loses none of the others.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError

from consultazione.core.errors import Refusal
from consultazione.core.revisions import versions
from consultazione.core.text import tidy
from consultazione.minutes.commands.editing import edit_conclusion, write_note
from consultazione.minutes.commands.gists import write_gist
from consultazione.minutes.document import hands_of
from consultazione.minutes.models import Conclusion, Minutes, SpeechGist
from consultazione.minutes.schemas import EditConclusionSchema, NoteSchema
from consultazione.web.request_db import snapshot, transaction
from consultazione.web.validation_messages import flatten

_KEY = re.compile(r"((nota|conclusione|intervento)-([0-9]{1,18}))-version")


@dataclass(frozen=True)
class _Kind:
    """What saves a piece: the schema of its fields, the command, and the names of its ids.

    at: the id of what it belongs to, minutes or a sitting; of: its own id there.
    """

    schema: type[Schema]
    command: Callable[..., object]
    at: str
    of: str
    marked: tuple[str, ...]


_KINDS = {
    "nota": _Kind(NoteSchema, write_note, "minutes_id", "point_id", ("body",)),
    "intervento": _Kind(NoteSchema, write_gist, "sitting_id", "hand_id", ("body",)),
    "conclusione": _Kind(
        EditConclusionSchema,
        edit_conclusion,
        "minutes_id",
        "conclusion_id",
        ("body", "chapter_id"),
    ),
}


@dataclass
class Texts:
    """All pieces of a draft, as templates read a form.

    values: the fields of all pieces. errors: sentences by field. theirs: by key, the text that
    somebody else has saved, of pieces that were refused for it.
    """

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    theirs: dict[str, str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """200, or 422 if a piece was refused."""
        return 422 if self.errors else 200


def texts_of(minutes: Minutes) -> Texts:
    """The notes and conclusions of a draft as they stand."""
    return Texts(dict(_stored(minutes)))


def gist_texts(hand_ids: Collection[int], stored: Mapping[int, SpeechGist]) -> Texts:
    """The gists of these speeches as they stand."""
    return Texts(dict(_gists(hand_ids, stored)))


def save_texts(at: Mapping[str, int], sent: Mapping[str, str]) -> dict[str, list[str]]:
    """Save the pieces that were sent and changed, each in a transaction of its own.

    at: the ids of the minutes and of the sitting, as far as there are some. Returns what is
    wrong with those that were refused, by field.
    """
    errors: dict[str, list[str]] = {}
    for found in filter(None, map(_KEY.fullmatch, sent)):
        key, kind, number = found.groups()
        typed = _fields_of(key, sent)
        if _KINDS[kind].at in at and _mark(_KINDS[kind], typed) != typed.get("mark"):
            refused = _save(_KINDS[kind], at, int(number), typed)
            errors |= {f"{key}-{name or 'body'}": said for name, said in refused.items()}
    return errors


def refused_texts(
    minutes: Minutes, sent: Mapping[str, str], errors: Mapping[str, list[str]]
) -> Texts:
    """The pieces of a draft as `refused_pieces` gives them."""
    return refused_pieces(texts_of(minutes), sent, errors)


def refused_pieces(texts: Texts, sent: Mapping[str, str], errors: Mapping[str, list[str]]) -> Texts:
    """The pieces as they stand, and of those that were refused what was typed and what stands."""
    refused = {found[1] for name in errors if (found := re.match(r"(\w+-\d+)-", name))}
    for key in refused:
        texts.theirs[key] = str(texts.values.get(f"{key}-body", ""))
        texts.values |= {
            f"{key}-{name}": value
            for name, value in _fields_of(key, sent).items()
            if name not in ("version", "mark")
        }
    texts.errors = dict(errors)
    return texts


def answer_fields(texts: Texts, sent: Mapping[str, str]) -> dict[str, object]:
    """What a program that saved some pieces is told of them: their version and mark, and errors."""
    fields = {
        name: value
        for name, value in texts.values.items()
        if name in sent and name.endswith(("-version", "-mark"))
    }
    return {"fields": fields, "errors": texts.errors, "theirs": texts.theirs}


def _save(
    kind: _Kind, at: Mapping[str, int], number: int, typed: Mapping[str, str]
) -> dict[str, list[str]]:
    try:
        fields = kind.schema().load(typed, unknown=EXCLUDE)
        with transaction() as tx:
            kind.command(tx, **{kind.at: at[kind.at], kind.of: number}, **fields)
    except ValidationError as error:
        return flatten(error.messages)
    except Refusal as refusal:
        if not refusal.fields:
            return {"": [str(refusal.detail)]}
        return {name: [str(one) for one in said] for name, said in refusal.fields.items()}
    return {}


def _stored(minutes: Minutes) -> Iterator[tuple[str, object]]:
    """Every field of every piece."""
    notes = {note.point_id: note for note in minutes.notes}
    for point in minutes.facts["agenda"]:
        note = notes.get(point["id"])
        fields = {"body": note.body if note else "", "version": note.version if note else 0}
        yield from _named("nota", point["id"], fields)
    yield from _gists(hands_of(minutes.facts), {gist.hand_id: gist for gist in minutes.gists})
    ids = [conclusion.id for conclusion in minutes.conclusions]
    read = versions(snapshot(), Conclusion, ids)
    for one in minutes.conclusions:
        fields = {"body": one.body, "version": read.get(one.id, 1), "chapter_id": one.chapter_id}
        yield from _named("conclusione", one.id, fields)


def _gists(
    hand_ids: Collection[int], stored: Mapping[int, SpeechGist]
) -> Iterator[tuple[str, object]]:
    for hand_id in hand_ids:
        gist = stored.get(hand_id)
        fields = {"body": gist.body if gist else "", "version": gist.version if gist else 0}
        yield from _named("intervento", hand_id, fields)


def _named(kind: str, number: int, fields: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    yield from ((f"{kind}-{number}-{name}", value) for name, value in fields.items())
    yield f"{kind}-{number}-mark", _mark(_KINDS[kind], fields)


def _fields_of(key: str, sent: Mapping[str, str]) -> dict[str, str]:
    start = f"{key}-"
    return {name.removeprefix(start): sent[name] for name in sent if name.startswith(start)}


def _mark(kind: _Kind, fields: Mapping[str, object]) -> str:
    """A digest of a text, by which one that nobody has touched is known again."""
    words = "\n".join(tidy(str(fields.get(name, ""))) for name in kind.marked)
    return hashlib.sha256(words.encode()).hexdigest()[:16]
