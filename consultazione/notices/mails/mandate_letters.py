"""Letters about speaking for an organisation: its accreditation, and the end of a mandate."""

from __future__ import annotations

from flask_babel import format_date
from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.mail.outbox import Mail
from consultazione.notices.letters import Letter, Reader, to_reader
from consultazione.people.mandates.ending_soon import ending_soon
from consultazione.tables.accrediting.models import Application, ApplicationState

_YOURS = _("You get this mail because you speak for an organisation on the site, or asked to.")


@to_reader
def accreditation(tx: Transaction, _mail: Mail, reader: Reader, public_url: str) -> Letter | None:
    """Somebody is told what was decided on the application that they handed in last."""
    query = select(Application).where(Application.person_id == reader.person.id)
    last = tx.session.scalar(query.order_by(Application.decided_at.desc().nulls_last()).limit(1))
    if last is None or last.decided_at is None:
        return None
    if last.state is ApplicationState.GRANTED:
        subject = _("%(name)s is accredited", name=last.name)
        said = [_("you speak for %(name)s from now on.", name=last.name)]
        if last.category == "union":
            said.append(_("Since it is a union, a second person has to confirm your mandate."))
    elif last.state is ApplicationState.REFUSED:
        subject = _("%(name)s is not accredited", name=last.name)
        said = [
            _("your application for %(name)s was refused. The reason:", name=last.name),
            last.reason or "",
            _("You can hand in another one."),
        ]
    else:
        return None
    return Letter(
        to=reader.address,
        subject=subject,
        paragraphs=[_("Hello %(name)s,", name=reader.person.shown_name), *said],
        why=_YOURS,
        action=(_("See the application"), f"{public_url}/accreditamenti/{last.id}"),
    )


@to_reader
def mandate_ending(tx: Transaction, _mail: Mail, reader: Reader, public_url: str) -> Letter | None:
    """A delegate is told which of their mandates end soon."""
    rows = ending_soon(tx.session, at=tx.now, today=tx.today, person_id=reader.person.id)
    if not rows:
        return None
    lines = [
        _(
            "%(organisation)s: until %(day)s.",
            organisation=row.organisation.name,
            day=format_date(row.ends_on, "long"),
        )
        for row in rows
    ]
    return Letter(
        to=reader.address,
        subject=_("Your mandate ends soon"),
        paragraphs=[
            _("Hello %(name)s,", name=reader.person.shown_name),
            _("after the last day you do not speak and vote for the organisation any more:"),
            *lines,
            _("If it goes on, have the plan office enter the new act in time."),
        ],
        why=_YOURS,
        action=(_("My profile"), f"{public_url}/profilo"),
    )
