"""The pages that a zone writes itself: each as it is read, its versions, its form."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.permissions import Permission
from consultazione.site.blueprint import pages
from consultazione.site.pages.commands import write_page
from consultazione.site.pages.labels import (
    KINDS_BY_WORD,
    PAGE_HINTS,
    PAGE_NAMES,
    WORDS_OF_KINDS,
)
from consultazione.site.pages.models import PageKind
from consultazione.site.pages.queries import newest_page, page_version, versions_of
from consultazione.site.pages.schemas import WritePageSchema
from consultazione.site.pages.sections import sections
from consultazione.web import auth
from consultazione.web.current_zone import IN_ZONE, current_zone
from consultazione.web.forms import Form
from consultazione.web.last_update import without_foot
from consultazione.web.request_db import snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.url_converters import asked_place

_WORDS = "<any(contatti, aiuto, 'note-legali', privacy, accessibilita):page>"


@pages.get(f"{IN_ZONE}/{_WORDS}", endpoint="page")
def read_page(page: str) -> str:
    """A page as the zone wrote it, or the general one; ?versione= for an older version."""
    kind, zone = KINDS_BY_WORD[page], current_zone()
    newest = newest_page(snapshot(), zone.id, kind)
    asked = asked_place("versione")
    shown = page_version(snapshot(), zone.id, kind, asked) if asked else newest
    is_old = bool(shown and newest and shown.version < newest.version)
    return render_template(
        f"site/{kind.value}.html",
        kind=kind,
        names=PAGE_NAMES,
        words=WORDS_OF_KINDS,
        written=shown,
        sections=sections(shown.body) if shown else [],
        is_old=is_old,
    )


@pages.get(f"{IN_ZONE}/{_WORDS}/versioni", endpoint="page_versions")
def page_versions(page: str) -> str:
    """When a page was written anew, with the way to what it said."""
    kind = KINDS_BY_WORD[page]
    found = versions_of(snapshot(), current_zone().id, kind)
    return render_template(
        "site/versions.html", kind=kind, names=PAGE_NAMES, word=page, versions=found
    )


@pages.get(f"{IN_ZONE}/amministrazione/pagine", endpoint="page_list")
@auth.permission_required(Permission.WRITE_PAGE)
@without_foot
def page_list() -> str:
    """For administrators: the pages, and which the zone has written."""
    written = {kind: newest_page(snapshot(), current_zone().id, kind) for kind in PageKind}
    return render_template(
        "site/page_list.html", written=written, names=PAGE_NAMES, words=WORDS_OF_KINDS
    )


@pages.route(
    f"{IN_ZONE}/amministrazione/pagine/{_WORDS}", methods=["GET", "POST"], endpoint="write_page"
)
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.WRITE_PAGE)
@without_foot
def write_page_form(page: str) -> ResponseReturnValue:
    """Write a page anew."""
    kind, zone = KINDS_BY_WORD[page], current_zone()
    newest = newest_page(snapshot(), zone.id, kind)
    now = {"body": newest.body, "version": newest.version} if newest else {"version": 0}
    form = Form(WritePageSchema(), now)
    form.perform(partial(write_page, zone_id=zone.id, kind=kind))
    if request.method == "POST" and not form.errors:
        flash(_("The page is written."), "success")
        return redirect(url_for("site.page", page=page))
    shown = render_template(
        "site/write_page.html", form=form, kind=kind, names=PAGE_NAMES, hints=PAGE_HINTS, word=page
    )
    return shown, form.status, form.headers
