"""Letters about being known here: an invitation, a corrected name."""

from __future__ import annotations

from flask_babel import format_datetime
from flask_babel import lazy_gettext as _

from consultazione.core.clock import in_rome
from consultazione.core.db import Transaction
from consultazione.core.errors import Sentence
from consultazione.core.mail.outbox import Mail
from consultazione.core.permissions import ROLE_NAMES
from consultazione.notices.letters import Letter, Reader, to_reader
from consultazione.people.invitations.commands import mail_invitation
from consultazione.people.invitations.models import Invitation
from consultazione.zones.models import Zone


def invitation(tx: Transaction, mail: Mail, public_url: str) -> Letter | None:
    """The link by which somebody who was invited opens their account."""
    address = mail.address or ""
    made = mail_invitation(tx, address=address)
    if made is None:
        return None
    invited, secret = made
    zone = tx.session.get_one(Zone, invited.zone_id)
    until = format_datetime(in_rome(invited.expires_at or mail.owed_at), "d MMMM y", rebase=False)
    paragraphs = [
        _("Hello,"),
        _(
            "those who run the consultation of %(zone)s invite you to take part. Open the link, "
            "read your name, and choose a password: then you have an account.",
            zone=zone.name,
        ),
        *_promised(invited),
        _("The link works once, until %(day)s.", day=until),
        _("If you do not want an account, there is nothing to do: the address is forgotten."),
    ]
    return Letter(
        to=address,
        subject=_("An invitation to take part: %(zone)s", zone=zone.name),
        paragraphs=paragraphs,
        why=_("You get this mail because an administrator of the site gave this address as yours."),
        action=(_("Accept the invitation"), f"{public_url}/invito?chiave={secret}"),
    )


@to_reader
def name_corrected(_tx: Transaction, _mail: Mail, reader: Reader, public_url: str) -> Letter | None:
    """Somebody is told that an administrator has corrected their name."""
    return Letter(
        to=reader.address,
        subject=_("Your name was corrected"),
        paragraphs=[
            _("Hello,"),
            _(
                "an administrator has corrected what you are called on the site. From now on "
                "others read: %(name)s. If this is wrong, change it on your profile.",
                name=reader.person.shown_name,
            ),
        ],
        why=_("You get this mail because there is an account with this address on the site."),
        action=(_("My profile"), f"{public_url}/profilo/dati"),
    )


def _promised(invited: Invitation) -> list[Sentence]:
    """What they become when they accept."""
    promised: list[Sentence] = []
    if invited.role is not None:
        promised.append(_("Your role will be: %(role)s.", role=ROLE_NAMES[invited.role]))
    if invited.organisation is not None:
        name = invited.organisation.name
        promised.append(_("You will speak for: %(organisation)s.", organisation=name))
    return promised
