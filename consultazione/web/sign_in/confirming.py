"""Confirming an act on a page by what the actor knows or has, before its transaction begins."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from consultazione.core.permissions import acting_person
from consultazione.web.request_db import actor, read
from consultazione.web.sign_in.brakes import attempt_to_confirm

_Known = TypeVar("_Known")
_Proof = TypeVar("_Proof")


def confirmed_by_actor(known_of: Callable[..., _Known], prove: Callable[..., _Proof]) -> _Proof:
    """The proof that whoever is signed in gives, slowed down by the brakes of sign-in.

    known_of: what it is held against, given a session and `person_id`. prove: makes it of that and
    of `at_the_front`, which it calls as the verification begins; its refusals pass. No connection
    is held meanwhile.
    """
    person_id = acting_person(actor())
    known = read(partial(known_of, person_id=person_id))
    with attempt_to_confirm(person_id) as attempt:
        return prove(known, at_the_front=attempt.at_the_front)
