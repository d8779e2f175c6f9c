"""Setting an app up: its secret travels with the page, sealed, until a code proves it.

So nothing is stored before, and an app that was not set up to the end leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _
from itsdangerous import BadData, URLSafeTimedSerializer

from consultazione.core import clock
from consultazione.core.errors import Invalid
from consultazione.people.second_step.codes import new_secret, step_of_code
from consultazione.people.second_step.sealing import seal, unseal

GOOD_FOR = 1800


@dataclass(frozen=True)
class NewApp:
    """An app of which a code was right. sealed: its secret; step: that of the code."""

    sealed: bytes = field(repr=False)
    step: int


@dataclass(frozen=True)
class Offer:
    """A secret that is being shown, and the word by which the form brings it back."""

    secret: str = field(repr=False)
    word: str


def offered(keys: Sequence[str], person_id: int, word: str = "") -> Offer:
    """The secret of a word for that person; a new one if the word is none, or too old."""
    secret = _secret_in(word, keys, person_id)
    if secret is not None:
        return Offer(secret, word)
    secret = new_secret()
    return Offer(secret, _signer(keys).dumps(seal(secret, person_id, keys[-1]).hex()))


def proved(word: str, typed: str, *, keys: Sequence[str], person_id: int) -> NewApp:
    """The app whose code was typed; Invalid on `code` if it is wrong, or the page too old."""
    secret = _secret_in(word, keys, person_id)
    if secret is None:
        raise Invalid.at("code", _("This page is too old: set the app up with the code below."))
    step = step_of_code(secret, typed, now=clock.now(), after=0)
    if step is None:
        raise Invalid.at(
            "code",
            _(
                "This code is not right: type the six digits that your app shows now. If they"
                " never fit, the clock of the telephone is wrong."
            ),
        )
    return NewApp(seal(secret, person_id, keys[-1]), step)


def _secret_in(word: str, keys: Sequence[str], person_id: int) -> str | None:
    try:
        sealed = bytes.fromhex(_signer(keys).loads(word, max_age=GOOD_FOR))
    except (BadData, ValueError, TypeError):
        return None
    return unseal(sealed, person_id, keys)


def _signer(keys: Sequence[str]) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(list(keys), salt="new app")
