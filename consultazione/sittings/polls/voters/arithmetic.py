"""The electorate, base and arithmetic of a closed poll, in one sentence for whoever shows it.

Page, room, projector, minutes, PDF and REST ask here. `static/sittings/arithmetic.js` is the
counterpart in the browser, with the same words; `tests/parity/arithmetic.json` tests both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from flask_babel import ngettext

from consultazione.sittings.polls.rules import Effect, Franchise

# The parts of the sentence, each in the grammatical number of the first of its numbers.
_WORDS: Mapping[str, Callable[[int], str]] = {
    "nobody": lambda n: ngettext(
        "Nobody has voted; entitled: {entitled}; present: {electorate}.",
        "Nobody has voted; entitled: {entitled}; present: {electorate}.",
        n,
    ),
    "organisations": lambda n: ngettext(
        "{cast} organisation has voted; entitled: {entitled}; present: {electorate}.",
        "{cast} of the {entitled} organisations entitled have voted; present: {electorate}.",
        n,
    ),
    "weights": lambda n: ngettext(
        "{cast} vote was cast of the {entitled} of all organisations entitled; those present had "
        "{electorate}.",
        "{cast} votes were cast of the {entitled} of all organisations entitled; those present had "
        "{electorate}.",
        n,
    ),
    "persons": lambda n: ngettext(
        "{cast} person has voted; entitled: {entitled}; present: {electorate}.",
        "{cast} of the {entitled} persons entitled have voted; present: {electorate}.",
        n,
    ),
    "present": lambda n: ngettext(
        "{cast} person has voted; present with a vote: {electorate}.",
        "{cast} of the {electorate} persons present with a vote have voted.",
        n,
    ),
    "unregistered": lambda n: ngettext(
        "Of those present, {unregistered} was counted in the hall without being registered.",
        "Of those present, {unregistered} were counted in the hall without being registered.",
        n,
    ),
    "represented": lambda n: ngettext(
        "Of the votes present, {represented} was held by proxy.",
        "Of the votes present, {represented} were held by proxy.",
        n,
    ),
    "quorum": lambda n: ngettext(
        "For the vote to be valid, {quorum_votes} vote was needed.",
        "For the vote to be valid, {quorum_votes} votes were needed.",
        n,
    ),
    "needed": lambda n: ngettext(
        "To pass, {needed} vote of {needed_of} was needed.",
        "To pass, {needed} votes of {needed_of} were needed.",
        n,
    ),
    "chosen": lambda n: ngettext(
        "To be chosen, an option needed {needed} vote of {needed_of}.",
        "To be chosen, an option needed {needed} votes of {needed_of}.",
        n,
    ),
}
# By which number of the poll each part is in the singular or the plural.
_NUMBERS = {
    "unregistered": "unregistered",
    "represented": "represented",
    "quorum": "quorum_votes",
    "needed": "needed",
}


def arithmetic(poll: Mapping[str, Any]) -> str:
    """Return the electorate, base and arithmetic of a closed poll, as sentences.

    poll: rules, effect, options and result of a poll, as in the room's snapshot; what polls of
    before lack is left out.
    """
    return " ".join(
        _WORDS[word](int(poll.get(_number(word)) or 0)).format_map(poll) for word in _parts(poll)
    )


def arithmetic_words() -> dict[str, str]:
    """The sentences for the browser: in the plural by their word, in the singular with `_one`."""
    plural = {word: of(2) for word, of in _WORDS.items()}
    return plural | {f"{word}_one": of(1) for word, of in _WORDS.items()}


def _number(word: str) -> str:
    return "needed" if word == "chosen" else _NUMBERS.get(word, "cast")


def _parts(poll: Mapping[str, Any]) -> Iterator[str]:
    yield _base(poll)
    if poll.get("unregistered"):
        yield "unregistered"
    if poll.get("represented"):
        yield "represented"
    if poll["effect"] == Effect.CONSULTATIVE:
        return
    if poll.get("quorum_votes"):
        yield "quorum"
    if poll.get("needed") is not None:
        yield "chosen" if poll["options"] else "needed"


def _base(poll: Mapping[str, Any]) -> str:
    franchise = Franchise(poll["rules"]["franchise"])
    if not poll["cast"]:
        return "nobody"
    if franchise is not Franchise.PERSONS:
        return franchise.value
    listed = (poll.get("entitled") or 0) > (poll.get("electorate") or 0)
    return "persons" if listed else "present"
