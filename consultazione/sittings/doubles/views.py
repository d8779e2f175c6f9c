"""Pages of the administration that join two accounts of one human."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.db import Transaction
from consultazione.core.permissions import Permission
from consultazione.people.accounts import get_account
from consultazione.people.merging.models import Merge
from consultazione.people.merging.queries import proposed_merges, why_not_confirm_merge
from consultazione.people.queries import person_by_email
from consultazione.sittings.blueprint import pages
from consultazione.sittings.doubles.commands import confirm_merge, propose_merge, turn_merge_down
from consultazione.sittings.doubles.schemas import MergeSchema
from consultazione.web import auth
from consultazione.web.current_zone import IN_ZONE, current_zone
from consultazione.web.forms import Form, act
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter

_HERE = f"{IN_ZONE}/amministrazione"


@pages.route(f"{_HERE}/persone/<int:person_id>/unisci", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.PROPOSE_MERGE)
def double(person_id: int) -> ResponseReturnValue:
    """Propose that an account is a double of another one."""
    person = get_account(snapshot(), current_zone().id, person_id)
    form = Form(MergeSchema())

    def propose(tx: Transaction, *, email: str, reason: str) -> Merge:
        kept = person_by_email(tx.session, email)
        zone_id = current_zone().id
        return propose_merge(
            tx, zone_id=zone_id, double_id=person_id, kept_id=kept.id, reason=reason
        )

    if form.perform(propose):
        flash(_("It is proposed: a second administrator has to confirm it."), "success")
        return redirect(url_for("sittings.doubles"))
    return render_template("people/admin/double.html", form=form, person=person), form.status


@pages.get(f"{_HERE}/doppioni")
@auth.permission_required(Permission.CONFIRM_MERGE)
def doubles() -> str:
    """The accounts that wait to be joined."""
    waiting = proposed_merges(snapshot(), current_zone().id)
    why_not = {one.id: why_not_confirm_merge(snapshot(), one, actor()) for one in waiting}
    return render_template("people/admin/doubles.html", waiting=waiting, why_not=why_not)


@pages.post(f"{_HERE}/doppioni/<int:merge_id>/conferma")
@limiter.limit(WRITING)
@auth.permission_required(Permission.CONFIRM_MERGE)
def confirm_double(merge_id: int) -> ResponseReturnValue:
    """Join two accounts, as the second administrator."""
    command = partial(confirm_merge, zone_id=current_zone().id, merge_id=merge_id)
    done = _("The accounts are joined.")
    return act(command, done=done, to=url_for("sittings.doubles"))


@pages.post(f"{_HERE}/doppioni/<int:merge_id>/respingi")
@limiter.limit(WRITING)
@auth.permission_required(Permission.TURN_MERGE_DOWN)
def leave_apart(merge_id: int) -> ResponseReturnValue:
    """Leave two accounts apart."""
    command = partial(turn_merge_down, zone_id=current_zone().id, merge_id=merge_id)
    done = _("The accounts stay apart.")
    return act(command, done=done, to=url_for("sittings.doubles"))
