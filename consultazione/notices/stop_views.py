"""The page by which somebody stops their mails, from the link in each of them, without signing in.

Mail programs send the same address one POST by themselves (RFC 8058): it carries no cookie and no
token of a form, and only what its own token allows is done. So nothing is forged by it.
"""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from consultazione.notices.blueprint import pages
from consultazione.notices.commands.choosing import stop_mails
from consultazione.notices.unsubscribing import person_of_token
from consultazione.web.last_update import without_foot
from consultazione.web.request_db import snapshot, transaction
from consultazione.web.security import WRITING, csrf, limiter


@pages.get("/avvisi/niente-posta")
@without_foot
def stop() -> str:
    """Ask whether the mails are to stop; a link that is followed by a program changes nothing."""
    token = request.args.get("chiave", "")
    person_of_token(snapshot(), token)
    return render_template("notices/stop.html", token=token, done=False)


@pages.post("/avvisi/niente-posta", endpoint="stopped")
@limiter.limit(WRITING)
@without_foot
def stop_button() -> ResponseReturnValue:
    """Stop them, and say so."""
    token = request.args.get("chiave", "")
    with transaction() as tx:
        stop_mails(tx, token=token)
    return render_template("notices/stop.html", token=token, done=True)


csrf.exempt(stop_button)
