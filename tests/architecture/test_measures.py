"""What the floors leave open, measured: pages that read ahead in the story, and crowded rooms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.support.source import (
    FEATURES,
    PLAN_PARTS,
    SITTING_PARTS,
    Module,
    floor,
    imported_modules,
    modules,
)

MOST_FILES = 25
LARGEST_SHARE = 0.1
# Arrows that run back up: a page shows, beside its own, something of a later feature. Each
# further one is a decision, and is written down here.
READ_AHEAD = {
    ("zones", "tables"),  # the names of tables in the public log
    ("zones", "home"),  # which streams of the log are those of a cycle
    ("zones", "transparency"),  # which entries are signed, and by which key
    ("zones", "sittings"),  # the days of sittings in the calendar
    ("people", "tables"),  # at which table a role is given
    ("tables", "proposals"),  # a table shows its proposals
    ("tables", "sittings"),  # and its sittings
    ("proposals", "comments"),  # a proposal shows its comments
    ("proposals", "plan"),  # and where it went in the plan
    ("tables", "plan"),  # which the list of a table says too
    ("people", "proposals"),  # a profile lists what its person has proposed
    ("people", "plan"),  # and where that went
    ("people", "exchange"),  # a list of people is read as a list of interventions is
    ("people", "sittings"),  # how they voted in open votes, and what they have undertaken
    ("moderation", "plan"),  # a receipt of a text on paper says where the proposal went
    ("sittings", "sharing"),  # a point shows the what-ifs that are voted on, and so do its votes
    ("minutes", "sharing"),  # and the minutes of the sitting
    ("sittings", "surveys"),  # a sitting shows the surveys before it
    ("sittings", "minutes"),  # a sitting shows its minutes
    ("minutes", "outcomes"),  # minutes show their outcome
    ("programme", "sharing"),  # an intervention shows the vote or the budget that it comes from
    ("programme", "provincial"),  # and the project of the province
}


def test_only_pages_read_ahead_and_only_where_it_was_decided() -> None:
    arrows = list(_arrows_up())
    told = [f"{floor(module)} {module.name} -> {other.name}" for module, other in arrows]
    print(f"{len(told)} imports run back up:", *sorted(told), sep="\n  ")
    assert {floor(module) for module, _ in arrows} == {"page"}
    assert {(module.package, other.package) for module, other in arrows} == READ_AHEAD


def test_no_folder_is_crowded() -> None:
    files = Counter(str(Path(m.where).parent) for m in modules().values() if not m.is_package)
    counted = [f"{count:4} {name}" for name, count in files.most_common()]
    print("modules a folder:", *counted, sep="\n")
    assert [name for name, count in files.items() if count > MOST_FILES] == []


def test_no_room_is_a_tenth_of_the_house() -> None:
    """A room is a feature with all that is in it; of sittings and the plan, each part is one."""
    lines: Counter[str] = Counter()
    for module in modules().values():
        lines[_room(module)] += len(module.path.read_text().splitlines())
    whole = lines.total()
    shares = {room: count / whole for room, count in lines.most_common()}
    print(f"{whole} lines:", *(f"{share:6.1%} {room}" for room, share in shares.items()), sep="\n")
    assert [room for room, share in shares.items() if share > LARGEST_SHARE] == []


def _arrows_up() -> Iterator[tuple[Module, Module]]:
    """Each import of a feature by a feature that comes before it in the story."""
    for module in modules().values():
        for other in imported_modules(module):
            if {module.package, other.package} <= set(FEATURES) and (
                FEATURES.index(module.package) < FEATURES.index(other.package)
            ):
                yield module, other


def _room(module: Module) -> str:
    if module.is_worker:
        return "workers"
    return f"{module.package}/{part}" if (part := _part(module)) else module.package


def _part(module: Module) -> str:
    """The part of sittings, or of the plan, that a module stands in; empty elsewhere."""
    inside = module.parts[1:2] if module.package == "plan" else [module.sitting_part]
    return inside[0] if inside and inside[0] in (*SITTING_PARTS, *PLAN_PARTS) else ""
