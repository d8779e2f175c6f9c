"""Writes the chronicle of a room as sentences, for browsers without scripts.

`static/sittings/chronicle.js` does the same with the same words; `tests/parity/chronicle.json`
holds cases that are tested on both sides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import format_decimal

from consultazione.core.incoming.web_address import host_of
from consultazione.people.labels import CATEGORY_NAMES
from consultazione.people.models import Category
from consultazione.sittings.polls.models import AnnulReason
from consultazione.sittings.polls.open_votes.by_name import in_words
from consultazione.sittings.polls.rules import Effect
from consultazione.sittings.polls.sentences import choice_of, counts_of, grounds_of, verdict_word
from consultazione.sittings.polls.types import NamedVoice, VotesByName
from consultazione.sittings.quorums.base import quorum_terms
from consultazione.sittings.quorums.sentences import standing_sentence, terms_sentence
from consultazione.sittings.room.sentences import CHRONICLE
from consultazione.sittings.room.types import (
    ChronicleLine,
    EntrySnapshot,
    PointSnapshot,
    ToldRoom,
)

# An entry's data by field, and the values of a sentence's placeholders by name.
_Data = Mapping[str, Any]
_Filling = Mapping[str, Any]


@dataclass(frozen=True)
class _Room:
    """What the sentences are made of, with its raised hands indexed by id."""

    shown: ToldRoom
    raised: Mapping[int, _Data]


def chronicle_lines(room: ToldRoom, after: int = 0) -> list[ChronicleLine]:
    """Return the lines of the chronicle with numbers above `after`, newest first.

    Entries without a sentence are left out.
    """
    raised = {data["hand_id"]: data for data in map(_data, _of_kind(room, "hand.raised"))}
    context = _Room(room, raised)
    entries = (
        entry
        for entry in reversed(room["chronicle"])
        if entry["number"] > after and entry["kind"] in _LINES and not _is_drafting(room, entry)
    )
    return [line for entry in entries if (line := _line(context, entry))["sentence"]]


def _of_kind(room: ToldRoom, kind: str) -> Iterator[EntrySnapshot]:
    return (entry for entry in room["chronicle"] if entry["kind"] == kind)


def _is_drafting(room: ToldRoom, entry: EntrySnapshot) -> bool:
    """Whether an entry reorders an agenda before the opening: the agenda itself shows that."""
    return entry["kind"] == "agenda.reordered" and not _was_open(room, entry)


def _was_open(room: ToldRoom, entry: EntrySnapshot) -> bool:
    """Whether the sitting had been opened; its moment tells, where that entry is not shown."""
    for opened in _of_kind(room, "sitting.opened"):
        return opened["number"] < entry["number"]
    opened_at = room["sitting"]["opened_at"]
    return opened_at is not None and opened_at <= entry["at"]


def _data(entry: EntrySnapshot) -> _Data:
    return entry["data"]


def _line(room: _Room, entry: EntrySnapshot) -> ChronicleLine:
    return {
        "number": entry["number"],
        "kind": entry["kind"],
        "at": datetime.fromisoformat(entry["at"]),
        "sentence": _sentence(room, entry),
    }


def _sentence(room: _Room, entry: EntrySnapshot) -> str:
    word, read_values = _LINES[entry["kind"]]
    values = read_values(room, _whole(entry))
    if "said" in values:
        return str(values["said"])
    word = values.get("word", word)
    return str(CHRONICLE[word]).format(**values)


def _whole(entry: EntrySnapshot) -> _Data:
    """An entry's data, with whose hand it is about, or who voted what, where that was told."""
    told: dict[str, Any] = {n: entry[n] for n in ("person_id", "votes") if n in entry}
    return {**entry["data"], **told}


def _as_recorded(_room: _Room, data: _Data) -> _Filling:
    return data


def _point(room: _Room, data: _Data) -> PointSnapshot:
    return next(p for p in room.shown["agenda"] if p["id"] == data["point_id"])


