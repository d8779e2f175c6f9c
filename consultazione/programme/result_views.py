"""The page on which what was decided elsewhere becomes an intervention."""

from __future__ import annotations

from decimal import Decimal

from flask import render_template
from flask.typing import ResponseReturnValue

from consultazione.programme.form_values import sheet_choices
from consultazione.programme.models import AnnualProgramme
from consultazione.web.forms import Form
from consultazione.web.request_db import snapshot


def result_page(
    form: Form,
    programme: AnnualProgramme,
    *,
    action: str,
    back: tuple[str, str],
    origin: str,
    amount: Decimal | None,
) -> ResponseReturnValue:
    """The sheet of the intervention to be, in the programme of a year.

    action: the address that takes it. back: title and address of the page from which it comes.
    origin: the title of what it comes from. amount: what that costs in euro, if it is known.
    """
    page = render_template(
        "programme/result.html",
        programme=programme,
        form=form,
        action=action,
        back=back,
        origin=origin,
        amount=amount,
        **sheet_choices(snapshot(), programme),
    )
    return page, form.status
