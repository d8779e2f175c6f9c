"""Pages of co-signers: whom the author invites, and what they answer."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from consultazione.core.db import Transaction
from consultazione.core.errors import NotAllowed
from consultazione.people.queries import organisations
from consultazione.proposals.blueprint import pages
from consultazione.proposals.cosigners import labels
from consultazione.proposals.cosigners.commands import (
    decline_to_sign,
    invite_cosigner,
    sign_with_author,
    withdraw_cosigning,
)
from consultazione.proposals.cosigners.queries import get_cosigner, known_to_author
from consultazione.proposals.cosigners.schemas import InvitationSchema
from consultazione.proposals.queries import get_proposal
from consultazione.web import auth
from consultazione.web.forms import Form, act
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter


@pages.route("/proposte/<int:proposal_id>/cofirme", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def cosigners(proposal_id: int) -> ResponseReturnValue:
    """Whom the author has invited to sign, and the form that invites another."""
    proposal = get_proposal(snapshot(), proposal_id)
    if proposal.author_id != actor().person_id:
        raise NotAllowed(_("Only the author invites others to sign a proposal."))
    form = Form(InvitationSchema())
    if form.perform(partial(_invited, proposal_id)):
        flash(_("If they have an account here, they find the invitation on their home page."),
              "success")  # fmt: skip
        return redirect(url_for("proposals.cosigners", proposal_id=proposal_id))
    register = organisations(renew_snapshot(), proposal.table.zone_id, standing=True)
    page = render_template(
        "proposals/cosigners.html",
        proposal=get_proposal(snapshot(), proposal_id),
        cosigners=known_to_author(snapshot(), proposal_id),
        register=[(one.id, one.name) for one in register],
        labels=labels,
        form=form,
    )
    return page, form.status


@pages.post("/cofirme/<int:cosigner_id>/firma", endpoint="sign_with_author")
@limiter.limit(WRITING)
@auth.sign_in_required
def sign_button(cosigner_id: int) -> Response:
    """Sign a proposal together with its author."""
    command = partial(sign_with_author, cosigner_id=cosigner_id)
    return act(command, done=_("You have signed this proposal."), to=_page(cosigner_id))


@pages.post("/cofirme/<int:cosigner_id>/rifiuta", endpoint="decline_to_sign")
@limiter.limit(WRITING)
@auth.sign_in_required
def decline_button(cosigner_id: int) -> Response:
    """Decline an invitation."""
    command = partial(decline_to_sign, cosigner_id=cosigner_id)
    return act(command, done=_("The author reads that you do not sign."), to=_page(cosigner_id))


@pages.post("/cofirme/<int:cosigner_id>/ritira", endpoint="withdraw_cosigning")
@limiter.limit(WRITING)
@auth.sign_in_required
def withdraw_signature_button(cosigner_id: int) -> Response:
    """Take one's signature back."""
    command = partial(withdraw_cosigning, cosigner_id=cosigner_id)
    return act(command, done=_("Your signature is taken back."), to=_page(cosigner_id))


def _invited(proposal_id: int, tx: Transaction, **who: Any) -> bool:
    invite_cosigner(tx, proposal_id=proposal_id, **who)
    return True


def _page(cosigner_id: int) -> str:
    proposal_id = get_cosigner(snapshot(), cosigner_id).proposal_id
    return url_for("proposals.show", proposal_id=proposal_id)
