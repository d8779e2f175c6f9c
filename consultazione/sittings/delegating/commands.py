"""Commands that register and withdraw proxies."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import func, or_, select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, acting_person, may
from consultazione.people.confirming import needs_second_person
from consultazione.people.models import Mandate, Person
from consultazione.people.queries import Voice, find_person, person_by_email
from consultazione.people.separation import lock_person
from consultazione.sittings.attendance.roll import voices_at
from consultazione.sittings.delegating.queries import why_no_vote
from consultazione.sittings.events import attendance_stream
from consultazione.sittings.locking import lock_sitting, require_at, require_not_closed
from consultazione.sittings.models import Attendance, Sitting
from consultazione.sittings.polls.locking import lock_open_poll
from consultazione.sittings.proxies.events import ProxyGiven
from consultazione.sittings.proxies.models import Proxy, ProxyEnd
from consultazione.sittings.proxies.steps import end_proxy
from consultazione.tables.rules import rule_of

_OPEN_POLL = _("A poll is open: proxies change once it is closed.")
_NOT_YOURS = _("Only who gives the proxy, or the desk on their behalf, answers for it.")
NO_PROXIES = _("The rule of this table allows no proxies: whoever has a vote casts it themselves.")


def give_proxy(
    tx: Transaction, *, sitting_id: int, holder: str, written_act: str, giver: str = ""
) -> Proxy:
    """Register that somebody gives their vote in a sitting to another person; idempotent.

    holder, giver: the e-mail addresses of their accounts; without a giver it is the actor. Whoever
    runs the desk registers the written act of others, but not of a union, as with substitutes.
    Locks the sitting FOR UPDATE, then both persons. NotFound if there is no such sitting;
    NotAllowed for other actors; Conflict where the table's rule allows no proxies, while a poll
    is open, once the sitting is closed, and if the giver is there or has given their vote to
    another; Invalid on `giver` or `holder` for who has no vote, for what would be passed on, and
    for more proxies than a person may hold.
    """
    sitting = _sitting_in_hand(tx, sitting_id, Permission.GIVE_PROXY)
    most = rule_of(sitting.table.rule).proxies
    if not most:
        raise Conflict(NO_PROXIES)
    giving, holding = _parties(tx, sitting, giver, holder)
    voice = voices_at(tx.session, sitting, [giving.id], at=tx.now)[giving.id]
    _require_answering(tx, sitting, giving, voice)
    standing = _standing_of(tx, sitting.id, giving.id)
    if standing is not None and standing.holder_id == holding.id:
        return standing
    _check_giver(tx, sitting, giving, voice)
    if standing is not None:
        raise Conflict(_("This vote has been given to another person: withdraw that proxy first."))
    _check_holder(tx, sitting, holding, most)
    return _register(tx, sitting, giving, voice, holding, written_act)


def withdraw_proxy(tx: Transaction, *, proxy_id: int) -> Proxy:
    """Take back a proxy, as its giver, or as the desk on their behalf; idempotent.

    Locks the sitting FOR UPDATE, then the proxy. NotFound if there is none; NotAllowed for other
    actors; Conflict while a poll is open, or once the sitting is closed.
    """
    proxy = tx.session.get(Proxy, proxy_id)
    if proxy is None:
        raise NotFound(_("There is no such proxy."))
    sitting = _sitting_in_hand(tx, proxy.sitting_id, Permission.WITHDRAW_PROXY)
    _require_answering(tx, sitting, proxy.giver, Voice(proxy.mandate_id, proxy.category))
    tx.session.refresh(proxy, with_for_update=True)
    if proxy.ended_at is None:
        end_proxy(tx, proxy, ProxyEnd.WITHDRAWN)
    return proxy


def _sitting_in_hand(tx: Transaction, sitting_id: int, permission: Permission) -> Sitting:
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, permission, sitting)
    require_not_closed(sitting)
    if lock_open_poll(tx, sitting.id) is not None:
        raise Conflict(_OPEN_POLL)
    return sitting


def _parties(tx: Transaction, sitting: Sitting, giver: str, holder: str) -> tuple[Person, Person]:
    """The giver and the holder, both locked in the order of their ids.

    Addresses are looked up for the desk, and for who has a vote to give: nobody else learns here
    whether an address has an account.
    """
    own = tx.session.get_one(Person, acting_person(tx.actor))
    if not _runs_desk(tx, sitting):
        if giver and find_person(tx.session, giver) is not own:
            raise NotAllowed(_NOT_YOURS)
        _require_vote(tx, sitting, own.id, "giver")
    giving = person_by_email(tx.session, giver, field="giver") if giver else own
    holding = person_by_email(tx.session, holder, field="holder")
    if giving.id == holding.id:
        raise Invalid.at("holder", _("Nobody holds their own proxy: name another person."))
    for person_id in sorted((giving.id, holding.id)):
        lock_person(tx, person_id)
    return giving, holding


def _require_answering(tx: Transaction, sitting: Sitting, giving: Person, voice: Voice) -> None:
    """Raise NotAllowed unless the actor gives their own vote, or registers it at the desk."""
    if giving.id == acting_person(tx.actor):
        return
    mandate = None if voice.mandate_id is None else tx.session.get(Mandate, voice.mandate_id)
    if mandate is not None and needs_second_person(mandate.organisation):
        raise NotAllowed(_("Only the delegate of the union gives or withdraws its proxy."))
    if not _runs_desk(tx, sitting):
        raise NotAllowed(_NOT_YOURS)


def _runs_desk(tx: Transaction, sitting: Sitting) -> bool:
    table = sitting.table
    return may(tx.actor, Permission.RUN_DESK, zone_id=table.zone_id, table_id=table.id)


def _check_giver(tx: Transaction, sitting: Sitting, giving: Person, voice: Voice) -> None:
    _require_vote(tx, sitting, giving.id, "giver")
    if voice.mandate_id is not None and not _is_delegate(tx, voice.mandate_id, giving.id):
        raise Invalid.at(
            "giver",
            _("This person stands in for a delegate in this sitting: only the delegate gives the "
              "vote."),
        )  # fmt: skip
    if _is_there(tx, sitting.id, giving.id, voice.mandate_id):
        raise Conflict(
            _("Who gives the proxy, or somebody for their organisation, is in the sitting: they "
              "vote themselves.")
        )  # fmt: skip
    if _held_by(tx, sitting.id, giving.id):
        raise Invalid.at(
            "giver",
            _("This person holds proxies themselves, and what is held by proxy cannot be passed "
              "on: those who gave them have to withdraw them first."),
        )  # fmt: skip


def _check_holder(tx: Transaction, sitting: Sitting, holding: Person, most: int) -> None:
    _require_vote(tx, sitting, holding.id, "holder")
    if _standing_of(tx, sitting.id, holding.id) is not None:
        raise Invalid.at(
            "holder", _("This person has given their own vote to another: they cannot hold yours.")
        )
    if _held_by(tx, sitting.id, holding.id) >= most:
        raise Invalid.at(
            "holder",
            _("By the rule of this table a person holds at most %(most)s proxies, and this one "
              "does: name another person.", most=most),
        )  # fmt: skip


def _require_vote(tx: Transaction, sitting: Sitting, person_id: int, field: str) -> None:
    """Raise Invalid on a field unless a person votes by the table's rule."""
    refused = why_no_vote(tx.session, sitting, person_id, at=tx.now)
    if refused is not None:
        raise Invalid.at(field, refused)


