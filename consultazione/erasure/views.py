"""Pages of erasures: the orders of a zone, and carrying out one in two steps."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.errors import Refusal
from consultazione.core.permissions import Permission
from consultazione.erasure import labels
from consultazione.erasure.blueprint import pages
from consultazione.erasure.commands import ERASING, Act, erase_by_order
from consultazione.erasure.finding import Place, fingerprint
from consultazione.erasure.models import ErasureOrder
from consultazione.erasure.queries import orders, upcoming_number
from consultazione.erasure.schemas import OrderSchema, SoughtSchema
from consultazione.erasure.sought import Sought, passages_of, places_of
from consultazione.people.credentials.identity_proof import credentials_of, proving
from consultazione.web import auth
from consultazione.web.current_zone import current_zone
from consultazione.web.files import stored as files
from consultazione.web.forms import Form
from consultazione.web.paging import paged
from consultazione.web.request_db import snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.sign_in.confirming import confirmed_by_actor
from consultazione.web.url_converters import asked_id

_A_PAGE = 50
_PRIVATE = {"Cache-Control": "no-store"}


@pages.get("/")
@auth.permission_required(Permission.ERASE_BY_ORDER)
def index() -> str:
    """The orders of the zone that were carried out, without anything of what they erased."""
    before = asked_id("dopo") or 0
    rows = orders(snapshot(), current_zone().id, before=before, limit=_A_PAGE + 1)
    shown, last = paged(rows, _A_PAGE)
    return render_template(
        "erasure/index.html",
        orders=shown,
        grounds=labels.GROUNDS,
        next_url=url_for("erasure.index", dopo=last.number) if last else None,
    )


@pages.route("/nuova", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.ERASE_BY_ORDER)
def new() -> ResponseReturnValue:
    """What is to go; and, once that is sent, every place in which it stands."""
    return _found(Form(SoughtSchema()), Form(OrderSchema()))


@pages.post("/esegui")
@limiter.limit(WRITING)
@auth.permission_required(Permission.ERASE_BY_ORDER)
def carry_out() -> ResponseReturnValue:
    """Carry out an order on the places that were chosen."""
    form = Form(OrderSchema())
    order = form.perform(partial(_erase, zone_id=current_zone().id), before=_proved)
    if order is None:
        return _found(Form(SoughtSchema()), form)
    flash(_("The order is carried out, and is no. %(number)s.", number=order.number), "success")
    return redirect(url_for("erasure.index"))


def _found(form: Form, order: Form) -> ResponseReturnValue:
    """The preview of what a form looks for, with that of the order; else the form again."""
    data = form.read()
    if data is not None:
        try:
            return _preview(order, Sought(**data))
        except Refusal as refusal:
            form.refuse(refusal)
    return render_template("erasure/new.html", form=form), form.status, _PRIVATE


def _preview(form: Form, sought: Sought) -> ResponseReturnValue:
    """Every place that would lose the words, with the form that orders it."""
    session, zone_id = snapshot(), current_zone().id
    number = upcoming_number(session, zone_id)
    passages = passages_of(session, zone_id, sought, number=number)
    places = places_of(session, zone_id, sought, passages)
    form.values = {"places": [place.key for place in places], **_kept(form)}
    page = render_template(
        "erasure/preview.html",
        form=form,
        sought=sought,
        seen=fingerprint(places),
        places=[(place.key, _told(place)) for place in places],
        grounds=[(ground.value, name) for ground, name in labels.GROUNDS.items()],
    )
    return page, form.status, _PRIVATE


def _kept(form: Form) -> Mapping[str, Any]:
    """What was typed about the act; not the password, nor what the page finds out anew."""
    return {
        name: form.values[name]
        for name in ("ground", "reference", "decided_on", "asked_on")
        if name in form.values
    }


def _told(place: Place) -> str:
    return f"{labels.place_name(place)} ({labels.what_happens(place)})"


def _proved(*, password: str, **rest: Any) -> Mapping[str, object]:
    """The fields, with the proof of who gives the order in place of the password."""
    return {
        **rest,
        "proof": confirmed_by_actor(credentials_of, proving(password, purpose=ERASING)),
    }


def _erase(
    tx: Any,
    *,
    zone_id: int,
    passages: str,
    entry: str,
    person_id: int | None,
    file: str,
    places: list[str],
    seen: str,
    proof: Any,
    **act: Any,
) -> ErasureOrder:
    return erase_by_order(
        tx,
        zone_id=zone_id,
        act=Act(**act),
        sought=Sought(passages, entry, person_id, file),
        seen=seen,
        chosen=places,
        proof=proof,
        uploads=files.directory(),
    )
