"""What every page shows around its content: zone, person, language, addresses of assets."""

from __future__ import annotations

import re

from flask import Flask, current_app, g, request, session, url_for
from flask_babel import get_locale
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from consultazione.core.actor import Actor, Role
from consultazione.core.errors import NotFound
from consultazione.core.permissions import Permission, may
from consultazione.core.text import excerpt, to_html
from consultazione.web.assets.built import path_of, styles_of
from consultazione.web.current_zone import Place, current_zone, shown_place
from consultazione.web.forms import untold_forms
from consultazione.web.hints.traces import TRACE_NAMES
from consultazione.web.request_db import actor

# What the lists of features are called, of which a page is about one thing.
_LISTS = ("index", "show", "path")
# A tag, which stays as it is, or the first and the last year of a plan.
_TAG_OR_YEARS = re.compile(r"(<[^>]*>)|\b\d{4}-\d{4}\b")
LANGUAGES = [("it", "Italiano"), ("en", "English")]


def init(app: Flask) -> None:
    """Give the templates their filters and their context."""
    app.jinja_env.filters.update(markdown=markdown, excerpt=excerpt, unbroken=unbroken)
    app.jinja_env.globals.update(
        asset=asset,
        styles=styles,
        csrf_token=generate_csrf,
        may=_may,
        trace_names=TRACE_NAMES,
        untold_forms=untold_forms,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.context_processor(_context)


def language() -> str:
    """The language of the reader: chosen on this site, else the browser's, else Italian."""
    codes = [code for code, _name in LANGUAGES]
    if session.get("language") in codes:
        return str(session["language"])
    return request.accept_languages.best_match(codes, "it") or "it"


def markdown(text: str) -> Markup:
    """Markdown that a person wrote, as safe HTML.

    People write Italian: in pages of another language it is marked as such (WCAG 2.2, 3.1.2).
    """
    html = to_html(text)
    return Markup(html if str(get_locale()) == "it" else f'<div lang="it">{html}</div>')


def unbroken(text: str) -> Markup:
    """A text or HTML in which no line ends at the hyphen between two years, 2018-2020."""
    return Markup(_TAG_OR_YEARS.sub(_on_one_line, escape(text)))


def _on_one_line(found: re.Match[str]) -> str:
    return found[1] or f'<span class="text-nowrap">{found[0]}</span>'


def asset(path: str) -> str:
    """The address of a static file, or of what set-up made of it."""
    return url_for("static", filename=path_of(path))


def styles(path: str) -> list[str]:
    """The addresses of the styles that a list of imports stands for."""
    return [url_for("static", filename=one) for one in styles_of(path)]


def _may(permission: str, table_id: int | None = None) -> bool:
    """For templates: whether the reader has a permission, in the zone or at a table.

    Before there is a zone, and for what concerns none: in the installation.
    """
    named = Permission[permission.upper()]
    if Role.INSTALLER in named.roles and may(actor(), named):
        return True
    try:
        zone = current_zone()
    except NotFound:
        return False
    return may(actor(), named, zone_id=zone.id, table_id=table_id)


def _context() -> dict[str, object]:
    place = _place_or_none()
    return {
        "place": place,
        "page_of_cycle": _page_of_cycle(),
        "zone": place.cycle.zone if place else None,
        "cycle": place.cycle if place else None,
        "actor": _Reader(actor()),
        "languages": LANGUAGES,
        "current_language": str(get_locale()),
    }


def _page_of_cycle() -> str:
    """This page, if each cycle has one of its kind; else the list of such things, else home."""
    if request.endpoint and not request.view_args and _is_of_any_cycle(request.endpoint):
        return request.endpoint
    lists = (f"{request.blueprint}.{name}" for name in _LISTS)
    return next((one for one in lists if _is_of_any_cycle(one)), "home.show")


def _is_of_any_cycle(endpoint: str) -> bool:
    """True if there is such an endpoint, with an address that names a place and nothing else."""
    if endpoint not in current_app.view_functions:
        return False
    rules = current_app.url_map.iter_rules(endpoint)
    return any(rule.arguments == {"zone", "cycle"} for rule in rules)


def _place_or_none() -> Place | None:
    if g.get("bare"):
        return None
    try:
        return shown_place()
    except NotFound:
        return None


class _Reader:
    """The person who reads the page, as templates ask about them."""

    def __init__(self, who: Actor) -> None:
        self.is_signed_in = who.is_signed_in
        self.id = who.person_id
        self.display_name = who.display_name
        self.is_confirmed = who.is_confirmed
        self.held_back = bool(who.held_back)
        place = _place_or_none()
        held = who.roles(place.cycle.zone.id) if place else who.roles()
        self.roles = {role.value for role in held}


def is_archived() -> bool:
    """True if the page is made for an archive, in which no reader chooses an order."""
    return "only_main" in current_app.jinja_env.globals
