"""Titles of the groups of a digest."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.comments.digests.models import Group

GROUPS = {
    Group.IN_FAVOUR: _("Who is in favour writes"),
    Group.AGAINST: _("Who is against writes"),
    Group.NEUTRAL: _("Who remarks on it writes"),
    Group.QUESTIONS: _("What is asked"),
}
