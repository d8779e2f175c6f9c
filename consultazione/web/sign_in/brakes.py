"""What slows guessing down: every password that is tried passes here before it is verified.

Nobody is locked out. After a few wrong passwords the next one has to wait, longer each time:

- for one account from one address: who tries is slowed down, the owner elsewhere is not;
- for one account from wherever: a crowd of addresses has a hundred guesses a day together
  (NIST SP 800-63B-4, 3.2.2), but a browser in which the owner signed in before counts apart;
- for one address, whatever the accounts. Wrong passwords alone count: a hall behind one router
  signs in at once;
- for one person who confirms an act by password: apart from all the others.

What cannot be counted is not tried.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace

from flask import Flask, current_app
from redis import Redis
from redis.exceptions import RedisError

from consultazione.config import Settings
from consultazione.core import clock
from consultazione.core.errors import Invalid
from consultazione.core.incoming.email_address import fold_address
from consultazione.web.oversight.security_log import Kind, note
from consultazione.web.sender import sender_network
from consultazione.web.sign_in.delays import Counter, Delays, GrowingDelays
from consultazione.web.sign_in.known_browsers import know_browser, name_of_browser
from consultazione.web.sign_in.refusals import TooSoon, cannot_count

_MINUTE = 60.0
# One person who mistypes, at one account.
ONE_PERSON = Delays(free=4, first=2, most=20 * _MINUTE, forgets=20 * _MINUTE)
# All strangers at one account: 10 at once, about 10 while the delay grows, then 72 a day.
ALL_STRANGERS = Delays(free=10, first=2, most=20 * _MINUTE, forgets=20 * _MINUTE)
# One address at all accounts: a hall of 500 in which one in five mistypes is not slowed down.
ONE_ADDRESS = Delays(free=100, first=1, most=5 * _MINUTE, forgets=30)
# Right passwords of one account: no guessing, but each keeps a thread busy, and opens a sign-in.
RIGHT_ONES = Delays(free=20, first=1, most=_MINUTE, forgets=30)

_NAME = "sign-in brakes"
_ENABLED = "SIGN_IN_BRAKES"


@dataclass
class Attempt:
    """A password that is about to be tried.

    own: counters of the one who tries, forgotten once the password was right. shared: those
    of all who try, from which a right one is only taken back. late: the same, but counted
    when the password's turn to be verified comes: those who wait together and are right do
    not count against each other. right: counters of the right ones alone.
    """

    account: str
    own: list[Counter]
    shared: list[Counter] = field(default_factory=list)
    late: list[Counter] = field(default_factory=list)
    right: list[Counter] = field(default_factory=list)
    failed: Kind = Kind.SIGN_IN_FAILED
    delayed: Kind = Kind.SIGN_IN_DELAYED
    _counted: list[Counter] = field(default_factory=list)

    def begin(self) -> None:
        """Count the attempt; TooSoon if it has to wait."""
        if self.late or self.right:
            self._take([*self.late, *self.right], counting=False)
        self._take([*self.own, *self.shared])

    def at_the_front(self) -> None:
        """Count what is counted last, as the verification begins; TooSoon if it has to wait."""
        if self.late:
            self._take(self.late)

    def was_wrong(self) -> None:
        """All stays counted."""
        note(self.failed, account=self.account)

    def was_right(self) -> None:
        """Forget what the person mistyped before."""
        with suppress(RedisError):  # the attempt was right, and no counter may spoil it
            _delays().forget(self.own)
            _delays().take_back([c for c in self._counted if c not in self.own])
            _delays().take(self.right, clock.now())

    def was_not_tried(self) -> None:
        """Take everything back."""
        with suppress(RedisError):
            _delays().take_back(self._counted)

    def _take(self, counters: list[Counter], *, counting: bool = True) -> None:
        try:
            wait = _delays().take(counters, clock.now(), counting=counting)
        except RedisError as error:
            note(Kind.NOT_COUNTED, account=self.account)
            raise cannot_count() from error
        if wait:
            note(self.delayed, account=self.account, wait=wait)
            raise TooSoon.by(wait)
        if counting:
            self._counted.extend(counters)


def init(app: Flask, settings: Settings, redis: Redis) -> None:
    """Switch the brakes on. Tests of other things do without."""
    app.extensions[_NAME] = GrowingDelays(redis)
    app.config[_ENABLED] = not settings.testing


@contextmanager
def attempt_to_sign_in(email: str) -> Iterator[Attempt]:
    """Count an attempt to sign in, whether or not there is such an account.

    Inside, `at_the_front` is called before the password is verified; Invalid from inside means
    that it was wrong, no error that it was right: this browser is known from then on. Raises
    TooSoon, or CannotCount if nothing can be counted.
    """
    account = mark_of(email)
    browser = name_of_browser(account)
    if browser is not None:
        attempt = Attempt(account, [Counter(f"brake:browser:{browser}", ONE_PERSON)])
    else:
        attempt = _of_a_stranger(account, sender_network())
    attempt.right = [Counter(f"brake:right:{account}", RIGHT_ONES)]
    with _counted(attempt) as counted:
        yield counted
    know_browser(account)


@contextmanager
def attempt_to_confirm(person_id: int) -> Iterator[Attempt]:
    """Count an attempt of somebody signed in to confirm an act by password; as above."""
    name = f"brake:person:{person_id}"
    own = [Counter(name, ONE_PERSON)]
    attempt = Attempt(_pseudonym(name), own, failed=Kind.PROOF_FAILED, delayed=Kind.PROOF_DELAYED)
    with _counted(attempt) as counted:
        yield counted


@contextmanager
def attempt_second_step(person_id: int) -> Iterator[Attempt]:
    """Count an attempt at the second step of somebody whose password was right; as above.

    Who knows the password and guesses at codes waits, and all of them together have a hundred
    guesses a day; of a million codes three count at any moment.
    """
    name = f"{person_id}"
    attempt = Attempt(
        _pseudonym(f"second step {name}"),
        [Counter(f"brake:second:{name}:{sender_network()}", ONE_PERSON)],
        [Counter(f"brake:second:{name}", ALL_STRANGERS)],
        failed=Kind.SECOND_STEP_FAILED,
        delayed=Kind.SECOND_STEP_DELAYED,
    )
    with _counted(attempt) as counted:
        yield counted


@contextmanager
def _counted(attempt: Attempt) -> Iterator[Attempt]:
    if not current_app.config[_ENABLED]:
        attempt = replace(attempt, own=[], shared=[], late=[], right=[])
    attempt.begin()
    try:
        yield attempt
    except Invalid:
        attempt.was_wrong()
        raise
    except BaseException:
        attempt.was_not_tried()
        raise
    attempt.was_right()


def _of_a_stranger(account: str, network: str) -> Attempt:
    """An attempt from a browser in which nobody has signed in to the account before."""
    return Attempt(
        account,
        [Counter(f"brake:pair:{account}:{network}", ONE_PERSON)],
        [Counter(f"brake:account:{account}", ALL_STRANGERS)],
        [Counter(f"brake:address:{network}", ONE_ADDRESS)],
    )


def mark_of(email: str) -> str:
    """A name for an account that tells nobody its address; Invalid if it is no address."""
    return _pseudonym(fold_address(email))


def _pseudonym(name: str) -> str:
    """What stands for a name in counters and in the security log, and tells it to nobody."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, name.encode(), hashlib.sha256).hexdigest()[:24]


def _delays() -> GrowingDelays:
    found: GrowingDelays = current_app.extensions[_NAME]
    return found
