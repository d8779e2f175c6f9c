"""The sign-off rules, of which a zone chooses one.

What a deadline does is no rule: it ends every sign-off (`commands/ending.py`). Where unions answer
conclusions differently, a rule that counts signatures counts them for each conclusion by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from consultazione.outcomes.answers import answer_to
from consultazione.outcomes.models import Answer, Party
from consultazione.zones.models import SignOffRule

Rule = Callable[[Sequence[Party], Collection[int]], bool]
_SIGNED = (Answer.SIGNED, Answer.SIGNED_WITH_NOTE)


def all_answered(parties: Sequence[Party], _item_ids: Collection[int]) -> bool:
    """True if every union has answered, in whatever way."""
    return all(party.answer is not None for party in parties)


def majority_settled(parties: Sequence[Party], item_ids: Collection[int]) -> bool:
    """True if it is settled for each conclusion whether more than half of the unions sign it.

    It is, too, once those who have yet to answer could no longer make a majority.
    """
    return all(_is_settled(parties, item_id) for item_id in item_ids)


def only_the_deadline(_parties: Sequence[Party], _item_ids: Collection[int]) -> bool:
    """Never true: answers alone do not end the sign-off."""
    return False


RULES: dict[SignOffRule, Rule] = {
    SignOffRule.ALL_ANSWERED: all_answered,
    SignOffRule.MAJORITY_SIGNED: majority_settled,
    SignOffRule.DEADLINE: only_the_deadline,
}


def is_met(rule: SignOffRule, parties: Sequence[Party], item_ids: Collection[int]) -> bool:
    """True if the rule closes an outcome with these conclusions. With no parties, any rule does."""
    return not parties or RULES[rule](parties, item_ids)


def _is_settled(parties: Sequence[Party], item_id: int) -> bool:
    given = [answer_to(party, item_id) for party in parties]
    signed = sum(one is not None and one.answer in _SIGNED for one in given)
    half = len(parties) / 2
    return signed > half or signed + given.count(None) <= half
