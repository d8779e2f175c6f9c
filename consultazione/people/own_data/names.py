"""Names that nobody gives themselves: readers would take them for an office, or follow them."""

from __future__ import annotations

import re
import unicodedata

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Invalid

# Whole words, without accents and capitals. Words that are surnames too (Sindaco, Prefetto) are
# not among them.
_OFFICES = (
    "admin", "administrator", "amministratore", "amministratrice", "amministrazione", "ausl",
    "azienda usl", "citta metropolitana", "comune di", "consultazione", "coordinatore",
    "coordinatrice", "distretto", "facilitator", "facilitatore", "facilitatrice", "moderator",
    "moderatore", "moderatrice", "piattaforma", "provincia di", "regione", "segreteria",
    "ufficio di piano", "unione dei comuni",
)  # fmt: skip
_RESERVED = re.compile(rf"\b({'|'.join(_OFFICES)})\b")
# Mail programs make links of these.
_LEADS_AWAY = re.compile(r"://|\bwww\.|@")
# As the site itself tells people of one name apart.
_NUMBERED = re.compile(r"\(\s*\d+\s*\)\s*$")


def check_own_name(display_name: str) -> None:
    """Refuse a name that somebody gives themselves: Invalid.

    Refused is what holds an address, of a page or of mail, the name of an office, or a number
    such as the site puts after names.
    """
    if _NUMBERED.search(unicodedata.normalize("NFKC", display_name)):
        raise Invalid.at(
            "display_name",
            _("The number in brackets comes from the site: write the name without it."),
        )
    if _LEADS_AWAY.search(unicodedata.normalize("NFKC", display_name).casefold()):
        raise Invalid.at(
            "display_name",
            _("A name holds no address of a page or of mail: write how others call you."),
        )
    if _RESERVED.search(name_key(display_name)):
        raise Invalid.at(
            "display_name",
            _("This is what an office is called: write your own name, as others know you."),
        )


def name_key(text: str) -> str:
    """A name without capitals, accents and marks, its words apart by one space.

    Two whose keys are the same look the same to a reader.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(re.split(r"[\W_]+", letters)).strip()[:200]
