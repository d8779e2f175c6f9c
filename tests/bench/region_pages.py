"""The public pages of a zone, found in the routes themselves, and how long each takes."""

from __future__ import annotations

import gc
import re
import time
from collections.abc import Callable, Mapping, Sequence

from flask import Flask
from werkzeug.routing import Rule

from consultazione.web.current_zone import FINDERS, IN_CYCLE
from tests.bench.installation import Installation, Place

# A file of the whole plan, which is measured apart.
_LEFT_OUT = frozenset({"plan.plan_pdf", "plan.plan_as_odt"})
_YEARS, _PROGRAMME_YEAR, _CHAPTER = "2015-2017", 2018, 1
# Addresses of a page in each of some zones.
Addresses = Sequence[str]


def addresses(installed: Installation, places: Sequence[Place]) -> dict[str, Addresses]:
    """The pages of zones that a visitor may see, by route, each with its address in each zone."""
    found: dict[str, Addresses] = {}
    for rule in _rules(installed.app):
        paths = [path for place in places if (path := _address(rule, place)) is not None]
        if len(paths) == len(places) and all(_is_public(installed.app, path) for path in paths):
            found[_name(rule)] = paths
    return found


def in_turn(
    times: int, cases: Mapping[str, Sequence[tuple[Flask, Addresses]]]
) -> dict[str, list[list[float]]]:
    """The seconds of `times` visits in each case, to two or more sides one after the other.

    Sides that are compared are asked within the same second, and begin in turn, since a shared
    machine is not equally fast all the time.
    """
    seconds: dict[str, list[list[float]]] = {c: [[] for _ in sides] for c, sides in cases.items()}
    gc.collect()
    gc.freeze()
    for turn in range(times):
        for case, sides in cases.items():
            numbered = list(enumerate(sides))
            for number, (app, paths) in numbered if turn % 2 else reversed(numbered):
                visit = _visit(app, paths[turn % len(paths)])
                seconds[case][number].append(timed(visit))
    return seconds


def timed(act: Callable[[], object]) -> float:
    """The seconds that something takes."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _name(rule: Rule) -> str:
    """A route as a table has room for it."""
    return re.sub(r"<[^:>]*:", "<", rule.rule.removeprefix(IN_CYCLE)) or "/"


def _visit(app: Flask, path: str) -> Callable[[], object]:
    client = app.test_client()

    def visit() -> None:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status)
        answer.close()

    return visit


def _rules(app: Flask) -> list[Rule]:
    """What has its place in a zone: lists, forms and objects."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and rule.endpoint not in _LEFT_OUT
        and not rule.rule.startswith("/api/")
        and {"zone", *FINDERS} & rule.arguments
    ]


def _address(rule: Rule, place: Place) -> str | None:
    """The address of a page in a zone; None if it has something in it that the zone lacks."""
    given = {
        **place.things,
        "years": _YEARS,
        "year": _PROGRAMME_YEAR,
        "number": _CHAPTER,
        "kind": "csv",
        "paragraph_id": place.things["block_id"],
    }
    built = rule.build(given, append_unknown=False) if rule.arguments <= given.keys() else None
    return built[1] if built else None


def _is_public(app: Flask, path: str) -> bool:
    with app.test_client().get(path) as answer:
        assert answer.status_code < 500, path
        return answer.status_code == 200
