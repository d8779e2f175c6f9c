"""Examples for every kind of poll: choices accepted, rewritten to canonical form, refused."""

from __future__ import annotations

from consultazione.sittings.polls.kinds import KINDS
from consultazione.sittings.polls.rules import Rules

OPTIONS = ("Home care", "Day centre", "Transport")
RULES = Rules(least=1, most=2, grades=5)
EXAMPLES: dict[str, tuple[list[str], dict[str, str], list[str]]] = {
    "yes_no_abstain": (["yes", "no", "abstain"], {}, ["blank", "1", "YES"]),
    "single_choice": (["1", "3", "blank"], {}, ["0", "4", "1,2", "01", "-1", "1 "]),
    "multiple_choice": (["1", "1,3", "blank"], {"3,1": "1,3"}, ["1,1", "1,2,3", "1,4", ","]),
    "rating": (
        ["1=5,2=1,3=3", "blank"],
        {"3=3,1=5,2=1": "1=5,2=1,3=3"},
        ["1=5", "1=6,2=1,3=1", "1=0,2=1,3=1", "1=1,1=2,2=1,3=1", "1=1,2=1,3=1,4=1", "="],
    ),
    "ranked_choice": (["3>1>2", "2", "blank"], {}, ["1>1", "4", "1>", ">", "1,2"]),
    "consensus": (["full", "reservations", "aside", "block"], {}, ["yes", "blank"]),
}


def options_for(kind: str) -> tuple[str, ...]:
    """Return the options that a poll of a kind needs."""
    return OPTIONS if KINDS[kind].takes_options else ()


def rules_for(kind: str) -> Rules:
    """Return rules that fit the options of a kind."""
    return RULES if KINDS[kind].takes_options else Rules()
