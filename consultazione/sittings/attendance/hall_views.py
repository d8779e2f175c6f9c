"""The check-in code of a hall: the page that asks for it, and its QR code."""

from __future__ import annotations

from flask import Response, current_app, flash, redirect, render_template, request
from flask import url_for as path_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.config import Settings
from consultazione.core.errors import NotFound
from consultazione.documents.paper.qr import qr_svg
from consultazione.sittings.attendance.check_in_codes import entry_code, is_screen_key, screen_key
from consultazione.sittings.attendance.commands.check_in import check_in_by_code
from consultazione.sittings.attendance.schemas import CodeForm
from consultazione.sittings.blueprint import hall_pages
from consultazione.web import auth
from consultazione.web.forms import Form
from consultazione.web.security import CODES, limiter


@hall_pages.route("/entra", methods=["GET", "POST"])
@limiter.limit(CODES, methods=["POST"])
@auth.sign_in_required
def enter() -> ResponseReturnValue:
    """Check the reader in as present in the hall, by the code that the screen shows."""
    form = Form(CodeForm(), {"code": request.args.get("codice", "")})
    attendance = form.perform(check_in_by_code)
    if attendance:
        flash(_("You are in the sitting, as somebody in the hall."), "success")
        return redirect(path_for("sittings.room", sitting_id=attendance.sitting_id), 303)
    return render_template("sittings/enter.html", form=form), form.status


@hall_pages.get("/sedute/<int:sitting_id>/codice/<key>.svg")
def qr(sitting_id: int, key: str) -> Response:
    """Draw the QR code of the page's address with the code; NotFound without the screen's key."""
    if not is_screen_key(_secret(), sitting_id, key):
        raise NotFound(_("There is no such sitting."))
    return Response(
        qr_svg(_entry_address(entry_code(_secret(), sitting_id))), mimetype="image/svg+xml"
    )


def hall_code(sitting_id: int, key: str | None = None) -> dict[str, str | None]:
    """Return what a page shows of a hall's code; `code` is None if the key is wrong.

    key: from the address of a public page; None for a page that may show the code anyway.
    """
    secret, settings = _secret(), _settings()
    if key is not None and not is_screen_key(secret, sitting_id, key):
        return {"code": None}
    code = entry_code(secret, sitting_id)
    return {
        "code": f"{code[:3]} {code[3:]}",
        "entry_page": settings.public_url + path_for("hall.enter"),
        "entry_address": _entry_address(code),
        "screen_key": screen_key(secret, sitting_id),
    }


def _entry_address(code: str) -> str:
    return _settings().public_url + path_for("hall.enter", codice=code)


def _secret() -> str:
    return _settings().require_secret_key()


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
