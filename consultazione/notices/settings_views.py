"""The page on which people choose how they are told, and see what they follow."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from consultazione.core.db import Transaction
from consultazione.core.errors import NotFound
from consultazione.core.permissions import acting_person
from consultazione.notices.blueprint import pages
from consultazione.notices.choices import choices_of, effective
from consultazione.notices.commands.choosing import choose_channels
from consultazione.notices.labels import CHANNELS, GROUPS, SUBJECTS
from consultazione.notices.models import Channel, Group
from consultazione.notices.queries import followed_by
from consultazione.notices.schemas import ChannelsSchema, TableChannelsSchema
from consultazione.notices.subjects import Subject, find_subject
from consultazione.tables.models import ThematicTable
from consultazione.tables.queries import get_table
from consultazione.web import auth
from consultazione.web.forms import Form
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.url_converters import asked_id
from consultazione.zones.queries import get_cycle

# More is a list that nobody reads; what is followed has its button on its own page too.
_MOST_SHOWN = 200
_Chosen = Mapping[tuple[int | None, Group], Channel]


@pages.route("/avvisi/impostazioni", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def settings() -> ResponseReturnValue:
    """How the reader is told of everything, or of one table (`?tavolo=`)."""
    table_id = asked_id("tavolo")
    table = get_table(snapshot(), table_id) if table_id else None
    chosen = choices_of(snapshot(), acting_person(actor()))
    form = _form(chosen, table)
    if form.perform(partial(_choose, table_id)):
        flash(_("Your choice is kept."), "success")
        return redirect(url_for("notices.settings", tavolo=table_id))
    page = render_template("notices/settings.html", form=form, **_around(chosen, table))
    return page, form.status


def _choose(table_id: int | None, tx: Transaction, **channels: Channel | None) -> bool:
    by_group = {Group(name): channel for name, channel in channels.items()}
    choose_channels(tx, channels=by_group, table_id=table_id)
    return True


def _form(chosen: _Chosen, table: ThematicTable | None) -> Form:
    """The form with what stands: the choice everywhere, or what a table has of its own."""
    if table is None:
        return Form(ChannelsSchema(), {g.value: effective(chosen, g, None).value for g in Group})
    own = {group: chosen.get((table.id, group)) for group in Group}
    return Form(TableChannelsSchema(), {g.value: c.value if c else "" for g, c in own.items()})


def _around(chosen: _Chosen, table: ThematicTable | None) -> Mapping[str, object]:
    """What the page shows around the form."""
    subjects = _followed(snapshot())
    tables = {one.table_id for one in subjects if one.table_id is not None}
    tables |= {table_id for table_id, _group in chosen if table_id is not None}
    found = [get_table(snapshot(), number) for number in sorted(tables)]
    return {
        "table": table,
        "groups": {g.value: name for g, name in GROUPS.items() if not table or g != Group.TASKS},
        "channel_options": [(channel.value, name) for channel, name in CHANNELS.items()],
        "everywhere": {g.value: CHANNELS[effective(chosen, g, None)] for g in Group},
        "tables": found,
        "years": {one.id: get_cycle(snapshot(), one.cycle_id).years for one in found},
        "own": {table_id for table_id, _group in chosen},
        "subjects": subjects,
        "subject_names": SUBJECTS,
    }


def _followed(session: Session) -> list[Subject]:
    """What the reader follows and is there still."""
    found = []
    for row in followed_by(session, acting_person(actor()), limit=_MOST_SHOWN):
        try:
            found.append(find_subject(session, row.kind, row.subject_id))
        except NotFound:
            continue
    return found
