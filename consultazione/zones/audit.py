"""What zones, cycles, chapters, phases, acts and the rest of a path must say by the log."""

from __future__ import annotations

from typing import Any

from consultazione.core.audit import (
    AT,
    FORGET,
    ITEM,
    NTH,
    OF_STREAM,
    Audit,
    Folded,
    Is,
    Past,
    Rule,
    Said,
    Text,
    Worded,
    adds,
    adds_each,
    details,
    does,
    drops,
    each_detail,
    owners,
    register,
    sets,
    sets_each,
)
from consultazione.zones.events import (
    ADDED_CHAPTER_DETAILS,
    BODY_DETAILS,
    CHANGED_CHAPTER_DETAILS,
    CHAPTER_DETAILS,
    TERRITORY_DETAILS,
    ZONE_DETAILS,
    ZoneSetting,
)
from consultazione.zones.models import Body, Chapter, Cycle, Territory, Zone


def _value(entry: Past, _said: Said) -> object:
    """The value as the entry has it in words."""
    text = entry.data["now"]
    return Worded(text.position, text.field) if isinstance(text, Text) else FORGET


def _changed(setting: ZoneSetting) -> Rule:
    """The rule for one setting of a zone, whose value an entry has in words."""

    def is_about_it(entry: Past) -> bool:
        return bool(entry.data["setting"] == setting)

    columns: dict[str, Any] = {"id": OF_STREAM, setting.value: _value}
    return sets("zone.changed", when=is_about_it, **columns)


ZONE = Audit(
    Zone,
    adds(
        "zone.set_up",
        id="zone_id",
        created_at=AT,
        territory_id=Is(None),
        shares_drafts=Is(False),
        **details(ZONE_DETAILS),
    ),
    sets(
        "zone.joined_territory", id=OF_STREAM, territory_id="territory_id", shares_drafts=Is(False)
    ),
    sets("zone.drafts_shared", id=OF_STREAM, shares_drafts=Is(True)),
    sets("zone.drafts_reserved", id=OF_STREAM, shares_drafts=Is(False)),
    *(_changed(setting) for setting in ZoneSetting),
)
TERRITORY = Audit(
    Territory,
    adds("territory.set_up", id="territory_id", created_at=AT, **details(TERRITORY_DETAILS)),
)
CYCLE = Audit(
    Cycle,
    adds(
        "zone.set_up",
        zone_id="zone_id",
        first_year="cycle_start",
        last_year="cycle_end",
        opened_at=AT,
    ),
    adds(
        "cycle.opened",
        id="cycle_id",
        zone_id=OF_STREAM,
        first_year="first_year",
        last_year="last_year",
        opened_at=AT,
    ),
    key=("zone_id", "first_year", "last_year"),
    partly=True,
)
_BEGIN = ("zone.set_up", "cycle.opened")
BODY = Audit(
    Body,
    adds_each(
        "zone.set_up", "body_ids", id=ITEM, zone_id=OF_STREAM, **each_detail(BODY_DETAILS, "bodies")
    ),
    adds("body.added", id="body_id", zone_id=OF_STREAM, kind="body_kind", name="title"),
    drops("body.removed", id="body_id"),
    begun=False,  # Of those that a zone was set up with, entries of before say nothing.
    told=Body.zone_id.in_(owners("zone", "zone_id", "body_ids", "zone.set_up")),
)


def _moved_up(chapters: Folded, entry: Past) -> None:
    """Chapters behind one that was removed have moved up, which no entry says of each."""
    for key in chapters.named(cycle_id=entry.data["cycle_id"]):
        chapters.say(key, entry, number=FORGET)


CHAPTER = Audit(
    Chapter,
    adds_each(
        _BEGIN,
        "chapter_ids",
        id=ITEM,
        cycle_id="cycle_id",
        zone_id=OF_STREAM,
        **each_detail(CHAPTER_DETAILS, "chapters"),
    ),
    adds(
        "chapter.added",
        id="chapter_id",
        cycle_id="cycle_id",
        zone_id=OF_STREAM,
        title="title",
        **details(ADDED_CHAPTER_DETAILS),
    ),
    sets(
        "chapter.changed",
        id="chapter_id",
        title="now",
        mandatory="mandatory",
        **details(CHANGED_CHAPTER_DETAILS),
    ),
    sets_each("chapters.reordered", "chapter_ids", id=ITEM, cycle_id="cycle_id", number=NTH),
    drops("chapter.removed", id="chapter_id"),
    does("chapter.removed", _moved_up, number=Is(None)),
    begun=False,
    told=Chapter.cycle_id.in_(owners("zone", "cycle_id", "chapter_ids", _BEGIN)),
)


register("zone", "territory", audits=(ZONE, TERRITORY, CYCLE, BODY, CHAPTER))
