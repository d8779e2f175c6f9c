"""What a browser carries between the two steps: that the password of an account was right.

A word that the site has signed, good for ten minutes, bound to the password of that moment. It
opens nothing by itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from itsdangerous import BadData, URLSafeTimedSerializer

from consultazione.people.models import Person

GOOD_FOR = 600


@dataclass(frozen=True)
class FirstStep:
    """That somebody knew the password of an account. print: tells one password from another."""

    person_id: int
    print: str

    def holds_for(self, person: Person | None) -> bool:
        """True if it is that person's, and their password is still the one that was right."""
        return person is not None and self == first_step_of(person)


def first_step_of(person: Person) -> FirstStep:
    """The first step of a person whose password was right."""
    stored = person.password_hash or ""
    return FirstStep(person.id, hashlib.sha256(f"first step {stored}".encode()).hexdigest())


def word_of(step: FirstStep, keys: Sequence[str]) -> str:
    """The word that stands for it in the browser's cookie."""
    return str(_signer(keys).dumps([step.person_id, step.print]))


def step_in(word: str, keys: Sequence[str]) -> FirstStep | None:
    """The first step that a word stands for; None if it is none of ours, or too old."""
    try:
        person_id, printed = _signer(keys).loads(word, max_age=GOOD_FOR)
    except BadData:
        return None
    return FirstStep(int(person_id), str(printed))


def _signer(keys: Sequence[str]) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(list(keys), salt="first step")
