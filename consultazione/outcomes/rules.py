"""The sign-off rules, of which a zone chooses one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from consultazione.outcomes.models import Answer, Party
from consultazione.zones.models import SignOffRule

Rule = Callable[[Sequence[Party]], bool]


def all_answered(parties: Sequence[Party]) -> bool:
    """True if every union has answered, in whatever way."""
    return all(party.answer is not None for party in parties)


def majority_signed(parties: Sequence[Party]) -> bool:
    """True if more than half of the unions have signed, with or without a note."""
    signed = sum(party.answer in (Answer.SIGNED, Answer.SIGNED_WITH_NOTE) for party in parties)
    return signed > len(parties) / 2


RULES: dict[SignOffRule, Rule] = {
    SignOffRule.ALL_ANSWERED: all_answered,
    SignOffRule.MAJORITY_SIGNED: majority_signed,
}


def is_met(rule: SignOffRule, parties: Sequence[Party]) -> bool:
    """True if the rule closes the outcome. With no parties, any rule does."""
    return not parties or RULES[rule](parties)
