"""Addresses from when an installation had one zone in one cycle: they lead to where that is now."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from consultazione.home.blueprint import pages

_METHODS = ["GET", "POST"]
_PERMANENTLY = 308  # which repeats a form that was sent, where 301 would drop it


@pages.route("/percorso", methods=_METHODS)
@pages.route("/percorso/atti/<path:rest>", methods=_METHODS)
@pages.route("/registro", methods=_METHODS)
@pages.route("/tavoli", methods=_METHODS)
@pages.route("/tavoli/<path:rest>", methods=_METHODS)
@pages.route("/nuovo-tavolo", methods=_METHODS)
@pages.route("/proposte", methods=_METHODS)
@pages.route("/proposte/nuova", methods=_METHODS)
@pages.route("/sedute", methods=_METHODS)
@pages.route("/verbali", methods=_METHODS)
@pages.route("/esiti", methods=_METHODS)
@pages.route("/piano", methods=_METHODS)
@pages.route("/piano/capitoli/<path:rest>", methods=_METHODS)
@pages.route("/piano/ufficio", methods=_METHODS)
def to_the_cycle(rest: str = "") -> ResponseReturnValue:
    """Lead to the current cycle of the first zone. rest: stands in the path as well."""
    del rest
    return _moved(url_for("home.show"))


@pages.route("/amministrazione/", methods=_METHODS)
@pages.route("/amministrazione/<path:rest>", methods=_METHODS)
def to_the_zone(rest: str = "") -> ResponseReturnValue:
    """Lead to the administration of the first zone. rest: stands in the path as well."""
    del rest
    return _moved(url_for("home.current"))


def _moved(place: str) -> ResponseReturnValue:
    """Lead to the same path and query below the address of a place."""
    asked = request.full_path.rstrip("?").lstrip("/")
    return redirect(f"{place}{asked}", _PERMANENTLY)
