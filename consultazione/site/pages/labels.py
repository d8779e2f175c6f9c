"""How the pages of a zone are called, on screens and in addresses."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.site.pages.models import PageKind

PAGE_NAMES = {
    PageKind.CONTACTS: _("Contacts"),
    PageKind.HELP: _("Help"),
    PageKind.LEGAL: _("Legal notes"),
    PageKind.PRIVACY: _("Privacy notice"),
    PageKind.ACCESSIBILITY: _("Accessibility statement"),
}
# What the office is told of each page before it writes.
PAGE_HINTS = {
    PageKind.CONTACTS: _("Address, PEC, telephone and hours come from the settings of the zone."),
    PageKind.HELP: _("It stands above the general help, which stays."),
    PageKind.LEGAL: _("Left empty, the page says what holds for every zone."),
    PageKind.PRIVACY: _("Left empty, the page says what holds for every zone."),
    PageKind.ACCESSIBILITY: _("The statement itself is made at AgID: link it in the settings."),
}
WORDS_OF_KINDS = {
    PageKind.CONTACTS: "contatti",
    PageKind.HELP: "aiuto",
    PageKind.LEGAL: "note-legali",
    PageKind.PRIVACY: "privacy",
    PageKind.ACCESSIBILITY: "accessibilita",
}
KINDS_BY_WORD = {word: kind for kind, word in WORDS_OF_KINDS.items()}
