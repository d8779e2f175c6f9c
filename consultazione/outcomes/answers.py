"""How unions stand to an outcome and to each of its conclusions, and the sentence that says so.

This is the one place from which lists, pages, documents and REST take it: nothing is called
concluded without saying how many signed, declined or were silent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import ngettext

from consultazione.core import clock
from consultazione.outcomes.models import Answer, Outcome, OutcomeState, Party


class Stand(StrEnum):
    """How a union stands to an outcome, all its conclusions taken together.

    in_part: it declined some of them and signed the others. awaited: it has not answered.
    """

    SIGNED = "signed"
    SIGNED_WITH_NOTE = "signed_with_note"
    IN_PART = "in_part"
    DECLINED = "declined"
    SILENT = "silent"
    AWAITED = "awaited"


# Stands of who signs all conclusions or some.
AGREEING = frozenset({Stand.SIGNED, Stand.SIGNED_WITH_NOTE, Stand.IN_PART})


@dataclass(frozen=True)
class Given:
    """A union's answer to one conclusion, with its note or reason."""

    answer: Answer
    note: str | None


def answer_to(party: Party, item_id: int) -> Given | None:
    """A union's answer to a conclusion; None while it has not answered."""
    if party.answer is None:
        return None
    for own in party.otherwise:
        if own.item_id == item_id:
            return Given(own.answer, own.note)
    return Given(party.answer, party.note)


def stand_of(party: Party, item_ids: Iterable[int]) -> Stand:
    """How a union stands to an outcome with these conclusions."""
    if party.answer in (None, Answer.SILENT):
        return Stand.AWAITED if party.answer is None else Stand.SILENT
    to_all = [answer_to(party, item_id) for item_id in item_ids]
    given = {one.answer for one in to_all if one is not None} or {party.answer}
    if Answer.DECLINED in given:
        return Stand.DECLINED if given == {Answer.DECLINED} else Stand.IN_PART
    return Stand.SIGNED_WITH_NOTE if Answer.SIGNED_WITH_NOTE in given else Stand.SIGNED


def stands(outcome: Outcome) -> dict[int, Stand]:
    """How each union asked stands to an outcome, by organisation."""
    ids = [item.id for item in outcome.items]
    return {party.organisation_id: stand_of(party, ids) for party in outcome.parties}


def stands_to_item(parties: Sequence[Party], item_id: int) -> list[Stand]:
    """How unions stand to one conclusion."""
    return [stand_of(party, [item_id]) for party in parties]


def tally(outcome: Outcome) -> dict[str, int]:
    """How many unions stand how to an outcome, zeros included."""
    counted = Counter(stands(outcome).values())
    return {stand.value: counted[stand] for stand in Stand}


def told(found: Iterable[Stand], *, is_open: bool) -> str:
    """Stands as words, such as “2 signatures, 1 refusal”; of whom nobody was asked, that."""
    counted = Counter(found)
    if not counted:
        return str(_("no union was asked"))
    return ", ".join(_counted(stand, counted[stand], is_open) for stand in Stand if counted[stand])


def told_of(outcome: Outcome) -> str:
    """How the unions stand to an outcome, as words."""
    return told(stands(outcome).values(), is_open=outcome.state is OutcomeState.SIGNING)


def told_of_item(outcome: Outcome, item_id: int) -> str:
    """How the unions stand to one conclusion, as words."""
    is_open = outcome.state is OutcomeState.SIGNING
    return told(stands_to_item(outcome.parties, item_id), is_open=is_open)


def is_agreed(outcome: Outcome) -> bool:
    """True if a union has signed all conclusions, or some."""
    return bool(AGREEING & set(stands(outcome).values()))


def state_of(outcome: Outcome) -> str:
    """Whether the sign-off is open or over, and how the unions stand, as words."""
    if outcome.state is OutcomeState.SIGNING:
        return str(_("Sign-off open: %(told)s", told=told_of(outcome)))
    return str(_("Sign-off over: %(told)s", told=told_of(outcome)))


def days_left(outcome: Outcome) -> int | None:
    """Days until the last day for answers, 0 on that day; None if the outcome has none."""
    return None if outcome.due_on is None else (outcome.due_on - clock.today()).days


def tone_of(outcome: Outcome) -> str:
    """The tone of that sentence: green only if every union has signed every conclusion."""
    if outcome.state is OutcomeState.SIGNING:
        return "info"
    found = set(stands(outcome).values())
    if found & {Stand.DECLINED, Stand.IN_PART}:
        return "warning"
    return "success" if found and found <= _SIGNED else "neutral"


def refusals(outcome: Outcome) -> Mapping[int, list[str]]:
    """The names of the unions that declined a conclusion, by its id."""
    return {
        item.id: [
            party.organisation.name
            for party in outcome.parties
            if stand_of(party, [item.id]) is Stand.DECLINED
        ]
        for item in outcome.items
    }


_SIGNED = {Stand.SIGNED, Stand.SIGNED_WITH_NOTE}


def _counted(stand: Stand, n: int, is_open: bool) -> str:
    words = {
        Stand.SIGNED: ngettext("%(num)s signature", "%(num)s signatures", n),
        Stand.SIGNED_WITH_NOTE: ngettext(
            "%(num)s signature with a note", "%(num)s signatures with a note", n
        ),
        Stand.IN_PART: ngettext("%(num)s signature in part", "%(num)s signatures in part", n),
        Stand.DECLINED: ngettext("%(num)s refusal", "%(num)s refusals", n),
        Stand.SILENT: ngettext("%(num)s silence", "%(num)s silences", n),
        Stand.AWAITED: ngettext("%(num)s answer awaited", "%(num)s answers awaited", n)
        if is_open
        else ngettext("%(num)s without an answer", "%(num)s without an answer", n),
    }
    return str(words[stand])