def _material(room: _Room, data: _Data) -> _Filling:
    return {"document": data["title"], "rank": _point(room, data)["rank"]}


def _person(room: _Room, person_id: int) -> _Filling:
    person = room.shown["people"].get(str(person_id))
    if person is None:
        return {"name": CHRONICLE["somebody"]}
    organisation = person["organisation"]
    return {"name": f"{person['name']}, {organisation}" if organisation else person["name"]}


def _opened(room: _Room, data: _Data) -> _Filling:
    opened = str(CHRONICLE["opened"]).format(**_person(room, data["presided_by"]))
    standing = standing_sentence(data["attendance_needed"], data["attendance_there"])
    return {"said": " ".join(filter(None, [opened, standing, _early(data)]))}


def _roll_called(room: _Room, data: _Data) -> _Filling:
    called = str(CHRONICLE["roll_called"]).format(**_person(room, data["presided_by"]))
    return {"said": f"{called} {_early(data)}".strip()}


def _early(data: _Data) -> str:
    """That it begins before its day, and why; entries of before do not say so."""
    reason = data.get("early_reason")
    return str(CHRONICLE["early"]).format(reason=reason) if reason else ""


def _point_told(room: _Room, data: _Data) -> _Filling:
    return {**data, "title": data.get("title", _point(room, data)["title"])}


def _quorum_set(_room: _Room, data: _Data) -> _Filling:
    numbers = {name: data[name] for name in ("least", "percent", "by_category")}
    return {"said": terms_sentence(quorum_terms({"kind": data["quorum_kind"], **numbers}))}


def _verified(_room: _Room, data: _Data) -> _Filling:
    return {"said": standing_sentence(data["needed"], data["there"], "quorum_verified")}


def _asker(room: _Room, data: _Data) -> _Filling:
    return _person(room, data["person_id"])


def _raised(room: _Room, data: _Data) -> _Filling:
    return {**_asker(room, data), "word": f"hand_raised_{data['hand_kind']}"}


def _answered(room: _Room, data: _Data) -> _Filling:
    word = "question_answered" if data["answer"] is None else "question_answered_in_writing"
    return {**data, **_asker(room, data), "word": word}


def _secretary(room: _Room, data: _Data) -> _Filling:
    return _asker(room, data) if data["person_id"] else {"word": "no_secretary"}


def _video(_room: _Room, data: _Data) -> _Filling:
    address = data["video_url"]
    return {"host": host_of(address)} if address else {"word": "video_removed"}


def _order(_room: _Room, data: _Data) -> _Filling:
    return {"word": f"order_is_{data['ordering']}"}


def _limit(_room: _Room, data: _Data) -> _Filling:
    if data["seconds"] is None:
        return {"word": "time_unlimited"}
    return {"minutes": format_decimal(data["seconds"] / 60, "#,##0.##")}


def _quotas(_room: _Room, data: _Data) -> _Filling:
    if not data["quotas"]:
        return {}
    groups = ", ".join(
        str(CHRONICLE["quota_part"]).format(
            category=CATEGORY_NAMES[Category(code)],
            minutes=format_decimal(seconds / 60, "#,##0.##"),
        )
        for code, seconds in data["quotas"].items()
    )
    return {"word": f"quotas_{data['quota_scope']}", "groups": groups}


def _speaker(room: _Room, data: _Data) -> _Filling:
    raised = data if "person_id" in data else room.raised.get(data["hand_id"])
    return {"name": CHRONICLE["somebody"]} if raised is None else _asker(room, raised)


def _asked(_room: _Room, data: _Data) -> _Filling:
    is_opinion = data["effect"] == Effect.CONSULTATIVE
    return {**data, "word": "opinion_asked"} if is_opinion else data


