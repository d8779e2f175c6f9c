"""What a page says of how a proposal continues in others."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.proposals.lineage.models import Way

# Of a proposal that continues elsewhere.
CONTINUES = {
    Way.MERGED: _("This proposal was merged into another one."),
    Way.DIVIDED: _("This proposal was divided into two."),
    Way.FORWARDED: _("This proposal was forwarded to another table."),
}
# Of one that others continue in.
COMES_FROM = {
    Way.MERGED: _("Another proposal was merged into this one:"),
    Way.DIVIDED: _("This proposal was a part of another one:"),
    Way.FORWARDED: _("This proposal was handed in at another table:"),
}
