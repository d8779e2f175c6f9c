"""The whole matrix of roles and commands, against a readable table."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from consultazione.core.actor import SYSTEM, VISITOR, Actor, Grant, Role
from consultazione.core.errors import NotAllowed
from consultazione.core.permissions import MAY, may, require
from tests.architecture.source import modules

ZONE, TABLE = 1, 2
LINES = (Path(__file__).parent / "matrix.txt").read_text().splitlines()
ROWS = [line.split() for line in LINES if line.strip() and not line.startswith("#")]
ROLES = [Role(name) for name in ROWS[0][1:]]
CELLS = [
    (command, role, cell)
    for command, *cells in ROWS[1:]
    for role, cell in zip(ROLES, cells, strict=True)
]

# Parts of commands: they take a transaction, but the calling command checks permission.
PARTS = {"append_paragraph", "confirm_identity", "start_sign_in", "withdraw_tokens"}
# Batched commands: the single command's permission is checked for each item.
TOGETHER = {
    "cast_many": "cast_ballot",
    "enter_many": "enter_sitting",
    "raise_many": "raise_hand",
    "upvote_many": "upvote_question",
}


def somebody(role: Role, table_id: int | None = None) -> Actor:
    """An actor with one role, as people.queries builds them."""
    if role in (Role.VISITOR, Role.SYSTEM):
        return {Role.VISITOR: VISITOR, Role.SYSTEM: SYSTEM}[role]
    given = role is not Role.PARTICIPANT
    return Actor(7, "Anna", frozenset({Grant(role, ZONE, table_id)}) if given else frozenset())


def commands() -> list[Callable[..., object]]:
    """The commands of the features: public functions whose first parameter is a transaction."""
    names = [name for name in modules() if "commands" in name.split(".")]
    return [value for name in names for value in vars(import_module(name)).values()
            if _is_command(name, value)]  # fmt: skip


def _is_command(module: str, value: object) -> bool:
    if not inspect.isfunction(value) or value.__module__ != module or value.__name__[0] == "_":
        return False
    return next(iter(inspect.signature(value).parameters), "") == "tx"


def test_the_table_names_every_role_and_every_command_once() -> None:
    named = [row[0] for row in ROWS[1:]]
    assert sorted(named) == sorted(MAY)
    assert set(ROLES) == set(Role)


@pytest.mark.parametrize(("command", "role", "cell"), CELLS)
def test_each_cell(command: str, role: Role, cell: str) -> None:
    """x: in the whole zone; a dot: nowhere. A table's role counts only at its table."""
    assert cell in ("x", ".")
    allowed = cell == "x"
    assert may(somebody(role), command, zone_id=ZONE, table_id=TABLE) is allowed
    assert may(somebody(role, TABLE), command, zone_id=ZONE, table_id=TABLE) is allowed
    as_participant = may(somebody(Role.PARTICIPANT), command, zone_id=ZONE, table_id=TABLE)
    if role not in (Role.VISITOR, Role.PARTICIPANT, Role.SYSTEM):
        elsewhere = may(somebody(role, TABLE), command, zone_id=ZONE, table_id=TABLE + 1)
        abroad = may(somebody(role), command, zone_id=ZONE + 1, table_id=None)
        assert elsewhere is abroad is as_participant


def test_a_refusal_names_the_roles_that_would_do() -> None:
    with pytest.raises(NotAllowed, match="plan office"):
        require(somebody(Role.FACILITATOR), "take_in", zone_id=ZONE)
    with pytest.raises(NotAllowed, match="Sign in"):
        require(VISITOR, "submit_proposal", zone_id=ZONE)


def test_every_command_is_in_the_matrix_and_every_row_is_a_command() -> None:
    offered = {command.__name__ for command in commands()}
    to_read = {name for name in MAY if name.startswith("read_")}
    assert sorted(offered - PARTS - TOGETHER.keys()) == sorted(set(MAY) - to_read)


@pytest.mark.parametrize("command", commands(), ids=lambda command: command.__name__)
def test_a_command_asks_in_its_own_name(command: Callable[..., object]) -> None:
    """Its body passes its own name to `require`, directly or through a helper of its module."""
    name = TOGETHER.get(command.__name__, command.__name__)
    asking = inspect.getmodule(command) if name in TOGETHER.values() else command
    assert asking is not None
    asked = {
        argument.value
        for call in ast.walk(ast.parse(inspect.getsource(asking)))
        if isinstance(call, ast.Call)
        for argument in [*call.args, *(keyword.value for keyword in call.keywords)]
        if isinstance(argument, ast.Constant)
    }
    assert name in asked | PARTS
