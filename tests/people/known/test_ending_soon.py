"""Delegates hear that their mandate ends: thirty days before and seven, each once."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from consultazione.core import clock
from consultazione.core.actor import SYSTEM
from consultazione.core.mail.outbox import Mail
from consultazione.people.mandates.commands import announce_end
from consultazione.people.mandates.ending_soon import ending_soon, unannounced
from consultazione.people.models import Mandate
from tests.support.factories import Factory

# How many days are left, and how many mails they have got by then.
DAYS = [(40, 0), (31, 0), (30, 1), (29, 1), (8, 1), (7, 2), (6, 2), (0, 2)]


@pytest.fixture
def mandate(make: Factory) -> Mandate:
    """One that ends in forty days."""
    ends_on = clock.today() + timedelta(days=40)
    return make.mandate(make.person(), make.organisation(), ends_on=ends_on)


def sweep(make: Factory) -> int:
    """A turn of the loop; how many mails are owed in all."""
    with make.session() as session:
        found = unannounced(session, at=clock.now(), today=clock.today())
    for one in found:
        with make.database.transaction(SYSTEM) as tx:
            announce_end(tx, mandate_id=one)
    with make.session() as session:
        return len(session.scalars(select(Mail).filter_by(kind="mandate_ending")).all())


def test_each_reminder_goes_once(make: Factory, mandate: Mandate) -> None:
    assert mandate.ends_on is not None
    begun = clock.now()
    for left, mails in DAYS:
        with time_machine.travel(begun + timedelta(days=40 - left), tick=False):
            assert [sweep(make), sweep(make)] == [mails, mails], left


def test_who_ends_within_thirty_days_is_asked_for_by_others_too(
    make: Factory, mandate: Mandate
) -> None:
    with make.session() as session:
        at, today = clock.now(), clock.today()
        assert ending_soon(session, at=at, today=today) == []
        at, today = at + timedelta(days=10), today + timedelta(days=10)
        assert [m.id for m in ending_soon(session, at=at, today=today)] == [mandate.id]
        mine = mandate.person_id
        assert ending_soon(session, at=at, today=today, person_id=mine + 1) == []
