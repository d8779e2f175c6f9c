"""Generates `docs/rights.md`: who may give which command, in which phase, on what.

Run as `python -m consultazione.rights_docs` (`make docs`). A test checks that the file is up to
date; `tests/people` checks that the product does what the file says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from consultazione.config import ROOT
from consultazione.core.actor import Role
from consultazione.core.permissions import ROLE_NAMES, Permission
from consultazione.zones.labels import ACT_KINDS, PHASE_KINDS
from consultazione.zones.models import PhaseKind
from consultazione.zones.phases.gates import GATED
from consultazione.zones.phases.order import DECIDING, ORDER
from consultazione.zones.phases.rules import RULES, Of

FILE = ROOT / "docs" / "rights.md"
_INTRODUCTION = """\
# Who may do what, and when

Rights have three questions: who (a role), where (its zone, its table) and when (a phase of the
path, the state of what a command is about). This page is written by `make docs` from
`consultazione/core/permissions.py` and `consultazione/zones/phases`; do not edit it.

A role counts where it was given. Some commands ask for more, and say so when they refuse: only
the author withdraws a proposal, nobody admits or refuses their own, and where a zone asks for
four eyes on minutes, whoever completed a draft does not approve it.

A path of which no phase has begun bars nothing, and neither does one that has no such phase: a
zone that does not use phases is open all the time. A phase that is suspended, or that waits for
an earlier one which was reopened, bars what belongs to it as one that is closed does.
"""


def main() -> None:
    """Write the file."""
    FILE.write_text(text())


def text() -> str:
    """The whole page, in Markdown."""
    return "\n".join([_INTRODUCTION, *_phases(), *_commands(), ""])


def _phases() -> Iterator[str]:
    yield "## The phases of a path\n"
    yield "| phase | opened by | closed by | begins after |"
    yield "|---|---|---|---|"
    for kind, order in ORDER.items():
        before = [f"{_phase(one)} has begun" for one in _in_order(order.begun)]
        before += [f"{_phase(one)} is closed" for one in _in_order(order.closed)]
        columns = _acts(order.opened_by), _acts(order.closed_by), ", ".join(before)
        yield f"| {_phase(kind)} | {' | '.join(columns)} |"
    owing = ", ".join(_phase(kind) for kind in _in_order(GATED))
    yield ""
    yield f"A phase is reopened or suspended by: {_acts(DECIDING)}. No act that"
    yield "closes, reopens or suspends a phase is older than its beginning. These are closed only"
    yield "once what they owe is done (proposals decided; contributions answered and chapters"
    yield f"written; plan approved): {owing}.\n"


def _commands() -> Iterator[str]:
    yield "## The commands\n"
    yield "x: the role may; a dot: it may not. No phase: at any time. No state: in every state.\n"
    roles = list(Role)
    yield f"| command | {' | '.join(str(ROLE_NAMES[role]) for role in roles)} | phase | state |"
    yield "|---|" + "---|" * (len(roles) + 2)
    for permission in Permission:
        marks = " | ".join("x" if role in permission.roles else "." for role in roles)
        yield f"| `{permission.value}` | {marks} | {_when(permission)} | {_states(permission)} |"


def _when(permission: Permission) -> str:
    rule = RULES.get(permission)
    if rule is None or rule.during is None:
        return ""
    told = ", ".join(_phase(kind) for kind in _in_order({rule.during, *rule.also}))
    return told if rule.in_past else f"{told}; not in a past cycle"


def _states(permission: Permission) -> str:
    rule = RULES.get(permission)
    if rule is None or rule.of is Of.NOTHING:
        return ""
    return f"{rule.of.value}: {', '.join(sorted(rule.states))}"


def _in_order(kinds: Iterable[PhaseKind]) -> list[PhaseKind]:
    chosen = set(kinds)
    return [kind for kind in PhaseKind if kind in chosen]


def _phase(kind: PhaseKind) -> str:
    return str(PHASE_KINDS[kind])


def _acts(kinds: Iterable[object]) -> str:
    chosen = set(kinds)
    return ", ".join(str(name) for kind, name in ACT_KINDS.items() if kind in chosen)


if __name__ == "__main__":
    main()
