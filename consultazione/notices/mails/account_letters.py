"""Letters about one's own account."""

from __future__ import annotations

from flask_babel import format_datetime
from flask_babel import lazy_gettext as _

from consultazione.core.clock import in_rome
from consultazione.core.db import Transaction
from consultazione.core.errors import Sentence
from consultazione.core.mail.bounces import failing
from consultazione.core.mail.outbox import Mail
from consultazione.notices.letters import Letter, Reader, to_reader
from consultazione.people.commands.addresses import mail_address_link
from consultazione.people.commands.password_links import mail_password_link
from consultazione.people.models import Person
from consultazione.people.queries import find_person
from consultazione.people.second_step.queries import second_step_of

_YOURS = _("You get this mail because there is an account with this address on the site.")
_IF_NOT_YOU = _(
    "If it was you, there is nothing to do. If it was not you, somebody else is in your account: "
    "tell those who run the site at once."
)


@to_reader
def confirm_address(tx: Transaction, _mail: Mail, reader: Reader, public_url: str) -> Letter | None:
    """The link by which a new account confirms its address."""
    if _is_known(tx, reader.person):
        return None
    secret = mail_address_link(tx, person_id=reader.person.id, address=reader.address)
    return Letter(
        to=reader.address,
        subject=_("Confirm your address"),
        paragraphs=[
            _greeting(reader),
            _(
                "you have opened an account with this address. Confirm within three days that it "
                "is yours: then you can write proposals and comments, and vote."
            ),
            _("If it was not you, there is nothing to do: without this, nobody can write as you."),
        ],
        why=_YOURS,
        action=_confirming(public_url, secret),
    )


@to_reader
def new_address(tx: Transaction, _mail: Mail, reader: Reader, public_url: str) -> Letter | None:
    """The link by which somebody confirms the address that they want to have."""
    if find_person(tx.session, reader.address) is not None:
        return None
    secret = mail_address_link(tx, person_id=reader.person.id, address=reader.address)
    return Letter(
        to=reader.address,
        subject=_("Confirm your new address"),
        paragraphs=[
            _greeting(reader),
            _(
                "you want to use this address for your account. Confirm within three days that it "
                "is yours; until then the account keeps the address that it has."
            ),
            _("If it was not you, there is nothing to do."),
        ],
        why=_("You get this mail because somebody gave this address as theirs."),
        action=_confirming(public_url, secret),
    )


@to_reader
def address_changed(
    _tx: Transaction, _mail: Mail, reader: Reader, _public_url: str
) -> Letter | None:
    """The former address of an account is told that it is not used any more."""
    return Letter(
        to=reader.address,
        subject=_("Your address was changed"),
        paragraphs=[
            _greeting(reader),
            _("your account has another e-mail address now, and this one does not count any more."),
            _IF_NOT_YOU,
        ],
        why=_("You get this mail because this was the address of your account until now."),
    )


def address_taken(tx: Transaction, mail: Mail, public_url: str) -> Letter | None:
    """Somebody tried to open a second account with an address."""
    address = mail.address or ""
    person = find_person(tx.session, address)
    if person is None or person.blocked_at is not None:
        return None
    mail.person_id = person.id
    return Letter(
        to=address,
        subject=_("You have an account already"),
        paragraphs=[
            _greeting(Reader(person, address)),
            _(
                "you, or somebody who typed your address, tried to open an account. There is one "
                "with this address: sign in with it. If you have forgotten the password, choose "
                "another."
            ),
        ],
        why=_YOURS,
        action=(_("Choose a new password"), f"{public_url}/password-dimenticata"),
    )


def password_link(tx: Transaction, mail: Mail, public_url: str) -> Letter | None:
    """The link by which somebody who forgot their password chooses another."""
    address = mail.address or ""
    made = mail_password_link(tx, email=address)
    if made is None:
        return None
    person, secret = made
    mail.person_id = person.id
    return Letter(
        to=address,
        subject=_("Choose a new password"),
        paragraphs=[
            _greeting(Reader(person, address)),
            _(
                "you, or somebody who typed your address, asked for a new password. The link works "
                "once, within an hour. Browsers in which you are signed in are signed out then."
            ),
            _("If it was not you, there is nothing to do: your password stays as it is."),
        ],
        why=_YOURS,
        action=(_("Choose a new password"), f"{public_url}/password?chiave={secret}"),
    )


@to_reader
def password_changed(
    _tx: Transaction, mail: Mail, reader: Reader, _public_url: str
) -> Letter | None:
    """The password of an account is another one now."""
    moment = format_datetime(in_rome(mail.owed_at), "d MMMM y, HH:mm", rebase=False)
    return Letter(
        to=reader.address,
        subject=_("Your password was changed"),
        paragraphs=[
            _greeting(reader),
            _("the password of your account was changed on %(moment)s.", moment=moment),
            _IF_NOT_YOU,
        ],
        why=_YOURS,
    )


@to_reader
def second_step_changed(
    tx: Transaction, _mail: Mail, reader: Reader, _public_url: str
) -> Letter | None:
    """The second step of an account was turned on or off."""
    is_on = second_step_of(tx.session, reader.person.id) is not None
    return Letter(
        to=reader.address,
        subject=_("Your second step was changed"),
        paragraphs=[
            _greeting(reader),
            _("from now on signing in takes your password and a second step.")
            if is_on
            else _("from now on signing in takes your password alone: the second step is off."),
            _IF_NOT_YOU,
        ],
        why=_YOURS,
    )


@to_reader
def data_ready(_tx: Transaction, _mail: Mail, reader: Reader, public_url: str) -> Letter | None:
    """The copy of the reader's data can be fetched."""
    return Letter(
        to=reader.address,
        subject=_("The copy of your data is ready"),
        paragraphs=[
            _greeting(reader),
            _("you can fetch the copy of your data for seven days. Then it is deleted."),
            _IF_NOT_YOU,
        ],
        why=_YOURS,
        action=(_("Fetch the copy"), f"{public_url}/profilo/copia-dei-dati"),
    )


def _is_known(tx: Transaction, person: Person) -> bool:
    return person.email_confirmed_at is not None and failing(tx.session, person.id) is None


def _greeting(reader: Reader) -> Sentence:
    """By name only where the reader has chosen it: a stranger may have given this address."""
    person = reader.person
    if person.email_confirmed_at is None or person.email != reader.address:
        return _("Hello,")
    return _("Hello %(name)s,", name=person.display_name)


def _confirming(public_url: str, secret: str) -> tuple[Sentence, str]:
    return _("Confirm my address"), f"{public_url}/conferma-indirizzo?chiave={secret}"
