"""The kinds of poll: their common contract, and worked examples with ties and without ballots."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultazione.sittings.polls.counting import Outcome, count
from consultazione.sittings.polls.kinds import KINDS
from consultazione.sittings.polls.kinds.base import PollKind, Result, Terms
from consultazione.sittings.polls.labels import CHOICES, GROUNDS, POLL_KINDS, TALLIES
from consultazione.sittings.polls.rules import (
    Electorate,
    Majority,
    MajorityOf,
    QuorumOf,
    Rules,
    needed,
)
from consultazione.sittings.polls.sentences import counts_of, grounds_of
from consultazione.sittings.polls.tally_keys import ordered
from tests.support.poll_examples import EXAMPLES, OPTIONS, RULES

TERMS = Terms(3, RULES)
PRESENT = Electorate(present=20, entitled=30)
every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))


def counted_outcome(kind: PollKind, votes: dict[str, int], terms: Terms = TERMS) -> Outcome:
    return count(kind, terms, PRESENT, online=votes, room={})


def result(name: str, votes: dict[str, int], rules: Rules = TERMS.rules) -> Result:
    return counted_outcome(KINDS[name], votes, Terms(3, rules)).result


def test_every_kind_has_its_examples() -> None:
    assert set(EXAMPLES) == set(KINDS), "write them in tests/support/poll_examples.py"


@every_kind
def test_choices_are_read_or_refused(kind: PollKind) -> None:
    admitted, rewritten, refused = EXAMPLES[kind.name]
    for choice in admitted:
        assert kind.read(choice, TERMS) == choice
    for choice, canonical in rewritten.items():
        assert kind.read(choice, TERMS) == canonical
    for choice in [*refused, "", "x" * 300, "٣"]:
        with pytest.raises(ValueError, match=r".*"):
            kind.read(choice, TERMS)


@every_kind
def test_without_ballots_nothing_carries_and_every_line_is_there(kind: PollKind) -> None:
    nothing = counted_outcome(kind, {})
    assert (nothing.cast, nothing.result) == (0, Result(False, "no_ballots"))
    assert set(nothing.tally.values()) == {0}
    single = counted_outcome(kind, {EXAMPLES[kind.name][0][0]: 1})
    assert set(single.tally) >= {key for key in nothing.tally if "/" not in key}


@every_kind
def test_words_have_their_names(kind: PollKind) -> None:
    assert kind.name in POLL_KINDS
    assert set(kind.words) <= set(CHOICES)
    for key, _ in ordered(counted_outcome(kind, {EXAMPLES[kind.name][0][0]: 1}).tally):
        assert not key.word or key.word in TALLIES


@every_kind
def test_a_missed_quorum_decides_nothing(kind: PollKind) -> None:
    choice = EXAMPLES[kind.name][0][0]
    rules = Rules(least=1, most=2, quorum=50, quorum_of=QuorumOf.PRESENT)
    missed = counted_outcome(kind, {choice: 9}, Terms(3, rules)).result
    assert (missed.carried, missed.grounds) == (False, "no_quorum")
    assert missed.numbers == {"cast": 9, "quorum": 10}
    assert counted_outcome(kind, {choice: 10}, Terms(3, rules)).result.grounds != "no_quorum"


@every_kind
def test_the_votes_of_the_room_count_and_stand_apart(kind: PollKind) -> None:
    first, second = EXAMPLES[kind.name][0][:2]
    apart = count(kind, TERMS, PRESENT, online={first: 3}, room={second: 2})
    assert apart.cast == 5
    assert apart.tally == counted_outcome(kind, {first: 3, second: 2}).tally
    assert apart.room_tally == kind.tally({second: 2}, TERMS)


@every_kind
@given(data=st.data())
def test_whatever_is_cast_is_counted_and_has_its_reason(
    kind: PollKind, data: st.DataObject
) -> None:
    admitted = EXAMPLES[kind.name][0] + (
        [">".join(order) for order in permutations("123")] if kind.name == "ranked_choice" else []
    )
    votes = data.draw(st.dictionaries(st.sampled_from(admitted), st.integers(1, 9)))
    majority = data.draw(st.sampled_from(sorted(kind.majorities)))
    terms = Terms(3, Rules(least=1, most=2, majority=majority))
    outcome = counted_outcome(kind, votes, terms)
    again = counted_outcome(kind, dict(reversed(votes.items())), terms)
    assert (outcome.tally, outcome.result) == (again.tally, again.result)
    assert outcome.cast == sum(votes.values())
    assert all(count >= 0 for count in outcome.tally.values())
    assert set(outcome.result.winners) <= {1, 2, 3}
    stored = {**vars(outcome.result), "tally": outcome.tally}
    sentence = grounds_of(stored, OPTIONS)
    assert sentence
    assert "{" not in sentence
    assert counts_of(outcome.tally, OPTIONS)
    assert outcome.result.grounds in GROUNDS


@pytest.mark.parametrize(
    ("votes", "carried", "grounds"),
    [
        ({"abstain": 3}, False, "only_abstentions"),
        ({"yes": 2, "no": 2, "abstain": 1}, False, "tie"),
        ({"yes": 1, "no": 2}, False, "minority"),
        ({"yes": 2, "no": 1, "abstain": 9}, True, "majority"),
        ({"yes": 1}, True, "majority"),
    ],
)
def test_more_in_favour_than_against_carries(
    votes: dict[str, int], carried: bool, grounds: str
) -> None:
    outcome = result("yes_no_abstain", votes)
    assert (outcome.carried, outcome.grounds) == (carried, grounds)


@pytest.mark.parametrize(
    ("majority", "of", "least"),
    [
        (Majority.ABSOLUTE, MajorityOf.VOTERS, 8),
        (Majority.TWO_THIRDS, MajorityOf.VOTERS, 10),
        (Majority.FOUR_FIFTHS, MajorityOf.VOTERS, 12),
        (Majority.ABSOLUTE, MajorityOf.PRESENT, 11),
        (Majority.TWO_THIRDS, MajorityOf.PRESENT, 14),
        (Majority.FOUR_FIFTHS, MajorityOf.PRESENT, 16),
        (Majority.ABSOLUTE, MajorityOf.ENTITLED, 16),
        (Majority.TWO_THIRDS, MajorityOf.ENTITLED, 20),
        (Majority.FOUR_FIFTHS, MajorityOf.ENTITLED, 24),
    ],
)
def test_a_majority_is_a_share_of_a_number(majority: Majority, of: MajorityOf, least: int) -> None:
    rules = Rules(majority=majority, majority_of=of)
    assert needed(rules, PRESENT, 15) == least
    if least <= 15:
        carried = result("yes_no_abstain", {"yes": least, "no": 15 - least, "abstain": 3}, rules)
        assert (carried.carried, carried.numbers["needed"]) == (True, least)
        missed = result("yes_no_abstain", {"yes": least - 1, "no": 16 - least}, rules)
        assert (missed.carried, missed.grounds) == (False, "not_reached")


def test_single_choice_states_a_tie() -> None:
    assert result("single_choice", {"1": 4, "2": 2, "blank": 9}).winners == (1,)
    tied = result("single_choice", {"1": 3, "3": 3, "2": 2})
    assert (tied.carried, tied.grounds, tied.winners) == (False, "options_tie", (1, 3))
    assert result("single_choice", {"blank": 2}).grounds == "only_blank"
    absolute = Rules(majority=Majority.ABSOLUTE)
    assert not result("single_choice", {"1": 4, "2": 2, "3": 2}, absolute).carried
    assert result("single_choice", {"1": 5, "2": 2, "3": 2}, absolute).winners == (1,)


def test_multiple_choice_admits_several_that_enough_ballots_name() -> None:
    votes = {"1,2": 4, "2,3": 2, "3": 1, "blank": 3}
    tally = counted_outcome(KINDS["multiple_choice"], votes).tally
    assert tally == {"1": 4, "2": 6, "3": 3, "blank": 3, "ballots": 7}
    assert result("multiple_choice", votes).winners == (2,)
    absolute = Rules(majority=Majority.ABSOLUTE, most=2)
    assert result("multiple_choice", votes, absolute).winners == (1, 2)


def test_rating_goes_by_points() -> None:
    votes = {"1=5,2=1,3=3": 2, "1=1,2=5,3=3": 1, "blank": 1}
    outcome = counted_outcome(KINDS["rating"], votes)
    assert [outcome.tally[key] for key in ("1", "2", "3", "1=5", "3=3")] == [11, 7, 9, 2, 3]
    assert (outcome.result.grounds, outcome.result.winners) == ("most_points", (1,))
    assert result("rating", {"1=2,2=2,3=1": 1}).winners == (1, 2)


def test_ranked_choice_runs_off() -> None:
    """The textbook example: the option that leads the first round loses in the end."""
    votes = {"1>2>3": 4, "2>3>1": 3, "3>2>1": 2}
    outcome = counted_outcome(KINDS["ranked_choice"], votes)
    assert outcome.tally == {
        "blank": 0, "1/1": 4, "1/2": 3, "1/3": 2, "1/exhausted": 0,
        "2/1": 4, "2/2": 5, "2/exhausted": 0,
    }  # fmt: skip
    assert (outcome.result.carried, outcome.result.winners) == (True, (2,))
    assert outcome.result.numbers["rounds"] == 2


def test_exhausted_ballots_no_longer_count() -> None:
    last = result("ranked_choice", {"1": 4, "2": 3, "3": 2})
    assert (last.winners, last.numbers["exhausted"], last.numbers["of"]) == ((1,), 2, 7)


def test_ties_of_a_run_off_go_by_earlier_rounds_then_by_the_order_of_offer() -> None:
    never_differed = result("ranked_choice", {"1": 3, "2>3": 2, "3>2": 2})
    assert (never_differed.winners, never_differed.numbers["ties"]) == ((2,), 1)
    level = result("ranked_choice", {"1": 2, "2": 2, "3": 2})
    assert (level.carried, level.grounds, level.winners) == (False, "run_off_tie", (1, 2, 3))
    final = result("ranked_choice", {"1": 3, "2": 2, "3>2": 1})
    assert (final.grounds, final.winners) == ("run_off_tie", (1, 2))
    before = Counter({"1": 5, "2": 3, "3": 2, "4>3": 1, "5": 9})
    terms = Terms(5, Rules())
    earlier = counted_outcome(KINDS["ranked_choice"], before, terms)
    assert "3/3" not in earlier.tally  # 2 and 3 are level in round 2; 3 had fewer in round 1
    assert earlier.tally["3/2"] == 3


def test_consensus_is_blocked_by_one() -> None:
    assert result("consensus", {"full": 3}).grounds == "consensus"
    assert result("consensus", {"full": 3, "aside": 1}).grounds == "consensus_with_doubts"
    assert result("consensus", {"full": 1, "aside": 1}).grounds == "little_support"
    blocked = result("consensus", {"full": 30, "block": 1})
    assert (blocked.carried, blocked.grounds) == (False, "blocked")
