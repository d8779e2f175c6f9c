"""Pages of amendments: all of a proposal, a new one, and what its author answers."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from consultazione.core.differences import Piece, word_diff
from consultazione.core.errors import NotAllowed, NotFound
from consultazione.proposals.amendments import labels
from consultazione.proposals.amendments.commands import (
    accept_amendment,
    propose_amendment,
    refuse_amendment,
    withdraw_amendment,
)
from consultazione.proposals.amendments.models import Part, ProposalAmendment
from consultazione.proposals.amendments.paragraphs import paragraphs
from consultazione.proposals.amendments.queries import amendments_of, get_amendment
from consultazione.proposals.amendments.schemas import AmendmentSchema
from consultazione.proposals.blueprint import pages
from consultazione.proposals.labels import PARTS
from consultazione.proposals.locking import is_settled
from consultazione.proposals.models import Proposal
from consultazione.proposals.queries import get_proposal
from consultazione.web import auth
from consultazione.web.fields import ReasonSchema
from consultazione.web.forms import Form, act
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter, reads_much
from consultazione.web.url_converters import sent_id


@pages.get("/proposte/<int:proposal_id>/emendamenti")
@reads_much()
def amendments(proposal_id: int) -> str:
    """The text of a proposal, paragraph by paragraph, and what was proposed to change in it."""
    proposal = get_proposal(snapshot(), proposal_id)
    found = amendments_of(snapshot(), proposal.id)
    return render_template(
        "proposals/amendments.html",
        proposal=proposal,
        parts=_parts(proposal),
        settled=is_settled(snapshot(), proposal.id),
        amendments=[(amendment, _changes(amendment)) for amendment in found],
        labels=labels,
        names=PARTS,
    )


@pages.route("/proposte/<int:proposal_id>/emendamenti/nuovo", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def amend(proposal_id: int) -> ResponseReturnValue:
    """Propose other words for the paragraph in the query string."""
    proposal = get_proposal(snapshot(), proposal_id)
    form = Form(AmendmentSchema(), _asked(proposal) if request.method == "GET" else None)
    amendment = form.perform(partial(propose_amendment, proposal_id=proposal_id))
    if amendment:
        flash(_("The amendment is published: the author decides on it."), "success")
        return _to(proposal_id, amendment.id)
    page = render_template(
        "proposals/amend.html", proposal=get_proposal(renew_snapshot(), proposal_id), form=form
    )
    return page, form.status


@pages.post("/emendamenti/<int:amendment_id>/accetta", endpoint="accept_amendment")
@limiter.limit(WRITING)
@auth.sign_in_required
def accept_button(amendment_id: int) -> Response:
    """Take an amendment over into one's own proposal, word for word."""
    amendment = get_amendment(snapshot(), amendment_id)
    command = partial(accept_amendment, amendment_id=amendment_id, version=sent_id("version") or 0)
    done = _("The text has the amendment now; the one before stays readable.")
    return act(command, done=done, to=_place(amendment.proposal_id, amendment_id))


@pages.route(
    "/emendamenti/<int:amendment_id>/rifiuta",
    endpoint="refuse_amendment",
    methods=["GET", "POST"],
)
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def refuse_amendment_form(amendment_id: int) -> ResponseReturnValue:
    """Leave one's own proposal as it is, with a public reason."""
    amendment = get_amendment(snapshot(), amendment_id)
    if amendment.proposal.author_id != actor().person_id:
        raise NotAllowed(_("Only the author decides on amendments."))
    form = Form(ReasonSchema())
    if form.perform(partial(refuse_amendment, amendment_id=amendment_id)):
        flash(_("The text stays as it is; your reason stands beside the amendment."), "success")
        return _to(amendment.proposal_id, amendment_id)
    amendment = get_amendment(renew_snapshot(), amendment_id)
    page = render_template(
        "proposals/refuse_amendment.html",
        amendment=amendment,
        proposal=get_proposal(snapshot(), amendment.proposal_id),
        pieces=_changes(amendment),
        form=form,
    )
    return page, form.status


@pages.post("/emendamenti/<int:amendment_id>/ritira", endpoint="withdraw_amendment")
@limiter.limit(WRITING)
@auth.sign_in_required
def withdraw_button(amendment_id: int) -> Response:
    """Take one's own amendment back."""
    amendment = get_amendment(snapshot(), amendment_id)
    command = partial(withdraw_amendment, amendment_id=amendment_id)
    done = _("Your amendment is taken back.")
    return act(command, done=done, to=_place(amendment.proposal_id, amendment_id))


def _asked(proposal: Proposal) -> dict[str, object]:
    """The paragraph that the query string names; NotFound if the text has none of that place."""
    part = request.args.get("parte", Part.BODY.value)
    number = request.args.get("paragrafo", "1")
    found = dict(_parts(proposal)).get(part, [])
    if not number.isdecimal() or not 1 <= int(number) <= len(found):
        raise NotFound(_("The text has no such paragraph."))
    old = found[int(number) - 1]
    return {"version": proposal.version, "part": part, "old": old, "new": old}


def _parts(proposal: Proposal) -> list[tuple[str, list[str]]]:
    """The paragraphs of each part of the text, by its name; parts that say nothing are left out."""
    found = [(part.value, paragraphs(getattr(proposal, part.value) or "")) for part in Part]
    return [(name, texts) for name, texts in found if texts]


def _changes(amendment: ProposalAmendment) -> list[Piece]:
    return word_diff(amendment.old, amendment.new)


def _place(proposal_id: int, amendment_id: int) -> str:
    anchor = f"emendamento-{amendment_id}"
    return url_for("proposals.amendments", proposal_id=proposal_id, _anchor=anchor)


def _to(proposal_id: int, amendment_id: int) -> Response:
    return redirect(_place(proposal_id, amendment_id))
