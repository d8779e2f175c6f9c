"""Labels for the enumerations of the memory."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_babel import lazy_pgettext

from consultazione.memory.models import DocumentKind, Fulfilment, LinkKind, TextState

DOCUMENT_KINDS = {
    DocumentKind.PLAN: _("Plan of the zone"),
    DocumentKind.ANNUAL_PROGRAMME: _("Annual programme"),
    DocumentKind.PROGRAMME_AGREEMENT: _("Programme agreement"),
    DocumentKind.COMMUNITY_PROFILE: _("Profile of the community"),
    DocumentKind.REPORT: _("Report or review"),
    DocumentKind.OTHER: _("Other document"),
}

TEXT_STATES = {
    TextState.NO_FILE: _("Only the title is kept here"),
    TextState.READ: _("The text can be searched"),
    TextState.EMPTY: _("The file holds pictures of pages: its text cannot be searched"),
    TextState.UNREADABLE: _("The text of this file could not be read; the file itself is kept"),
}

# What became of one priority, and of several: a language may write the two differently.
LINK_KINDS = {
    LinkKind.CONTINUED: lazy_pgettext("priority", "Continued"),
    LinkKind.CHANGED: lazy_pgettext("priority", "Changed"),
    LinkKind.DROPPED: lazy_pgettext("priority", "Dropped"),
    LinkKind.NEW: lazy_pgettext("priority", "New"),
}
LINK_TOTALS = {
    LinkKind.CONTINUED: lazy_pgettext("priorities", "Continued"),
    LinkKind.CHANGED: lazy_pgettext("priorities", "Changed"),
    LinkKind.DROPPED: lazy_pgettext("priorities", "Dropped"),
    LinkKind.NEW: lazy_pgettext("priorities", "New"),
}

LINK_TONES = {
    LinkKind.CONTINUED: "success",
    LinkKind.CHANGED: "info",
    LinkKind.DROPPED: "danger",
    LinkKind.NEW: "warning",
}

FULFILMENTS = {
    Fulfilment.DONE: _("Done"),
    Fulfilment.PARTLY: _("Done in part"),
    Fulfilment.NOT_DONE: _("Not done"),
    Fulfilment.UNKNOWN: _("Cannot be told"),
}

FULFILMENT_TONES = {
    Fulfilment.DONE: "success",
    Fulfilment.PARTLY: "warning",
    Fulfilment.NOT_DONE: "danger",
    Fulfilment.UNKNOWN: "neutral",
}