def _is_delegate(tx: Transaction, mandate_id: int, person_id: int) -> bool:
    return tx.session.get_one(Mandate, mandate_id).person_id == person_id


def _is_there(tx: Transaction, sitting_id: int, person_id: int, mandate_id: int | None) -> bool:
    """Whether a person, or anybody for the organisation of their mandate, is in a sitting."""
    theirs = Attendance.person_id == person_id
    if mandate_id is not None:
        organisation = select(Mandate.organisation_id).where(Mandate.id == mandate_id)
        for_it = select(Mandate.id).where(Mandate.organisation_id.in_(organisation))
        theirs = or_(theirs, Attendance.mandate_id.in_(for_it))
    query = select(Attendance.id).filter_by(sitting_id=sitting_id, left_at=None).where(theirs)
    return tx.session.scalar(query.limit(1)) is not None


def _standing_of(tx: Transaction, sitting_id: int, giver_id: int) -> Proxy | None:
    query = select(Proxy).filter_by(sitting_id=sitting_id, giver_id=giver_id, ended_at=None)
    return tx.session.scalar(query)


def _held_by(tx: Transaction, sitting_id: int, holder_id: int) -> int:
    query = select(func.count(Proxy.id)).filter_by(
        sitting_id=sitting_id, holder_id=holder_id, ended_at=None
    )
    return tx.session.scalar(query) or 0


def _register(
    tx: Transaction,
    sitting: Sitting,
    giving: Person,
    voice: Voice,
    holding: Person,
    written_act: str,
) -> Proxy:
    organisation_id = _organisation_of(tx, sitting, voice)
    proxy = Proxy(
        sitting_id=sitting.id,
        giver_id=giving.id,
        mandate_id=voice.mandate_id,
        organisation_id=organisation_id,
        category=voice.category,
        holder_id=holding.id,
        written_act=written_act,
        given_at=tx.now,
        given_by=tx.actor.person_id,
    )
    tx.session.add(proxy)
    tx.flush()
    event = ProxyGiven(
        proxy_id=proxy.id,
        sitting_id=sitting.id,
        giver_id=giving.id,
        mandate_id=voice.mandate_id,
        organisation_id=organisation_id,
        category=voice.category,
        holder_id=holding.id,
        written_act=FreeText(written_act),
    )
    tx.record(attendance_stream(sitting.id), event)
    return proxy


def _organisation_of(tx: Transaction, sitting: Sitting, voice: Voice) -> int | None:
    """The organisation whose vote a delegate gives; Conflict if it has been given already."""
    if voice.mandate_id is None:
        return None
    mandate = tx.session.get_one(Mandate, voice.mandate_id)
    query = select(Proxy.id).filter_by(
        sitting_id=sitting.id, organisation_id=mandate.organisation_id, ended_at=None
    )
    if tx.session.scalar(query) is not None:
        raise Conflict(_("Another delegate has given the vote of this organisation."))
    return mandate.organisation_id
