"""The mail of one person's notices: one at once, or many of a day or a week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from flask_babel import format_datetime, ngettext
from flask_babel import lazy_gettext as _

from consultazione.core.clock import in_rome
from consultazione.core.db import Transaction
from consultazione.core.mail.outbox import Mail
from consultazione.notices.choices import choices_of, effective
from consultazione.notices.composing import Shown, shown_to
from consultazione.notices.groups import group_of
from consultazione.notices.letters import Letter, Line, Reader, Section, to_reader
from consultazione.notices.mail_in.offering import offered
from consultazione.notices.models import MAILED, Notice
from consultazione.notices.places import NOTICES, SETTINGS, STOP
from consultazione.notices.queries import notices_in
from consultazione.notices.told import Told
from consultazione.notices.unsubscribing import token_of
from consultazione.people.queries import actor_of

# So many a mail tells in words; the others are a line with the way to them.
MOST_TOLD = 60
_WHY = _("You get this mail because you follow something on the site, or have a part in it.")


@to_reader
def notices_letter(tx: Transaction, mail: Mail, reader: Reader, public_url: str) -> Letter | None:
    """What somebody is told, newest first, by table; None if nothing of it may be told any more.

    What they want no mail of by now is left out, and so is what they may not read by now.
    """
    person = reader.person
    if person.email_confirmed_at is None:
        return None
    rows = _still_wanted(tx, person.id, notices_in(tx.session, mail.id, limit=MOST_TOLD + 1))
    shown = shown_to(tx.session, actor_of(tx.session, person.id), rows[:MOST_TOLD])
    told = [(one, one.told) for one in shown if one.told is not None]
    if not told:
        return None
    return Letter(
        to=reader.address,
        subject=_subject(told),
        paragraphs=[_("Hello %(name)s,", name=person.display_name)],
        sections=_sections(told, public_url),
        action=(_("All your notices"), f"{public_url}{NOTICES}"),
        why=_WHY,
        settings=f"{public_url}{SETTINGS}",
        stop=f"{public_url}{STOP}?chiave={token_of(tx.session, person.id)}",
        answers=offered(tx.session, told[0][1].answerable) if len(told) == 1 else None,
    )


def _still_wanted(tx: Transaction, person_id: int, rows: Sequence[Notice]) -> list[Notice]:
    chosen = choices_of(tx.session, person_id)

    def is_wanted(notice: Notice) -> bool:
        group = group_of(notice.topic)
        return group is not None and effective(chosen, group, notice.table_id) in MAILED

    return [notice for notice in rows if is_wanted(notice)]


def _subject(told: Sequence[tuple[Shown, Told]]) -> str:
    """Of one notice its title and sentence, of several how many there are."""
    if len(told) == 1:
        one = told[0][1]
        return " ".join(f"{one.title}: {one.sentence}".split())[:150]
    return str(ngettext("%(num)s notice", "%(num)s notices", len(told)))


def _sections(told: Sequence[tuple[Shown, Told]], public_url: str) -> list[Section]:
    places: dict[str, list[Line]] = defaultdict(list)
    for shown, one in told:
        when = format_datetime(in_rome(shown.notice.made_at), "d MMMM, HH:mm", rebase=False)
        line = Line(one.title, one.sentence, one.quote, f"{public_url}{one.path}", when)
        places[one.place or str(_("For you"))].append(line)
    return [Section(place, lines) for place, lines in places.items()]
