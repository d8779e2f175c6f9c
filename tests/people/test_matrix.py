"""The whole matrix of roles and permissions, against a readable table."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable

import pytest

from consultazione.config import ROOT
from consultazione.core.actor import VISITOR, Role
from consultazione.core.errors import NotAllowed
from consultazione.core.permissions import Permission, may, permitted, require
from tests.support.commands import commands
from tests.support.matrix import CELLS, LINES, ROLES, ROWS, TABLE, ZONE, somebody

# The permissions that no command asks for in its own name: the last part of the table.
BESIDE_COMMANDS = {
    line.split()[0] for line in LINES[LINES.index(next(x for x in LINES if "# beside" in x)) + 1 :]
}

# Parts of commands: they take a transaction, but the calling command checks permission.
PARTS = {
    "append_block",
    "change_text",
    "confirm_identity",
    "end_sign_ins",
    "start_sign_in",
    "withdraw_links",
    "withdraw_tokens",
}
# Batched commands: the single command's permission is checked for each item.
TOGETHER = {
    "cast_many": "cast_ballot",
    "enter_many": "enter_sitting",
    "raise_many": "raise_hand",
    "upvote_many": "upvote_question",
}

# What a territory's coordinators do there; `provincial.rights` looks at which territory.
OF_THE_TERRITORY = {
    Permission.OPEN_PROVINCIAL_PROGRAMME,
    Permission.SET_UP_PROVINCIAL_TABLE,
    Permission.WRITE_PROVINCIAL_PROJECT,
    Permission.FORWARD_PROJECT,
}


def test_the_table_names_every_role_and_every_permission_once() -> None:
    named = [row[0] for row in ROWS[1:]]
    assert sorted(named) == sorted(permission.value for permission in Permission)
    assert set(ROLES) == set(Role)


def test_a_permission_is_called_as_its_value() -> None:
    """Templates and the room know permissions by their values."""
    assert [p.name for p in Permission] == [p.value.upper() for p in Permission]


@pytest.mark.parametrize(
    ("permission", "role", "cell"), CELLS, ids=lambda part: getattr(part, "value", part)
)
def test_each_cell(permission: Permission, role: Role, cell: str) -> None:
    """x: in the whole zone; a dot: nowhere. A table's role counts only at its table."""
    assert cell in ("x", ".")
    allowed = cell == "x"
    assert may(somebody(role), permission, zone_id=ZONE, table_id=TABLE) is allowed
    assert may(somebody(role, TABLE), permission, zone_id=ZONE, table_id=TABLE) is allowed
    as_participant = may(somebody(Role.PARTICIPANT), permission, zone_id=ZONE, table_id=TABLE)
    if role not in (Role.VISITOR, Role.PARTICIPANT, Role.SYSTEM):
        elsewhere = may(somebody(role, TABLE), permission, zone_id=ZONE, table_id=TABLE + 1)
        abroad = may(somebody(role), permission, zone_id=ZONE + 1, table_id=None)
        assert elsewhere is abroad is as_participant


def test_the_coordinator_of_a_territory_edits_nothing_of_a_zone() -> None:
    """Beside what whoever has signed in may do, they write the territory's own programme."""
    asked = [p for p in Permission if p.value not in BESIDE_COMMANDS]
    coordinator, participant = (
        permitted(somebody(role), asked, zone_id=ZONE)
        for role in (Role.PROVINCIAL_COORDINATOR, Role.PARTICIPANT)
    )
    assert len(asked) > 100
    assert [p for p in coordinator if p not in OF_THE_TERRITORY] == participant
    assert set(coordinator) >= OF_THE_TERRITORY


def test_a_refusal_names_the_roles_that_would_do() -> None:
    with pytest.raises(NotAllowed, match="plan office"):
        require(somebody(Role.FACILITATOR), Permission.TAKE_IN, zone_id=ZONE)
    with pytest.raises(NotAllowed, match="Sign in"):
        require(VISITOR, Permission.SUBMIT_PROPOSAL, zone_id=ZONE)


def test_several_permissions_are_those_that_are_had_one_by_one() -> None:
    for role in ROLES:
        one_by_one = [p for p in Permission if may(somebody(role), p, zone_id=ZONE)]
        assert permitted(somebody(role), Permission, zone_id=ZONE) == one_by_one


def test_every_command_has_a_permission_and_every_other_permission_stands_apart() -> None:
    offered = {command.__name__ for command in commands()}
    asked = {permission.value for permission in Permission} - BESIDE_COMMANDS
    assert sorted(offered - PARTS - TOGETHER.keys()) == sorted(asked)


@pytest.mark.parametrize("command", commands(), ids=lambda command: command.__name__)
def test_a_command_asks_in_its_own_name(command: Callable[..., object]) -> None:
    """Its body hands its own permission to `require`, directly or through its module's helper."""
    name = TOGETHER.get(command.__name__, command.__name__)
    asking = inspect.getmodule(command) if name in TOGETHER.values() else command
    assert asking is not None
    asked = {permission.value for permission in _named(ast.parse(inspect.getsource(asking)))}
    assert name in asked | PARTS


def test_no_command_asks_in_the_name_of_another() -> None:
    """A choice inside a command names the capability that it means; so do its helpers."""
    wrong = [
        f"{command.__module__}.{command.__name__} asks for {permission}"
        for command in commands()
        for permission in _named(ast.parse(inspect.getsource(command)))
        if permission not in {command.__name__, TOGETHER.get(command.__name__), *BESIDE_COMMANDS}
    ]
    assert wrong == []


def test_templates_ask_for_permissions_that_there_are() -> None:
    """`may("...")` in a template names a permission; without the name the page would fail."""
    asked = {
        name
        for template in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r'\bmay\("([^"]*)"', template.read_text())
    }
    assert "open_administration" in asked
    assert asked <= {permission.value for permission in Permission}


def _named(tree: ast.AST) -> set[Permission]:
    """The permissions that a piece of source hands to a call."""
    return {
        Permission[argument.attr]
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        for argument in [*call.args, *(keyword.value for keyword in call.keywords)]
        if isinstance(argument, ast.Attribute) and getattr(argument.value, "id", "") == "Permission"
    }