def _result(room: _Room, data: _Data) -> _Filling:
    poll = next(poll for poll in room.shown["polls"] if poll["id"] == data["poll_id"])
    options = poll["options"]
    counts = ", ".join(f"{name}: {n}" for name, n in counts_of(data["tally"], options))
    word = verdict_word({**data, "options": options, "effect": poll["effect"]})
    ended = str(CHRONICLE[word]).format(
        **{**data, "grounds": grounds_of(data, options), "counts": counts}
    )
    names = _by_name(data["votes"], options) if "votes" in data else ""
    return {"said": f"{ended} {names}".strip()}


def _by_name(votes: VotesByName | None, options: Sequence[str]) -> str:
    """Who voted what; that they are too many to be named here, for None."""
    if votes is None:
        return str(CHRONICLE["voted_elsewhere"])
    parts = [
        str(CHRONICLE["voted_so"]).format(
            choice=choice_of(one["choice"], options), names=_names(one["voices"])
        )
        for one in votes["choices"]
    ]
    if votes["silent"]:
        parts.append(str(CHRONICLE["silent"]).format(names=_names(votes["silent"])))
    if votes["others"]:
        parts.append(str(CHRONICLE["silent_others"]).format(count=votes["others"]))
    return " ".join(parts)


def _names(voices: Iterable[NamedVoice]) -> str:
    return "; ".join(in_words(voice) for voice in voices)


def _annulled(room: _Room, data: _Data) -> _Filling:
    if data["reason"] != AnnulReason.BY_CHAIR:
        return {"word": f"annulled_{data['reason']}"}
    asked = (poll["question"] for poll in room.shown["polls"] if poll["id"] == data["poll_id"])
    return {**data, "word": "chair_annulled", "question": next(asked, "")}


_LINES: dict[str, tuple[str, Callable[[_Room, _Data], _Filling]]] = {
    "sitting.convened": ("convened", _as_recorded),
    "agenda.point_added": ("point_added", _as_recorded),
    "sitting.corrected": ("corrected", _as_recorded),
    "sitting.postponed": ("sitting_postponed", _as_recorded),
    "sitting.cancelled": ("cancelled", _as_recorded),
    "sitting.roll_called": ("said", _roll_called),
    "sitting.opened": ("said", _opened),
    "sitting.reopened": ("reopened", _as_recorded),
    "agenda.point_corrected": ("point_corrected", _as_recorded),
    "agenda.point_removed": ("point_removed", _point_told),
    "agenda.point_postponed": ("point_postponed", _point_told),
    "quorum.set": ("said", _quorum_set),
    "quorum.verified": ("said", _verified),
    "sitting.closed": ("closed", _as_recorded),
    "agenda.point_started": ("point_started", _point),
    "sitting.suspended": ("suspended", _as_recorded),
    "sitting.resumed": ("resumed", _as_recorded),
    "sitting.secretary_named": ("secretary_named", _secretary),
    "sitting.video_set": ("video_set", _video),
    "agenda.point_suspended": ("point_suspended", _point),
    "agenda.reordered": ("reordered", _as_recorded),
    "agenda.material_attached": ("material_attached", _material),
    "agenda.point_closed": ("point_closed", _point),
    "hand.raised": ("hand_raised_floor", _raised),
    "hand.withdrawn": ("hand_withdrawn", _speaker),
    "hand.lapsed": ("hand_lapsed", _speaker),
    "floor.given": ("floor_given", _speaker),
    "floor.extended": ("floor_extended", _speaker),
    "floor.ended": ("floor_ended", _speaker),
    "question.answered": ("question_answered", _answered),
    "speakers.order_chosen": ("order_is", _order),
    "speakers.time_limited": ("time_limited", _limit),
    "speakers.quotas_set": ("quotas_none", _quotas),
    "poll.opened": ("poll_opened", _asked),
    "poll.option_offered": ("option_offered", _as_recorded),
    "poll.closed": ("said", _result),
    "poll.annulled": ("annulled", _annulled),
    "chat.opened": ("chat_opened", _as_recorded),
    "chat.closed": ("chat_closed", _as_recorded),
    "applause.counted": ("applause", _as_recorded),
}
