"""The way to a union's answer: the form, what exactly it says, and then the password.

Nothing is stored before the password, so whoever sees in the summary what they did not mean goes
back with all that they typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Protocol

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core import clock
from consultazione.core.db import Transaction
from consultazione.core.permissions import acting_person
from consultazione.documents.signatures import METHODS
from consultazione.documents.signatures.base import Site
from consultazione.documents.signatures.proving import proved
from consultazione.documents.signatures.ways import Way, own_ways
from consultazione.outcomes import labels
from consultazione.outcomes.blueprint import pages
from consultazione.outcomes.commands.answering import (
    Otherwise,
    Signature,
    decline_outcome,
    sign_outcome,
    sign_outcome_with_note,
)
from consultazione.outcomes.models import Answer, Party
from consultazione.outcomes.page_views import outcome_page
from consultazione.outcomes.queries import answerable, get_outcome
from consultazione.outcomes.schemas import answer_schema
from consultazione.people.queries import valid_mandates
from consultazione.web import auth
from consultazione.web.forms import Form, told_apart
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.sign_in.signing import on_this_page
from consultazione.web.sign_in.site_keys import signing_site


class _Command(Protocol):
    def __call__(
        self, tx: Transaction, *, signature: Signature, note: str, otherwise: Sequence[Otherwise]
    ) -> Party: ...


def _sign(tx: Transaction, *, note: str, **given: Any) -> Party:
    return sign_outcome(tx, **given)


def _decline(tx: Transaction, *, note: str, **given: Any) -> Party:
    return decline_outcome(tx, reason=note, **given)


# What is sent anew each time that a form is.
_ONCE = frozenset({"password", "method", "challenge", "assertion", "code", "file"})
_COMMANDS: dict[Answer, _Command] = {
    Answer.SIGNED: _sign,
    Answer.SIGNED_WITH_NOTE: sign_outcome_with_note,
    Answer.DECLINED: _decline,
}


@pages.post("/esiti/<int:outcome_id>/riepilogo")
@limiter.limit(WRITING)
@auth.sign_in_required
def summary(outcome_id: int) -> ResponseReturnValue:
    """What an answer would say, word by word, before it is signed; or the form again."""
    form = Form(answer_schema(_items(outcome_id), signed=False))
    if "change" in request.form:
        return outcome_page(outcome_id, form)
    return _summary(outcome_id, form) or outcome_page(outcome_id, form)


@pages.post("/esiti/<int:outcome_id>/risposta", endpoint="answer")
@limiter.limit(WRITING)
@auth.sign_in_required
def answer_form(outcome_id: int) -> ResponseReturnValue:
    """Answer an outcome for a union."""
    items = _items(outcome_id)
    form = Form(answer_schema(items, signed=True))
    if form.perform(partial(_answer, outcome_id=outcome_id), before=on_this_page(proved)):
        flash(_("The answer of your organisation is on the record."), "success")
        return redirect(url_for("outcomes.show", outcome_id=outcome_id))
    unsigned = Form(answer_schema(items, signed=False))
    return _summary(outcome_id, unsigned, refused=form) or outcome_page(outcome_id, form)


def _items(outcome_id: int) -> list[int]:
    return [item.id for item in get_outcome(snapshot(), outcome_id).items]


def _summary(
    outcome_id: int, form: Form, *, refused: Form | None = None
) -> ResponseReturnValue | None:
    """The page of the summary; None if the answer is not in order, or not the reader's to give.

    refused: the form with the password, if it was refused.
    """
    data, session = form.read(), renew_snapshot()
    outcome = get_outcome(session, outcome_id)
    if data is None or data["digest"] != outcome.digest:
        return None
    person_id = acting_person(actor())
    owed = {p.organisation_id: p for p in answerable(session, outcome, person_id, at=clock.now())}
    union = data["organisation_id"]
    if union not in owed:
        return None
    mandates = valid_mandates(session, person_id, at=clock.now())
    shown = refused or form
    page = render_template(
        "outcomes/summary.html",
        outcome=outcome,
        party=owed[union],
        mandate=next(m for m in mandates if m.organisation_id == union),
        given=data,
        single={one.item_id: one for one in data["otherwise"]},
        kept={name: form.values[name] for name in form.values if name not in _ONCE},
        form=shown,
        forms=told_apart(shown, "method", Way),
        methods=METHODS,
        labels=labels,
        **own_ways(session, person_id, outcome.digest, Site(**signing_site())),
    )
    return page, shown.status, shown.headers


def _answer(
    tx: Transaction,
    *,
    outcome_id: int,
    answer: Answer,
    note: str,
    otherwise: Sequence[Otherwise],
    **over: Any,
) -> Party:
    """Run the command for the chosen answer; `over` is the rest of the signature."""
    signature = Signature(outcome_id=outcome_id, **over)
    return _COMMANDS[answer](tx, signature=signature, note=note, otherwise=otherwise)
