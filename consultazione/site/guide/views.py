"""How to take part, what the words mean, and what programs read of the site."""

from __future__ import annotations

from functools import cache

from flask import Response, render_template, url_for

from consultazione.config import ROOT
from consultazione.site.blueprint import pages
from consultazione.site.guide.address_views import addresses_of
from consultazione.site.guide.terms import in_order
from consultazione.web.current_zone import IN_ZONE, current_place, current_zone
from consultazione.web.request_db import snapshot
from consultazione.web.security import reads_much
from consultazione.zones.queries import zones_with_cycles

_A_DAY = 86_400


@pages.get(f"{IN_ZONE}/come-si-partecipa", endpoint="how_to")
def how_to() -> str:
    """The six steps from this page to a proposal that is handed in."""
    return render_template("site/how_to.html")


@pages.get(f"{IN_ZONE}/glossario")
def glossary() -> str:
    """The words of the consultation, each with its meaning in a line."""
    return render_template("site/glossary.html", terms=in_order())


@pages.get("/robots.txt")
def robots() -> Response:
    """What search engines are to leave out (RFC 9309): accounts, forms, rooms, files of data."""
    text = render_template("site/robots.txt", sitemap=url_for("site.sitemap", _external=True))
    return Response(text, content_type="text/plain; charset=utf-8")


@pages.get("/sitemap.xml")
def sitemap() -> Response:
    """The index of the sitemaps (sitemaps.org, 0.9): one a zone."""
    zones = [
        url_for("site.zone_sitemap", zone=zone.slug, _external=True)
        for zone in zones_with_cycles(snapshot())
    ]
    return _xml(render_template("site/sitemap_index.xml", sitemaps=zones))


@pages.get(f"{IN_ZONE}/sitemap.xml")
@reads_much()
def zone_sitemap() -> Response:
    """The public pages of a zone, of all its cycles."""
    zone, cycles = current_zone(), current_place().cycles
    found = addresses_of(snapshot(), zone.slug, [(one.id, one.years) for one in cycles])
    return _xml(render_template("site/sitemap.xml", addresses=found))


@pages.get("/favicon.ico")
def favicon() -> Response:
    """The icon, for programs that ask for it at the address of old."""
    response = Response(_icon(), mimetype="image/png")
    response.cache_control.max_age = _A_DAY
    return response


@cache
def _icon() -> bytes:
    return (ROOT / "static" / "img" / "icon.png").read_bytes()


def _xml(text: str) -> Response:
    return Response(text, content_type="application/xml; charset=utf-8")
