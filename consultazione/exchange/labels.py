"""Labels of an import's preview, and of the formats of an export."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.exchange.planning.plan import Change

CHANGE_NAMES = {
    Change.REFUSED: _("Refused"),
    Change.NEW: _("New"),
    Change.CHANGED: _("Changed"),
    Change.UNCHANGED: _("Unchanged"),
}
CHANGE_TONES = {
    Change.REFUSED: "danger",
    Change.NEW: "success",
    Change.CHANGED: "info",
    Change.UNCHANGED: "neutral",
}

FORMAT_NAMES = {
    "csv": _("CSV for spreadsheets"),
    "ods": _("ODS sheet"),
    "json": _("JSON"),
    "zip": _("Data Package"),
    "regione": _("For the region’s platform"),
}
FORMAT_TEXTS = {
    "csv": _(
        "A line for each share, as Excel and LibreOffice open it in Italian. The plan office can "
        "correct it and import it again."
    ),
    "ods": _("The same lines as a sheet, for LibreOffice and other spreadsheet programs."),
    "json": _("All tables of the programme, for programs. Amounts are texts, exact to the cent."),
    "zip": _(
        "Open data: a CSV for each table with a description of its columns (Table Schema), in one "
        "archive."
    ),
    "regione": _(
        "Each intervention with its regional scheda and its indicators, as CSV. No format of the "
        "region’s platform is public: these are the columns from which its forms can be filled in."
    ),
}
