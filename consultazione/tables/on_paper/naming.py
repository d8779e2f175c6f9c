"""How somebody is called who has handed a text in on paper: by initials or by a role."""

from __future__ import annotations

import re

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Invalid
from consultazione.core.incoming.personal_traces import Trace, traces_in

# Of Italian in every language of the site: the name of an account stands as it is.
_SHOWN = "{named}, inserita dall’ufficio"
_INITIALS = re.compile(r"(?:[^\W\d_]\. ?){1,4}")
_TWO_NAMES = re.compile(r"\b[A-ZÀ-Þ][\w’']+\s+[A-ZÀ-Þ][\w’']+")
_DIGITS = re.compile(r"\d")
_PERSONAL = {Trace.EMAIL, Trace.PHONE, Trace.TAX_CODE, Trace.IBAN}


def name_on_paper(named: str) -> str:
    """The name under which a text on paper is shown, which says that the office entered it.

    named: initials ("A. R.") or a role in small letters ("una caregiver"). Invalid on `named_as`
    for what looks like a name and surname, or holds an address or a number: data minimisation,
    GDPR art. 5 (1) (c).
    """
    said = " ".join(named.split())
    if _INITIALS.fullmatch(said):
        return _SHOWN.format(named=said)
    if not said[:1].islower() or _DIGITS.search(said) or _TWO_NAMES.search(said):
        raise Invalid.at("named_as", _NO_NAME)
    if _PERSONAL & set(traces_in(said)):
        raise Invalid.at("named_as", _NO_NAME)
    return _SHOWN.format(named=said)


_NO_NAME = _(
    "Write initials with full stops, such as A. R., or a role in small letters, such as una "
    "caregiver: no name and surname, no number."
)
