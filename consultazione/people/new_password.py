"""Choosing a password: its rules, and the only way to a hash that commands store."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Invalid, Sentence
from consultazione.people.passwords import hash_password

LEAST_PASSWORD = 10


@dataclass(frozen=True)
class NewPassword:
    """A password that keeps the rules, hashed; made by `choose_password` alone."""

    password_hash: str = field(repr=False)


def choose_password(
    password: str, *, display_name: str, email: str, field: str = "password"
) -> NewPassword:
    """Check a password for a person and hash it; Invalid, at `field`, if it is too weak.

    Call it while holding no connection: see `passwords`.
    """
    check_password(password, display_name, email, field=field)
    return NewPassword(hash_password(password))


def check_password(
    password: str, display_name: str, email: str, *, field: str = "password"
) -> None:
    """Check the length, and that it is not the person's name (NIST SP 800-63B, 5.1.1.2)."""
    own = {display_name.casefold(), email.casefold(), email.casefold().partition("@")[0]}
    if len(password) < LEAST_PASSWORD:
        problem: Sentence = _("Use at least %(least)s characters.", least=LEAST_PASSWORD)
    elif password.casefold() in own or len(set(password)) < 4:
        problem = _("Choose a password that is harder to guess.")
    else:
        return
    raise Invalid.at(field, problem)
