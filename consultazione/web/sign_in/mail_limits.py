"""How often an address gets a mail because somebody typed it: strangers flood nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Response, request
from flask_babel import lazy_gettext as _

from consultazione.core.errors import Invalid
from consultazione.web.security import limiter, sender_key
from consultazione.web.sign_in.brakes import mark_of

_View = TypeVar("_View", bound=Callable[..., Any])
_FOR_AN_ADDRESS = "3 per hour"
_ENOUGH = _(
    "Three mails were asked for within an hour for this address. Look into the folder of unwanted "
    "mail, too; in an hour you can ask for another."
)


def mails_to(address: Callable[[], str]) -> Callable[[_View], _View]:
    """Count the mails that a page has sent to an address, together with those of other such pages.

    address: what it is, in the present request; what is none counts for its sender alone. A form
    that was refused sends none.
    """

    def key() -> str:
        try:
            return mark_of(address())
        except Invalid:
            return sender_key()

    counted: Any = limiter.shared_limit(
        _FOR_AN_ADDRESS,
        scope="mails to an address",
        methods=["POST"],
        key_func=key,
        error_message=lambda: str(_ENOUGH),
        deduct_when=_was_taken,
    )
    return cast("Callable[[_View], _View]", counted)


def typed_address() -> str:
    """What was typed into the form."""
    return request.form.get("email", "")


def _was_taken(response: Response) -> bool:
    return response.status_code < 400
