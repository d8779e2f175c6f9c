"""E-mail addresses in the one form under which an account is kept, found and counted.

Addresses that a mail server would deliver to one place must not make two accounts, and one
that looks like somebody else's must not pass for it. The form: compatibility characters and
capitals folded (Unicode NFKC and case folding), the domain as ASCII (IDNA 2008, RFC 5891,
mapped as UTS 46 has it). An address that has been folded folds to itself.
"""

from __future__ import annotations

import unicodedata

import idna

from consultazione.core.errors import Invalid
from consultazione.core.sentences import LazySentence
from consultazione.core.sentences import LazySentence as _
from consultazione.core.text import alphabets

MOST_CHARACTERS = 254  # RFC 5321, 4.5.3.1.3: a path has 256, two of them brackets


def fold_address(address: str) -> str:
    """The form of an e-mail address that is stored and compared; Invalid, at `email`, if none."""
    text = _fold_case(address[: 2 * MOST_CHARACTERS].strip()).removesuffix(".")
    local, _at, domain = text.rpartition("@")
    if not local or not domain or len(address) > MOST_CHARACTERS:
        raise _refused(_("Write an e-mail address such as name@example.it."))
    if alphabets(local) > 1 or not local.isprintable() or any(c.isspace() for c in local):
        raise _refused(
            _("Before the @ stand letters of different alphabets, or invisible ones: type it anew.")
        )
    return f"{local}@{_ascii(domain)}"


def _fold_case(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", folded)


def _ascii(domain: str) -> str:
    try:
        readable = idna.decode(domain, uts46=True, std3_rules=True)
        if alphabets(readable) > 1:
            raise _refused(_("After the @ stand letters of different alphabets: type it anew."))
        return idna.encode(readable, uts46=True, std3_rules=True).decode("ascii")
    except UnicodeError as error:  # an IDNAError is one
        raise _refused(_("After the @ there is no name of a domain: type it anew.")) from error


def _refused(sentence: LazySentence) -> Invalid:
    return Invalid.at("email", sentence)
