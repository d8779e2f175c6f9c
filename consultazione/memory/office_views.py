"""Forms of the plan office on past cycles: documents with their files, cycles, priorities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.errors import Invalid
from consultazione.core.incoming.uploads import StoredFile
from consultazione.core.permissions import Permission, require
from consultazione.documents.reading import READABLE, pages_of
from consultazione.memory.blueprint import pages
from consultazione.memory.commands.archive import (
    ReadFile,
    add_archive_file,
    record_archive_document,
    remove_archive_document,
)
from consultazione.memory.commands.linking import link_priority, unlink_priority
from consultazione.memory.commands.past import add_past_cycle, record_past_priority
from consultazione.memory.labels import DOCUMENT_KINDS, LINK_KINDS
from consultazione.memory.queries import cycle_of_years, get_document, get_link
from consultazione.memory.schemas import (
    DocumentSchema,
    FileSchema,
    LinkSchema,
    PastPrioritySchema,
    YearsSchema,
)
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle, current_zone
from consultazione.web.files import stored as files
from consultazione.web.forms import Form, act
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.zones.models import Cycle
from consultazione.zones.queries import get_cycle, priorities

_ACCEPT = ",".join(f".{ending}" for ending in READABLE)


@pages.route(f"{IN_CYCLE}/memoria/documenti/nuovo", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.RECORD_ARCHIVE_DOCUMENT)
def new_document() -> ResponseReturnValue:
    """Enter a document of past years, with its file or with the title alone."""
    form = Form(DocumentSchema(), {"body": current_zone().lead_body})
    command = partial(record_archive_document, zone_id=current_zone().id)
    if row := form.perform(command, before=_with_file_if_any):
        flash(_("The document is in the archive."), "success")
        return redirect(url_for("memory.document", archive_document_id=row.id))
    kinds = [(kind.value, name) for kind, name in DOCUMENT_KINDS.items()]
    page = render_template("memory/new_document.html", form=form, kinds=kinds, **_about_files())
    return page, form.status


@pages.route("/archivio/<int:archive_document_id>/file", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def add_file(archive_document_id: int) -> ResponseReturnValue:
    """Put a file to a document, or in place of the one that it has."""
    row = get_document(snapshot(), archive_document_id)
    require(actor(), Permission.ADD_ARCHIVE_FILE, zone_id=row.zone_id)
    form = Form(FileSchema())
    if form.perform(partial(add_archive_file, document_id=row.id), before=_with_file):
        flash(_("The file is in the archive."), "success")
        return redirect(url_for("memory.document", archive_document_id=row.id))
    page = render_template("memory/add_file.html", form=form, document=row, **_about_files())
    return page, form.status


@pages.post("/archivio/<int:archive_document_id>/togli")
@limiter.limit(WRITING)
@auth.sign_in_required
def remove_document(archive_document_id: int) -> ResponseReturnValue:
    """Take a document out of the archive again."""
    return act(
        partial(remove_archive_document, document_id=archive_document_id),
        done=_("The document is no longer in the archive."),
        to=url_for("memory.index"),
    )


@pages.route(f"{IN_CYCLE}/memoria/cicli/nuovo", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.ADD_PAST_CYCLE)
def new_cycle() -> ResponseReturnValue:
    """Add a cycle of before the platform."""
    form = Form(YearsSchema())
    if cycle := form.perform(partial(add_past_cycle, zone_id=current_zone().id)):
        flash(_("The cycle is there: write down the priorities that it had."), "success")
        return redirect(url_for("memory.cycle_page", years=cycle.years))
    return render_template("memory/new_cycle.html", form=form), form.status


@pages.route(f"{IN_CYCLE}/memoria/<years>/priorita/nuova", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.RECORD_PAST_PRIORITY)
def new_priority(years: str) -> ResponseReturnValue:
    """Write down a priority or a need that a past cycle had."""
    past = cycle_of_years(snapshot(), current_zone().id, years)
    form = Form(PastPrioritySchema())
    if form.perform(partial(record_past_priority, cycle_id=past.id)):
        flash(_("The priority is written down."), "success")
        return redirect(url_for("memory.cycle_page", years=years))
    return render_template("memory/new_priority.html", form=form, past=past), form.status


@pages.route(f"{IN_CYCLE}/confronto/<years>/priorita", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.LINK_PRIORITY)
def link(years: str) -> ResponseReturnValue:
    """Say what became of a priority from one cycle to the other."""
    earlier, later = _in_order(cycle_of_years(snapshot(), current_zone().id, years))
    form = Form(LinkSchema())
    command = partial(link_priority, cycle_id=later.id, earlier_cycle_id=earlier.id)
    if form.perform(command):
        flash(_("It is said what became of the priority."), "success")
        return redirect(url_for("memory.comparison", years=years, _anchor="priorita"))
    page = render_template(
        "memory/link.html",
        form=form,
        years=years,
        earlier=(earlier.years, _choices(earlier)),
        later=(later.years, _choices(later)),
        kinds=[(kind.value, name) for kind, name in LINK_KINDS.items()],
    )
    return page, form.status


@pages.post("/legami/<int:priority_link_id>/togli")
@limiter.limit(WRITING)
@auth.sign_in_required
def unlink(priority_link_id: int) -> ResponseReturnValue:
    """Take back what was said of a priority."""
    row = get_link(snapshot(), priority_link_id)
    earlier = get_cycle(snapshot(), row.earlier_cycle_id).years
    return act(
        partial(unlink_priority, link_id=priority_link_id),
        done=_("It is taken back."),
        to=url_for("memory.comparison", years=earlier, _anchor="priorita"),
    )


def _in_order(other: Cycle) -> tuple[Cycle, Cycle]:
    """The page's cycle and another, the earlier first."""
    own = get_cycle(snapshot(), current_cycle().id)
    return (own, other) if own.first_year < other.first_year else (other, own)


def _choices(cycle: Cycle) -> Sequence[tuple[int, str]]:
    return [(row.id, row.title) for row in priorities(snapshot(), cycle.id)]


def _about_files() -> Mapping[str, object]:
    return {"accept": _ACCEPT, "is_scanned": files.is_scanned()}


def _with_file_if_any(**values: Any) -> Mapping[str, object]:
    """The fields, with the file if one was chosen, scanned, stored and read."""
    return _with_file(**values) if files.sent_name() else values


def _with_file(**values: Any) -> Mapping[str, object]:
    """The fields, with the file that is now scanned, stored and read."""
    if files.sent_name().rpartition(".")[2].lower() not in READABLE:
        raise Invalid.at("file", _("Choose a PDF, an ODT, a DOCX or a plain text (.txt)."))
    fields: Mapping[str, Any] = files.with_file(**values)
    file: StoredFile = fields["file"]
    pages_read = pages_of(files.content_of(file), file.media_type)
    return {**fields, "file": ReadFile(file, pages_read)}
