"""Labels for the closed lists of polls."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.sittings.locking import MANDATE_ENDED
from consultazione.sittings.polls.models import AnnulReason
from consultazione.sittings.polls.rules import Effect, Franchise, Majority, MajorityOf, QuorumOf
from consultazione.sittings.polls.voters.entitlement import NoVote

# The kinds of poll, in the form of a new poll.
POLL_KINDS = {
    "yes_no_abstain": _("In favour, against or abstention"),
    "single_choice": _("One of several options"),
    "multiple_choice": _("Several of several options"),
    "rating": _("A grade for each option"),
    "ranked_choice": _("Options in order of preference"),
    "consensus": _("How far one can go along"),
}
# The choices that are words, on a ballot.
CHOICES = {
    "yes": _("I am in favour"),
    "no": _("I am against"),
    "abstain": _("I abstain"),
    "full": _("I support it fully"),
    "reservations": _("I support it with reservations"),
    "aside": _("I stand aside"),
    "block": _("I block it"),
    "blank": _("Blank ballot"),
}
# The same choices, in a tally.
TALLIES = {
    "yes": _("Votes in favour"),
    "no": _("Votes against"),
    "abstain": _("Abstentions"),
    "full": _("Full support"),
    "reservations": _("Support with reservations"),
    "aside": _("Standing aside"),
    "block": _("Blocks"),
    "blank": _("Blank ballots"),
    "exhausted": _("Exhausted ballots"),
    "ballots": _("Ballots with a choice"),
}
# Why a poll carried or not: sentences for `Result.grounds`, with placeholders for its numbers.
GROUNDS = {
    "majority": _("More votes in favour than against."),
    "minority": _("More votes against than in favour."),
    "tie": _("As many in favour as against: with a tie a proposal is not approved."),
    "only_abstentions": _("All those who voted abstained."),
    "only_blank": _("All ballots are blank."),
    "no_ballots": _("Nobody voted."),
    "no_quorum": _("The quorum was missed: {cast} votes of the {quorum} needed."),
    "no_quorum_of_persons": _(
        "The sitting had no quorum: persons present {there}, needed {needed}."
    ),
    "no_quorum_of_seats": _(
        "The sitting had no quorum: organisations of the table represented {there}, "
        "needed {needed}."
    ),
    "no_quorum_of_categories": _(
        "The sitting had no quorum: too few were present of {short} of the {of} categories needed."
    ),
    "reached": _("{votes} votes: the {needed} needed of {of} are reached. {winners}"),
    "not_reached": _("{votes} votes: the {needed} needed of {of} are not reached."),
    "most_votes": _("The most votes, {votes}: {winners}."),
    "options_tie": _("Tied with {votes} votes each: {winners}. A tie decides nothing."),
    "most_points": _("The most points, {points}: {winners}."),
    "points_tie": _("Tied with {points} points each: {winners}. A tie decides nothing."),
    "run_off": _("First choice: {winners} (round {rounds}: {votes} of {of} ballots)."),
    "run_off_after_ties": _(
        "First choice: {winners} (round {rounds}: {votes} of {of} ballots). Where two options "
        "were last together, the one left that had fewer votes before, or else was offered later."
    ),
    "run_off_tie": _(
        "Tied with {votes} votes each in round {rounds}: {winners}. A tie decides nothing."
    ),
    "consultative": _("An opinion poll: it gathers opinions and decides nothing."),
    "blocked": _("No consensus: {block} blocks."),
    "little_support": _("No consensus: {support} support it, {aside} stand aside."),
    "consensus": _("Full consensus: all {support} support it."),
    "consensus_with_doubts": _(
        "Consensus: {support} support it, some with reservations; {aside} stand aside."
    ),
}
# Why a poll was annulled.
ANNULLED = {
    AnnulReason.KEY_LOST: _(
        "Poll annulled: the key of its sealed ballots was lost before the count. There is no "
        "result, and nobody can read the ballots any more. The question can be put again."
    ),
    AnnulReason.BROKEN_SEAL: _(
        "Poll annulled: a sealed ballot was damaged before the count. There is no result, and "
        "the ballots were deleted uncounted. The question can be put again."
    ),
    AnnulReason.BY_CHAIR: _("Poll annulled by the chair. Reason: {explanation}"),
}
# What a poll is for, in the form of a new poll and as a badge.
EFFECTS = {
    Effect.BINDING: _("It decides: a vote"),
    Effect.CONSULTATIVE: _("It gathers opinions and decides nothing: an opinion poll"),
}
# The rules of a poll.
MAJORITIES = {
    Majority.SIMPLE: _("Simple majority"),
    Majority.ABSOLUTE: _("Absolute majority"),
    Majority.TWO_THIRDS: _("Two thirds"),
    Majority.FOUR_FIFTHS: _("Four fifths"),
}
MAJORITIES_OF = {
    MajorityOf.VOTERS: _("of those who vote"),
    MajorityOf.PRESENT: _("of those present"),
    MajorityOf.ENTITLED: _("of those entitled"),
}
QUORUMS_OF = {
    QuorumOf.NUMBER: _("votes"),
    QuorumOf.PRESENT: _("percent of those present"),
    QuorumOf.ENTITLED: _("percent of those entitled"),
}
FRANCHISES = {
    Franchise.PERSONS: _("Every person has a vote"),
    Franchise.ORGANISATIONS: _("Every organisation has a vote"),
    Franchise.WEIGHTS: _("Organisations vote by weight"),
}
# Why somebody who is present has no vote.
NO_VOTE = {
    NoVote.UNIONS: _("You have no vote here: the unions that sit at this table vote."),
    NoVote.ORGANISATIONS: _(
        "You have no vote here: the organisations that sit at this table vote, by their delegates."
    ),
    NoVote.ACCREDITED: _(
        "You have no vote here: organisations that sit at this table vote, and persons admitted to "
        "it. Ask the facilitator to be admitted."
    ),
    NoVote.IDENTIFIED: _(
        "You have no vote here until you are identified: show a document of identity at the desk "
        "of the sitting, then load this page again."
    ),
    NoVote.IN_CHARGE: _(
        "You lead this table: you would vote only as the delegate of an organisation that sits at "
        "it."
    ),
    NoVote.NO_ORGANISATION: _("In this poll organisations vote, by those who came in for them."),
    NoVote.NO_SEAT: _("Your organisation has no seat from which it votes at this table."),
    NoVote.NO_WEIGHT: _("Your organisation is not among those that vote in this poll."),
    NoVote.ENDED: MANDATE_ENDED,
}
