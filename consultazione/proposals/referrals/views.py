"""Pages of referrals: forwarding a proposal to a body, its reply, and the zone's list of bodies."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from consultazione.core import clock
from consultazione.core.permissions import Permission, require
from consultazione.proposals.blueprint import pages
from consultazione.proposals.queries import get_proposal
from consultazione.proposals.referrals.commands import (
    add_receiving_body,
    record_body_reply,
    refer_proposal,
    retire_receiving_body,
)
from consultazione.proposals.referrals.queries import get_referral, receiving_bodies
from consultazione.proposals.referrals.schemas import (
    BodyReplySchema,
    ReceivingBodySchema,
    ReferSchema,
)
from consultazione.web import auth
from consultazione.web.current_zone import IN_ZONE, current_zone
from consultazione.web.forms import Form, act
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter


@pages.route("/proposte/<int:proposal_id>/inoltra-a-un-ente", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def refer(proposal_id: int) -> ResponseReturnValue:
    """Forward a proposal to a body outside of the tables."""
    _require(Permission.REFER_PROPOSAL, proposal_id)
    form = Form(ReferSchema())
    if form.perform(partial(refer_proposal, proposal_id=proposal_id)):
        flash(_("The proposal is forwarded; its page says where to."), "success")
        return redirect(url_for("proposals.show", proposal_id=proposal_id))
    proposal = get_proposal(renew_snapshot(), proposal_id)
    page = render_template(
        "proposals/referrals/refer.html",
        proposal=proposal,
        form=form,
        bodies=receiving_bodies(snapshot(), proposal.table.zone_id),
    )
    return page, form.status


@pages.route("/proposte/<int:proposal_id>/risposta-dell-ente", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def body_reply(proposal_id: int) -> ResponseReturnValue:
    """Record what the body replied."""
    _require(Permission.RECORD_BODY_REPLY, proposal_id)
    referral = get_referral(snapshot(), proposal_id)
    form = Form(BodyReplySchema(), {"replied_on": clock.today().isoformat()})
    if form.perform(partial(record_body_reply, proposal_id=proposal_id)):
        flash(_("The reply is on the page of the proposal."), "success")
        return redirect(url_for("proposals.show", proposal_id=proposal_id))
    page = render_template(
        "proposals/referrals/reply.html",
        proposal=get_proposal(renew_snapshot(), proposal_id),
        referral=referral,
        form=form,
    )
    return page, form.status


@pages.route(f"{IN_ZONE}/amministrazione/enti-destinatari", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.ADD_RECEIVING_BODY)
def bodies() -> ResponseReturnValue:
    """The bodies that the zone forwards proposals to, and a form for one more."""
    zone_id = current_zone().id
    form = Form(ReceivingBodySchema())
    if form.perform(partial(add_receiving_body, zone_id=zone_id)):
        flash(_("The body can be chosen from now on."), "success")
        return redirect(url_for("proposals.bodies"))
    page = render_template(
        "proposals/referrals/bodies.html",
        form=form,
        bodies=receiving_bodies(renew_snapshot(), zone_id),
    )
    return page, form.status


@pages.post("/amministrazione/enti-destinatari/<int:receiving_body_id>/ritira")
@limiter.limit(WRITING)
@auth.permission_required(Permission.RETIRE_RECEIVING_BODY)
def retire_body(receiving_body_id: int) -> Response:
    """Offer a body no more."""
    command = partial(retire_receiving_body, receiving_body_id=receiving_body_id)
    return act(command, done=_("The body is offered no more."), to=url_for("proposals.bodies"))


def _require(permission: Permission, proposal_id: int) -> None:
    table = get_proposal(snapshot(), proposal_id).table
    require(actor(), permission, zone_id=table.zone_id, table_id=table.id)
