"""The pages of a zone, found in the routes themselves, and how long each takes."""

from __future__ import annotations

import gc
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from werkzeug.routing import Rule

from consultazione.core.actor import SYSTEM, Role
from consultazione.people.commands.roles import give_role
from consultazione.web.current_zone import FINDERS, IN_CYCLE
from tests.bench.installation import Installation, Place

# A file of the whole plan, which is measured apart.
_LEFT_OUT = frozenset({"plan.plan_pdf", "plan.plan_as_odt"})
_YEARS, _PROGRAMME_YEAR, _CHAPTER = "2015-2017", 2018, 1


@dataclass(frozen=True)
class Visit:
    """A page as somebody sees it."""

    client: FlaskClient
    path: str

    def __call__(self) -> None:
        """Ask for it; AssertionError if it is not shown."""
        assert self.status() == 200, self.path

    def status(self) -> int:
        """What asking for it is answered with."""
        with self.client.get(self.path) as answer:
            assert answer.status_code < 500, self.path
            return answer.status_code

    def statements(self) -> int:
        """How many statements it takes."""
        sent = []

        def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            sent.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        try:
            self()
        finally:
            event.remove(Engine, "before_cursor_execute", note)
        return len(sent)


# A page in each of some zones.
Visits = Sequence[Visit]


def shown(
    installed: Installation, places: Sequence[Place], *, office: bool = False, under: str = "/"
) -> dict[str, Visits]:
    """The pages of zones that a visitor may see, or their plan office, by route.

    Each is asked for once in each of the places. under: how the routes begin.
    """
    every = pages(installed, places, office=office)
    return {
        route: visits
        for route, visits in every.items()
        if route.startswith(under) and all(visit.status() == 200 for visit in visits)
    }


def pages(
    installed: Installation, places: Sequence[Place], *, office: bool = False
) -> dict[str, Visits]:
    """The pages of zones with all that their addresses name, shown or not, by route.

    office: as the zone's plan office asks for them, otherwise as a visitor does.
    """
    clients = [_office(installed, p) if office else installed.app.test_client() for p in places]
    found: dict[str, Visits] = {}
    for rule in _rules(installed.app):
        visits = [
            Visit(client, path)
            for client, place in zip(clients, places, strict=True)
            if (path := _address(rule, place)) is not None
        ]
        if len(visits) == len(places):
            found[_name(rule)] = visits
    return found


def in_turn(times: int, cases: Mapping[str, Sequence[Visits]]) -> dict[str, list[list[float]]]:
    """The seconds of `times` visits in each case, to two or more sides one after the other.

    Sides that are compared are asked within the same second, and begin in turn, since a shared
    machine is not equally fast all the time. Where they are asked more than once, the first time
    in each place is not counted, which compiles templates and fetches rows from the disk.
    """
    if times > 1:
        for visit in (one for sides in cases.values() for visits in sides for one in visits):
            visit()
    seconds: dict[str, list[list[float]]] = {c: [[] for _ in sides] for c, sides in cases.items()}
    gc.collect()
    gc.freeze()
    for turn in range(times):
        for case, sides in cases.items():
            numbered = list(enumerate(sides))
            for number, visits in numbered if turn % 2 else reversed(numbered):
                seconds[case][number].append(timed(visits[turn % len(visits)]))
    return seconds


def timed(act: Callable[[], object]) -> float:
    """The seconds that something takes."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _name(rule: Rule) -> str:
    """A route as a table has room for it."""
    return re.sub(r"<[^:>]*:", "<", rule.rule.removeprefix(IN_CYCLE)) or "/"


def _office(installed: Installation, place: Place) -> FlaskClient:
    """The browser of somebody who may do all that a zone's office may."""
    person, make = place.make.person(), place.make
    with make.database.transaction(SYSTEM) as tx:
        for role in (Role.ADMINISTRATOR, Role.PLAN_OFFICE):
            give_role(tx, zone_id=make.zone.id, email=person.email or "", role=role)
    return make.sign_in(installed.app.test_client(), make.actor(person))


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
