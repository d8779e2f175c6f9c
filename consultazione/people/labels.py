"""Labels for the enumerations of people."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from consultazione.core.scopes import Scope
from consultazione.people.models import Category, MandateState, SignedInBy

CATEGORY_NAMES = {
    Category.LOCAL_AUTHORITY: _("Local authorities"),
    Category.HEALTH_AUTHORITY: _("Health authority"),
    Category.ASP: _("Public companies for personal services"),
    Category.VOLUNTEERING: _("Voluntary organisations"),
    Category.APS: _("Social promotion associations"),
    Category.UNION: _("Trade unions"),
    Category.SOCIAL_COOP: _("Social cooperatives"),
    Category.FOUNDATION: _("Foundations"),
    Category.LABOUR_ORG: _("Organisations of the world of work"),
    Category.PROFESSIONAL_ORDER: _("Professional orders and associations"),
    Category.TRADE_ASSOCIATION: _("Trade associations"),
    Category.FAMILY_USER_ASSOCIATION: _("Associations of families and users"),
    Category.CITIZEN: _("Citizens"),
}

# What has become of a mandate, with the tone of its badge.
MANDATE_STATES = {
    MandateState.PROPOSED: (_("waits for a second person"), "warning"),
    MandateState.TURNED_DOWN: (_("turned down"), "secondary"),
    MandateState.UPCOMING: (_("not yet valid"), "info"),
    MandateState.VALID: (_("valid"), "success"),
    MandateState.ENDED: (_("ended"), "secondary"),
}

# By what somebody signed in, and how far that is trusted.
SIGNED_IN_BY = {
    SignedInBy.PASSWORD: _("with the password alone"),
    SignedInBy.PASSWORD_AND_CODE: _("with the password and a code"),
    SignedInBy.PASSWORD_AND_RECOVERY: _("with the password and a recovery code"),
    SignedInBy.PASSWORD_AND_PASSKEY: _("with the password and a passkey"),
    SignedInBy.PASSKEY: _("with a passkey"),
    SignedInBy.GATEWAY: _("with SPID or CIE"),
}

# What a key for programs is good for.
SCOPE_NAMES = {
    Scope.READ: _("read what you may read"),
    Scope.WRITE: _("write proposals and comments, and support proposals"),
    Scope.SITTINGS: _("act in sittings and at their desk"),
    Scope.PLAN: _("answer contributions to the plan, if you are its office"),
}

# The readiness checks (/readyz), named for the administrator.
CHECK_NAMES = {
    "database": _("Database"),
    "migrations": _("Schema of the database"),
    "text keys": _("Keys of texts"),
    "redis": _("Message queue"),
    "dispatcher": _("Dispatcher of events"),
    "jobs": _("Jobs"),
}


def duration(span: timedelta) -> str:
    """A span of whole days, or of whole hours, in words."""
    if span.days:
        return str(ngettext("%(num)s day", "%(num)s days", span.days))
    return str(ngettext("%(num)s hour", "%(num)s hours", span.seconds // 3600))


def token_spans() -> list[tuple[int, str]]:
    """The days for which a key may be made, each in words."""
    return [(days, duration(timedelta(days=days))) for days in (30, 90, 365)]
