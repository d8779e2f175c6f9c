"""Labels for the enumerations of tables."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Sentence
from consultazione.tables.models import TableKind
from consultazione.tables.rules import Assurance, Deed, Who

TABLE_KINDS = {
    TableKind.PLENARY: _("Plenary table"),
    TableKind.UNION_CONSULTATION: _("Union consultation"),
    TableKind.THEMATIC: _("Thematic table"),
    TableKind.CROSS_CUTTING: _("Cross-cutting table"),
}
# Whom a rule lets do something, each with those of the rows before it.
WHO = {
    Who.UNIONS: _("unions with a seat at the table, by their delegates"),
    Who.ORGANISATIONS: _("organisations with a seat at the table, by their delegates"),
    Who.ACCREDITED: _("organisations with a seat at the table, and persons admitted to it"),
    Who.IDENTIFIED: _(
        "organisations with a seat at the table, persons admitted to it, and whoever has been "
        "identified"
    ),
    Who.ANYBODY: _("whoever has an account"),
}
DEEDS = {
    Deed.ATTEND: _("Who attends its sittings"),
    Deed.SPEAK: _("Who asks for the floor"),
    Deed.PROPOSE: _("Who writes proposals"),
    Deed.VOTE: _("Who votes"),
}
# What helps whom a step of the ladder keeps out.
REMEDIES = {
    Who.UNIONS: _("Everybody reads, comments and supports."),
    Who.ORGANISATIONS: _("If yours should have a seat, write to the plan office."),
    Who.ACCREDITED: _("Ask the facilitator of the table to be admitted."),
    Who.IDENTIFIED: _("Show a document of identity at the desk of the sitting."),
    Who.ANYBODY: _("Sign in first."),
}
LEVELS = {
    Assurance.REGISTERED: _("has registered"),
    Assurance.ADDRESS_CONFIRMED: _("has confirmed an address"),
    Assurance.IDENTIFIED: _("was identified in person"),
}


def refusal(deed: Deed, who: Who) -> Sentence:
    """Why a step of the ladder keeps somebody out, with whom it lets in and what helps."""
    names = {"who": WHO[who], "remedy": REMEDIES[who]}
    if deed is Deed.ATTEND:
        return _("Only these attend the sittings of this table: %(who)s. %(remedy)s", **names)
    if deed is Deed.SPEAK:
        return _("Only these ask for the floor at this table: %(who)s. %(remedy)s", **names)
    if deed is Deed.PROPOSE:
        return _("Only these write proposals at this table: %(who)s. %(remedy)s", **names)
    return _("Only these vote at this table: %(who)s. %(remedy)s", **names)
