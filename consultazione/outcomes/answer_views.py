"""The way to a union's answer: the form, what exactly it says, and then the password.

Nothing is stored before the password, so whoever sees in the summary what they did not mean goes
back with all that they typed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Protocol

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from consultazione.config import Settings
from consultazione.core import clock
from consultazione.core.db import Transaction
from consultazione.core.permissions import acting_person
from consultazione.documents.signatures import METHODS
from consultazione.documents.signatures.base import Given, Site
from consultazione.documents.signatures.cades import Cades
from consultazione.documents.signatures.pades import Pades
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
from consultazione.outcomes.schemas import Way, answer_schema
from consultazione.people.passkeys.ceremony import options_to_use
from consultazione.people.passkeys.challenges import new_word
from consultazione.people.passkeys.queries import known_passkeys
from consultazione.people.queries import valid_mandates
from consultazione.web import auth
from consultazione.web.current_zone import current_zone
from consultazione.web.files.stored import sent_content
from consultazione.web.forms import Form
from consultazione.web.request_db import actor, read, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.sign_in.brakes import attempt_to_confirm
from consultazione.web.sign_in.site_keys import origin, site_keys


class _Command(Protocol):
    def __call__(
        self, tx: Transaction, *, signature: Signature, note: str, otherwise: Sequence[Otherwise]
    ) -> Party: ...


def _sign(tx: Transaction, *, note: str, **given: Any) -> Party:
    return sign_outcome(tx, **given)


def _decline(tx: Transaction, *, note: str, **given: Any) -> Party:
    return decline_outcome(tx, reason=note, **given)


# What is sent anew each time that a form is.
_ONCE = frozenset({"password", "method", "challenge", "assertion", "file"})
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
    if form.perform(partial(_answer, outcome_id=outcome_id), before=_proved):
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
        forms={way.value: _of_way(shown, way) for way in Way},
        methods=METHODS,
        labels=labels,
        **_passkey_options(session, person_id, outcome.digest),
    )
    return page, shown.status, shown.headers


def _of_way(form: Form, way: Way) -> Form:
    """What the form of one way to sign shows: the refusal, if it was that one that was sent."""
    is_sent = form.values.get("method", Way.PASSWORD.value) == way.value
    return form if is_sent else Form(form.schema)


def _passkey_options(session: Session, person_id: int, digest: str) -> dict[str, str]:
    """What the browser needs to sign with a passkey; nothing if the person has none."""
    known = known_passkeys(session, person_id)
    if not known:
        return {}
    word = new_word(site_keys(), digest)
    return {"word": word, "options": options_to_use(word, known, origin=origin())}


def _proved(*, digest: str, method: Way, **rest: Any) -> Mapping[str, object]:
    """The fields of an answer, with the proof of who gives it in place of what proves it."""
    given = Given(
        file=sent_content() if method is Way.FILE else b"",
        site=_site(),
        **{name: rest.pop(name) for name in ("password", "challenge", "assertion")},
    )
    name = _file_method(given.file) if method is Way.FILE else method.value
    way, person_id = METHODS[name], acting_person(actor())
    found = read(partial(way.found, person_id=person_id, digest=digest))
    with attempt_to_confirm(person_id) as attempt:
        proof = way.prove(found, given, digest=digest, at_the_front=attempt.at_the_front)
    return {**rest, "digest": digest, "proof": proof, "method": name}


def _file_method(content: bytes) -> str:
    """The way to sign that a file is for, as its first bytes say."""
    return Pades.name if content.lstrip()[:5] == b"%PDF-" else Cades.name


def _site() -> Site:
    settings: Settings = current_app.extensions["settings"]
    return Site(
        origin=origin(), keys=site_keys(), trust=settings.trust_dir, zone=current_zone().slug
    )


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
