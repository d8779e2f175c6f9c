"""Corrections of a draft: the form that asks for one, and what the writers decide."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import Schema

from consultazione.core import clock
from consultazione.core.errors import NotFound
from consultazione.minutes.blueprint import pages
from consultazione.minutes.commands.circulating import circulate_minutes, recall_minutes
from consultazione.minutes.commands.corrections import ask_correction, withdraw_correction
from consultazione.minutes.commands.deciding import (
    accept_correction,
    answer_correction,
    reconsider_correction,
    refuse_correction,
)
from consultazione.minutes.corrections.pieces import text_of
from consultazione.minutes.corrections.window import require_may_ask, require_open
from consultazione.minutes.models import Minutes, MinutesCorrection, Piece
from consultazione.minutes.queries import readable_minutes
from consultazione.minutes.schemas import AnswerSchema, ApprovalSchema, CorrectionSchema
from consultazione.minutes.text_views import require_editor
from consultazione.sittings.schemas import ReasonSchema
from consultazione.web import auth
from consultazione.web.forms import Form, act
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter

# What decides a request beside accepting it: of a text, and of facts.
_DECIDED: dict[bool, tuple[type[Schema], Callable[..., object]]] = {
    False: (ReasonSchema, refuse_correction),
    True: (AnswerSchema, answer_correction),
}
_NAMED = re.compile(r"(note|gist|conclusion|fact)-([0-9]{1,18})")


@pages.post("/verbali/<int:minutes_id>/circola", endpoint="circulate")
@limiter.limit(WRITING)
@auth.sign_in_required
def circulate_button(minutes_id: int) -> ResponseReturnValue:
    """Put the draft before those who were at the sitting."""
    form = Form(ApprovalSchema())
    if form.perform(partial(circulate_minutes, minutes_id=minutes_id)):
        flash(_("The draft is before those who were at the sitting."), "success")
    else:
        for said in form.errors.values():
            flash(" ".join(map(str, said)), "danger")
    return redirect(_page(minutes_id))


@pages.post("/verbali/<int:minutes_id>/riprendi", endpoint="recall")
@limiter.limit(WRITING)
@auth.sign_in_required
def recall_button(minutes_id: int) -> ResponseReturnValue:
    """Take the draft back, to change it."""
    command = partial(recall_minutes, minutes_id=minutes_id)
    return act(command, done=_("The draft can be changed again."), to=_page(minutes_id))


@pages.route("/verbali/<int:minutes_id>/rettifiche/nuova", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def correction(minutes_id: int) -> ResponseReturnValue:
    """Ask that words of the draft be others; `pezzo` in the query string says of which text."""
    minutes = _asked_of(minutes_id)
    piece, subject_id = _asked_piece()
    text = text_of(snapshot(), minutes, piece, subject_id)
    form = Form(CorrectionSchema())
    command = partial(ask_correction, minutes_id=minutes_id, piece=piece, subject_id=subject_id)
    if form.perform(command):
        flash(_("Your request is with those who write the minutes."), "success")
        return redirect(f"{_page(minutes_id)}#rettifiche", 303)
    page = render_template(
        "minutes/correction.html",
        form=form,
        minutes=minutes,
        text=text,
        piece=piece,
        subject_id=subject_id,
    )
    return page, form.status


@pages.post("/rettifiche/<int:correction_id>/accogli", endpoint="accept_correction")
@limiter.limit(WRITING)
@auth.sign_in_required
def accept_button(correction_id: int) -> ResponseReturnValue:
    """Let the words that were asked for enter the text."""
    command = partial(accept_correction, correction_id=correction_id)
    done = _("The correction is accepted: its words stand in the text.")
    return act(command, done=done, to=_requests(correction_id))


@pages.post("/rettifiche/<int:correction_id>/ritira", endpoint="withdraw_correction")
@limiter.limit(WRITING)
@auth.sign_in_required
def withdraw_button(correction_id: int) -> ResponseReturnValue:
    """Take one's own request back."""
    command = partial(withdraw_correction, correction_id=correction_id)
    return act(command, done=_("Your request is taken back."), to=_requests(correction_id))


@pages.post("/rettifiche/<int:correction_id>/riapri", endpoint="reconsider_correction")
@limiter.limit(WRITING)
@auth.sign_in_required
def reconsider_button(correction_id: int) -> ResponseReturnValue:
    """Take a decision back."""
    command = partial(reconsider_correction, correction_id=correction_id)
    return act(command, done=_("The request is open again."), to=_requests(correction_id))


@pages.route("/rettifiche/<int:correction_id>/rispondi", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def decide(correction_id: int) -> ResponseReturnValue:
    """Refuse a request with a reason, or answer one about the facts."""
    asked = _to_decide(correction_id)
    schema, command = _DECIDED[asked.piece is Piece.FACT]
    form = Form(schema())
    if form.perform(partial(command, correction_id=correction_id)):
        flash(_("The request is answered."), "success")
        return redirect(_requests(correction_id), 303)
    page = render_template("minutes/decide.html", form=form, minutes=asked.minutes, asked=asked)
    return page, form.status


def _asked_of(minutes_id: int) -> Minutes:
    """Minutes of which the reader can ask corrections now."""
    minutes = readable_minutes(snapshot(), minutes_id, actor())
    require_may_ask(snapshot(), minutes, actor(), clock.today())
    return minutes


def _to_decide(correction_id: int) -> MinutesCorrection:
    """A request that the reader decides."""
    asked = _correction(correction_id)
    require_editor(asked.minutes.sitting)
    require_open(asked)
    return asked


def _asked_piece() -> tuple[Piece, int]:
    found = _NAMED.fullmatch(request.args.get("pezzo", ""))
    if found is None:
        raise NotFound(_("The draft has no such text any more."))
    return Piece(found[1]), int(found[2])


def _correction(correction_id: int) -> MinutesCorrection:
    """A request on a draft that the reader may read; NotFound otherwise."""
    asked = snapshot().get(MinutesCorrection, correction_id)
    if asked is None:
        raise NotFound(_("There is no such request."))
    readable_minutes(snapshot(), asked.minutes_id, actor())
    return asked


def _requests(correction_id: int) -> str:
    return f"{_page(_correction(correction_id).minutes_id)}#rettifiche"


def _page(minutes_id: int) -> str:
    return url_for("minutes.show", minutes_id=minutes_id)
