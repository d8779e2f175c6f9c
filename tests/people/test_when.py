"""The whole matrix of role, command, phase and state, against two readable tables."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator
from datetime import date
from itertools import product
from pathlib import Path as File

import pytest

from consultazione.core.permissions import Permission, may
from consultazione.minutes.models import MinutesState
from consultazione.plan.models import ContributionState, PlanState
from consultazione.proposals.models import ProposalState
from consultazione.zones.models import Act, Phase, PhaseKind
from consultazione.zones.phases.models import PhaseHold
from consultazione.zones.phases.rules import RULES, Of, admits
from consultazione.zones.phases.when import Path, barred_by
from tests.support.commands import commands
from tests.support.matrix import CELLS, TABLE, ZONE, somebody
from tests.support.source import modules

TODAY, BEFORE = date(2018, 6, 1), date(2018, 5, 1)
INFORMATION, PARTICIPATION, WRITING, APPROVAL = PhaseKind
STATES: dict[str, list[str]] = {
    Of.PROPOSAL: [*ProposalState],
    Of.CONTRIBUTION: [*ContributionState],
    Of.PLAN: [*PlanState],
    Of.MINUTES: [*MinutesState],
    Of.NOTHING: ["there is none"],
}
LINES = (File(__file__).parent / "when.txt").read_text().splitlines()
HEAD, *ROWS = [line.split() for line in LINES if line.strip() and not line.startswith("#")]
SITUATIONS = HEAD[1:-1]


def path(
    going_on: tuple[PhaseKind, ...] = (),
    closed: tuple[PhaseKind, ...] = (),
    *,
    held: PhaseKind | None = None,
    is_past: bool = False,
    alone: PhaseKind | None = None,
) -> Path:
    """A path of four phases, or of one, as it is on TODAY."""
    kinds = [alone] if alone else list(PhaseKind)
    rows = [
        Phase(
            id=number,
            kind=kind,
            title=kind.value,
            starts_on=BEFORE if kind in (*going_on, *closed) else None,
            closed_on=BEFORE if kind in closed else None,
        )
        for number, kind in enumerate(kinds, 1)
    ]
    holds = [
        PhaseHold(phase_id=row.id, from_day=BEFORE, until=TODAY, act=Act(title="Atto"))
        for row in rows
        if row.kind is held
    ]
    return Path(rows, holds, TODAY, is_now=True, is_past=is_past)


FIRST_THREE = (INFORMATION, PARTICIPATION, WRITING)
PATHS = {
    "unbegun": path(),
    "information": path((INFORMATION,)),
    "participation": path((PARTICIPATION,), (INFORMATION,)),
    "both": path((PARTICIPATION, WRITING), (INFORMATION,)),
    "writing": path((WRITING,), (INFORMATION, PARTICIPATION)),
    "between": path((), FIRST_THREE),
    "approval": path((APPROVAL,), FIRST_THREE),
    "reopened": path((APPROVAL, WRITING), (INFORMATION, PARTICIPATION)),
    "over": path((), tuple(PhaseKind)),
    "held": path((PARTICIPATION,), (INFORMATION,), held=PARTICIPATION),
    "held_approval": path((APPROVAL,), FIRST_THREE, held=APPROVAL),
    "past": path((PARTICIPATION,), (INFORMATION,), is_past=True),
    "without": path((INFORMATION,), alone=INFORMATION),
}


def table() -> Iterator[tuple[str, dict[str, bool], str, list[str]]]:
    """Each row: the command, by situation whether it may be given, about what, in which states."""
    for name, *rest in ROWS:
        cells, states = rest[: len(SITUATIONS)], rest[len(SITUATIONS) :]
        assert set(cells) <= {"x", "."}, name
        of, _colon, named = states[0].partition(":") if states else ("nothing", "", "")
        by_situation = dict(zip(SITUATIONS, (cell == "x" for cell in cells), strict=True))
        yield name, by_situation, of, [state for state in named.split(",") if state]


LISTED = {name: (cells, of, states) for name, cells, of, states in table()}
ALWAYS = (dict.fromkeys(SITUATIONS, True), "nothing", list[str]())


def is_given(permission: Permission, situation: str, state: str) -> bool:
    """What the product says of a command on a path, on something in that state."""
    if barred_by(permission, PATHS[situation]) is not None:
        return False
    return permission not in RULES or admits(permission, state)


def test_the_tables_name_the_same_commands_and_paths() -> None:
    assert set(SITUATIONS) == set(PATHS)
    assert sorted(LISTED) == sorted(permission.value for permission in RULES)
    assert {of for _cells, of, _states in LISTED.values()} <= set(STATES)
    for _cells, of, states in LISTED.values():
        assert set(states) <= set(STATES[of])


@pytest.mark.parametrize("permission", Permission, ids=lambda permission: permission.value)
def test_role_command_phase_and_state(permission: Permission) -> None:
    """Every role, on every path, on something in each of its states."""
    cells, of, states = LISTED.get(permission.value, ALWAYS)
    expected_of_role = {role: cell == "x" for named, role, cell in CELLS if named is permission}
    for role, situation, state in product(expected_of_role, SITUATIONS, STATES[of]):
        who = may(somebody(role), permission, zone_id=ZONE, table_id=TABLE)
        told = who and is_given(permission, situation, state)
        expected = expected_of_role[role] and cells[situation] and (not states or state in states)
        assert told is expected, (role, situation, state)


BARRED = [
    (permission, situation)
    for permission, situation in product(RULES, SITUATIONS)
    if not LISTED[permission.value][0][situation]
]


@pytest.mark.parametrize(
    ("permission", "situation"), BARRED, ids=lambda part: getattr(part, "value", part)
)
def test_a_refusal_names_the_phase_or_the_cycle(permission: Permission, situation: str) -> None:
    told = str(barred_by(permission, PATHS[situation]))
    rule = RULES[permission]
    assert rule.during is not None
    by_cycle = situation == "past" and not rule.in_past
    assert (f"“{rule.during.value}”" in told) is not by_cycle
    assert "plan" in told or "act" in told


IN_PHASES = {permission.value for permission, rule in RULES.items() if rule.during}
TIMED = [command for command in commands() if command.__name__ in IN_PHASES]


def test_every_command_of_a_phase_is_found() -> None:
    assert {command.__name__ for command in TIMED} == IN_PHASES


@pytest.mark.parametrize("command", TIMED, ids=lambda command: command.__name__)
def test_a_command_of_a_phase_asks_for_its_time(command: Callable[..., object]) -> None:
    """Its own source, or a helper that it hands its permission to, calls `require_when`."""
    permission = Permission[command.__name__.upper()]
    handed = {
        getattr(call.func, "id", "")
        for call in ast.walk(ast.parse(inspect.getsource(command)))
        if isinstance(call, ast.Call)
        and any(getattr(argument, "attr", "") == permission.name for argument in call.args)
    }
    assert "require_when" in handed or handed & asking()


def asking() -> set[str]:
    """The functions that hand a permission which they were given on to `require_when`.

    They hand it to that function itself, or to another of them.
    """
    handing = [
        (function.name, getattr(call.func, "id", ""))
        for module in modules().values()
        for function in ast.walk(module.tree)
        if isinstance(function, ast.FunctionDef)
        for call in ast.walk(function)
        if isinstance(call, ast.Call)
        if any(getattr(argument, "id", "") == "permission" for argument in call.args)
    ]
    found = {"require_when"}
    while more := {name for name, to in handing if to in found} - found:
        found |= more
    return found - {"require_when"}
