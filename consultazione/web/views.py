"""Pages and probes that belong to no feature: language, statements, health, metrics."""

from __future__ import annotations

from flask import (
    Response,
    current_app,
    jsonify,
    redirect,
    render_template,
    request,
    session,
)
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from consultazione.core.errors import NotAllowed
from consultazione.web.auth import safe_next
from consultazione.web.blueprint import pages
from consultazione.web.oversight.operators import is_operator
from consultazione.web.oversight.readiness import checks, is_ready
from consultazione.web.page_context import LANGUAGES


@pages.post("/lingua/<code>")
def language(code: str) -> ResponseReturnValue:
    """Read the site in another language from now on."""
    if code in {known for known, _name in LANGUAGES}:
        session["language"] = code
    return redirect(safe_next(request.form.get("next"), "/"))


@pages.get("/accessibilita")
def accessibility() -> str:
    """The accessibility statement (L. 4/2004)."""
    return render_template("web/accessibility.html")


@pages.get("/privacy")
def privacy() -> str:
    """The privacy notice (GDPR art. 13)."""
    return render_template("web/privacy.html")


@pages.get("/licenza")
def licence() -> str:
    """The licence of the software and of the contents."""
    return render_template("web/licence.html")


@pages.get("/healthz")
def health() -> ResponseReturnValue:
    """The process is up."""
    return jsonify(ok=True)


@pages.get("/readyz")
def ready() -> ResponseReturnValue:
    """Database, Redis, migrations and dispatcher are in order; 503 if one is not.

    Dead jobs are told too, and change nothing in the status. Only operators learn which part
    it is.
    """
    found = checks(current_app)
    shown = found if is_operator() else {"ok": is_ready(found)}
    return jsonify(shown), 200 if is_ready(found) else 503


@pages.get("/metrics")
def metrics() -> Response:
    """Figures of this process for Prometheus; NotAllowed unless an operator asks."""
    if not is_operator():
        raise NotAllowed(_("The figures are for operators: send the token of OPERATIONS_TOKEN."))
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)
