"""Pages that merge a proposal into another, forward it to another table, divide it into two."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.errors import NotAllowed
from consultazione.core.permissions import Permission, require
from consultazione.proposals.blueprint import pages
from consultazione.proposals.lineage.commands import (
    divide_proposal,
    forward_proposal,
    merge_proposal,
)
from consultazione.proposals.lineage.queries import mergeable_with
from consultazione.proposals.lineage.schemas import DivideSchema, ForwardSchema, MergeSchema
from consultazione.proposals.models import Proposal
from consultazione.proposals.queries import get_proposal
from consultazione.tables.queries import tables
from consultazione.web import auth
from consultazione.web.forms import Form
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter


@pages.route("/proposte/<int:proposal_id>/unisci", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def merge(proposal_id: int) -> ResponseReturnValue:
    """Merge a proposal into another one."""
    _require(Permission.MERGE_PROPOSAL, proposal_id)
    form = Form(MergeSchema())
    into = form.perform(partial(merge_proposal, proposal_id=proposal_id))
    if into:
        flash(_("The proposal continues in this one; whoever supported it is told."), "success")
        return redirect(url_for("proposals.show", proposal_id=into.id))
    proposal = get_proposal(renew_snapshot(), proposal_id)
    offered = [
        (one.id, f"{one.title} ({one.table.name})") for one in mergeable_with(snapshot(), proposal)
    ]
    page = render_template("proposals/merge.html", proposal=proposal, form=form, offered=offered)
    return page, form.status


@pages.route("/proposte/<int:proposal_id>/inoltra", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def forward(proposal_id: int) -> ResponseReturnValue:
    """Forward a proposal to another table."""
    _require(Permission.FORWARD_PROPOSAL, proposal_id)
    form = Form(ForwardSchema())
    received = form.perform(partial(forward_proposal, proposal_id=proposal_id))
    if received:
        flash(_("The proposal is forwarded: it waits at this table to be admitted."), "success")
        return redirect(url_for("proposals.show", proposal_id=received.id))
    proposal = get_proposal(renew_snapshot(), proposal_id)
    offered = [
        (table.id, table.name)
        for table in tables(snapshot(), proposal.table.cycle_id)
        if table.id != proposal.table_id and table.closed_at is None
    ]
    page = render_template("proposals/forward.html", proposal=proposal, form=form, offered=offered)
    return page, form.status


@pages.route("/proposte/<int:proposal_id>/dividi", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def divide(proposal_id: int) -> ResponseReturnValue:
    """Divide one's own proposal into two."""
    proposal = get_proposal(snapshot(), proposal_id)
    if proposal.author_id != actor().person_id:
        raise NotAllowed(_("Only the author may divide a proposal."))
    form = Form(DivideSchema(), _to_divide(proposal))
    if form.perform(partial(divide_proposal, proposal_id=proposal_id)):
        flash(_("The proposal is divided: both parts wait to be admitted."), "success")
        return redirect(url_for("proposals.show", proposal_id=proposal_id))
    proposal = get_proposal(renew_snapshot(), proposal_id)
    form.go_on_from("version", proposal.version)
    return render_template("proposals/divide.html", proposal=proposal, form=form), form.status


def _to_divide(proposal: Proposal) -> Mapping[str, object]:
    """What the form begins with: the whole text twice, from which the author takes out."""
    texts = {"title": proposal.title, "body": proposal.body, "other_body": proposal.body}
    return {**texts, "version": proposal.version}


def _require(permission: Permission, proposal_id: int) -> Proposal:
    proposal = get_proposal(snapshot(), proposal_id)
    place = {"zone_id": proposal.table.zone_id, "table_id": proposal.table_id}
    require(actor(), permission, **place)
    return proposal
