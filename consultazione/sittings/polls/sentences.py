"""Sentences about polls: the lines of a tally, the grounds of a result, why one was annulled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from consultazione.sittings.polls.labels import ANNULLED, CHOICES, GROUNDS, NO_VOTE, TALLIES
from consultazione.sittings.polls.models import AnnulReason
from consultazione.sittings.polls.open_votes.said import said
from consultazione.sittings.polls.rules import Effect, Franchise
from consultazione.sittings.polls.tally_keys import Key, headline
from consultazione.sittings.polls.voters.entitlement import NoVote


def key_name(key: Key, options: Sequence[str]) -> str:
    """Return the label of a tally's key; for an option, its text."""
    if key.word:
        return str(TALLIES.get(key.word, key.word))
    label = options[key.option - 1] if key.option <= len(options) else str(key.option)
    return f"{label} ({key.grade})" if key.grade else label


def grounds_of(result: Mapping[str, Any], options: Sequence[str]) -> str:
    """Return a sentence saying why a poll carried or not, with its numbers and winners."""
    winners = [key_name(Key(0, "", rank, 0), options) for rank in result.get("winners") or ()]
    sentence = str(GROUNDS.get(result["grounds"], result["grounds"]))
    return sentence.format(**(result.get("numbers") or {}), winners=", ".join(winners)).strip()


def no_vote_sentence(poll: Mapping[str, Any], mine: Mapping[str, Any]) -> str:
    """Return why a reader has no vote in a poll; "" if they have one or are not present.

    poll: as in the room's snapshot. mine: the reader's private part of it.
    """
    standing = mine.get("standing")
    if standing is None:
        return ""
    persons = poll["rules"]["franchise"] == Franchise.PERSONS
    asked = "opinion" if poll["effect"] == Effect.CONSULTATIVE else "persons"
    reason = standing[asked if persons else "organisations"]
    entitled = poll["organisations"] or {}
    if not persons and reason is None and str(standing["organisation_id"]) not in entitled:
        reason = NoVote.NO_WEIGHT
    return str(NO_VOTE[NoVote(reason)]) if reason else ""


def held_for(poll: Mapping[str, Any], mine: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the proxies by which a reader votes in a poll; poll, mine: as in `no_vote_sentence`.

    `static/sittings/entitled.js` has its counterpart in the browser.
    """
    held = list(mine.get("proxies") or [])
    if poll["rules"]["franchise"] == Franchise.PERSONS:
        return held
    entitled = poll["organisations"] or {}
    return [proxy for proxy in held if str(proxy["organisation_id"]) in entitled]


def can_vote(poll: Mapping[str, Any], mine: Mapping[str, Any]) -> bool:
    """Whether a reader may cast or change a vote in a poll; poll, mine: as in `no_vote_sentence`.

    One press casts all their votes, so those by proxy count only for who has none of their own.
    """
    own, barred, held = str(poll["id"]), no_vote_sentence(poll, mine), held_for(poll, mine)
    by_proxy = bool(barred) and any(own in proxy["ballots"] for proxy in held)
    if own in mine["ballots"] or by_proxy:
        return bool(poll["rules"]["changeable"])
    return not barred or bool(held)


def counts_of(tally: Mapping[str, int], options: Sequence[str]) -> list[tuple[str, int]]:
    """Return label and count of the lines of a tally that say how a poll ended."""
    return [(key_name(key, options), count) for key, count in headline(tally)]


def annulment_of(reason: AnnulReason | str | None, explanation: str | None) -> str:
    """Return a sentence saying why a poll was annulled, in the chair's words where it was them."""
    sentence = str(ANNULLED[AnnulReason(reason)]) if reason else ""
    return sentence.format(explanation=explanation or "")


def choice_of(choice: str, options: Sequence[str]) -> str:
    """Return a choice in the words of a tally."""
    return said(choice, options, TALLIES)


def own_choice_of(choice: str, options: Sequence[str]) -> str:
    """Return a choice in the words of a ballot, for whoever chose it."""
    return said(choice, options, CHOICES)


def verdict_word(poll: Mapping[str, Any]) -> str:
    """Return the word for how a closed poll ended: the name of a sentence of the chronicle.

    Only what is put to approval is carried or not. A poll that chooses among options says what
    was chosen, and an opinion poll decides nothing.
    """
    if poll["effect"] == Effect.CONSULTATIVE:
        return "consulted"
    word = "chosen" if poll["options"] else "carried"
    return word if poll["carried"] else f"not_{word}"
