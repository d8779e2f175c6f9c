"""The headings of a programme's file: a closed list, each with the other names it goes by."""

from __future__ import annotations

import difflib
import re
import unicodedata
from enum import StrEnum
from functools import lru_cache


class Column(StrEnum):
    """The columns that a file may have. The value is the heading in files that we write."""

    NUMBER = "Numero"
    TITLE = "Intervento"
    KIND = "Tipo"
    SCHEDA = "Scheda regionale"
    REGIONAL_AREA = "Area regionale"
    LEVEL = "Macrolivello"
    AREA = "Area di utenza"
    POLICIES = "Politiche integrate"
    LEAD_BODY = "Ente capofila"
    BODIES = "Comuni coinvolti"
    TABLE = "Tavolo"
    PRIORITIES = "Bisogni e priorità"
    OBJECTIVES = "Obiettivi"
    ACTIONS = "Azioni"
    RECIPIENTS = "Destinatari"
    INTEGRATION = "Integrazione"
    BODY = "Ente finanziatore"
    FUND = "Fondo"
    AMOUNT = "Importo"
    PERCENT = "Percentuale"
    TOTAL = "Costo totale"
    SPENT = "Consuntivo"
    ACTIVATED = "Attivata dalla consultazione"


# Without these a line says nothing of money.
REQUIRED = (Column.TITLE, Column.BODY, Column.FUND, Column.AMOUNT)

SYNONYMS: dict[Column, tuple[str, ...]] = {
    Column.NUMBER: ("N.", "Id", "Numero intervento"),
    Column.TITLE: ("Titolo", "Titolo intervento", "Denominazione", "Nome intervento"),
    Column.KIND: ("Tipo di intervento", "Tipologia"),
    Column.SCHEDA: ("Scheda", "Scheda attuativa", "Scheda attuativa regionale"),
    Column.REGIONAL_AREA: ("Area", "Area PSSR", "Area del Piano regionale"),
    Column.LEVEL: ("Macro-livello", "Macrolivello FNPS", "Macro livello FNPS"),
    Column.AREA: ("Area utenza", "Area di utenza FNPS", "Area FNPS"),
    Column.POLICIES: ("Politiche", "Altre politiche"),
    Column.LEAD_BODY: ("Capofila", "Ente titolare", "Soggetto capofila"),
    Column.BODIES: ("Comuni", "Enti coinvolti"),
    Column.TABLE: ("Tavolo di origine", "Tavolo di provenienza"),
    Column.PRIORITIES: ("Bisogni", "Priorità", "Bisogni/priorità"),
    Column.OBJECTIVES: ("Obiettivo",),
    Column.ACTIONS: ("Azione", "Azioni previste"),
    Column.RECIPIENTS: ("Beneficiari", "Destinatari dell'intervento"),
    Column.INTEGRATION: ("Integrazione e trasversalità", "Trasversalità"),
    Column.BODY: ("Ente", "Chi paga", "Soggetto finanziatore", "Ente che paga"),
    Column.FUND: ("Fonte", "Fonte di finanziamento", "Canale di finanziamento"),
    Column.AMOUNT: ("Preventivo", "Importo in euro", "Importo (€)", "Importo previsto", "Quota"),
    Column.PERCENT: ("%", "Quota %", "Percentuale del costo"),
    Column.TOTAL: ("Totale", "Totale intervento", "Costo totale (€)"),
    Column.SPENT: ("Speso", "Importo speso", "Consuntivo (€)"),
    Column.ACTIVATED: ("Attivata dalla concertazione", "Risorsa attivata"),
}


@lru_cache(maxsize=4096)  # a file says the same names on thousands of lines
def key_of(text: str) -> str:
    """A heading or a name without what people write in several ways: case, accents, signs."""
    plain = unicodedata.normalize("NFKD", text.replace("%", " percentuale "))
    letters = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return " ".join(re.findall(r"[a-z0-9]+", letters))


_BY_KEY = {key_of(c.value): c for c in Column} | {
    key_of(name): column for column, names in SYNONYMS.items() for name in names
}


def column_of(heading: str) -> Column | None:
    """The column that a heading means; None if it is none of the list."""
    return _BY_KEY.get(key_of(heading))


def nearest(heading: str) -> Column | None:
    """The column that a misspelt heading probably means."""
    close = difflib.get_close_matches(key_of(heading), _BY_KEY, n=1, cutoff=0.8)
    return _BY_KEY[close[0]] if close else None
