"""The words of a consultation in plain language, each with one line of what it means.

The source is docs/glossary.md, which is about the code; these are for who reads the pages.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_babel import lazy_pgettext

TERMS = (
    (_("Agenda"), _("What a sitting talks about, point by point.")),
    (_("Annual programme"), _("What the plan does in one year, and who pays for it.")),
    (_("Body"), _("Who decides on the plan: a municipality, the health authority.")),
    (_("Chapter"), _("A part of the plan, such as homes, families or work.")),
    (_("Comment"), _("What somebody thinks of a proposal: in favour, against, or neither.")),
    (_("Conclusion"), _("What a table agrees on at the end of a point.")),
    (
        lazy_pgettext("glossary", "Contribution"),
        _("A conclusion in the hands of the plan office, which answers it."),
    ),
    (
        lazy_pgettext("glossary", "Coordinator"),
        _("Who convenes the sittings of a table."),
    ),
    (_("Cycle"), _("The years for which a plan is written, such as 2018-2020.")),
    (_("Draft"), _("A text that is not final and can still change.")),
    (_("Facilitator"), _("Who leads a table: gives the floor, admits proposals, writes minutes.")),
    (_("Formal act"), _("A decision of a body, with its number and its date.")),
    (_("Lead body"), _("The body that answers for the plan and for this site.")),
    (_("Mandate"), _("The authority to speak for an organisation, from one day to another.")),
    (
        lazy_pgettext("glossary", "Minutes"),
        _("What was said and decided in a sitting, in writing."),
    ),
    (_("Need"), _("What people in the zone lack; the plan says how it is met.")),
    (_("Note to the record"), _("What a union adds to its signature, in its own words.")),
    (_("Outcome"), _("The conclusions of a table, which the unions sign or decline.")),
    (_("Phase"), _("A stretch of the path; it says what you can do now.")),
    (_("Plan office"), _("The people who keep the plan and answer every contribution.")),
    (_("Proposal"), _("What you ask the plan to do, in your own words.")),
    (_("Public log"), _("The list of all that happened here; nobody can change it afterwards.")),
    (_("Quorum"), _("How many have to be there for a vote to count.")),
    (_("Seat"), _("The place of an organisation at a table.")),
    (_("Secret ballot"), _("A vote in which nobody can see who voted what.")),
    (_("Sitting"), _("A meeting of a table, in a hall, online, or both.")),
    (
        lazy_pgettext("glossary", "Support"),
        _("Your name beside a proposal of somebody else that you agree with."),
    ),
    (_("Table"), _("The group that talks about one subject, open to associations and citizens.")),
    (_("Zone"), _("The municipalities that plan their social services together.")),
    (_("Zone plan"), _("What municipalities and health authority do for people in some years.")),
)  # fmt: skip


def in_order() -> list[tuple[str, str]]:
    """The terms in the reader's language, by its alphabet."""
    told = [(str(term), str(meaning)) for term, meaning in TERMS]
    return sorted(told, key=lambda pair: pair[0].casefold())
