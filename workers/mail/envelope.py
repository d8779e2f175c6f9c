"""The envelope: a letter as a message of RFC 5322, in plain text and HTML."""

from __future__ import annotations

from email.errors import MessageError
from email.headerregistry import HeaderRegistry
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import cache
from typing import Any

from flask_babel import gettext, ngettext
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from consultazione.config import ROOT
from consultazione.core.mail.outbox import Mail
from consultazione.notices.letters import Letter
from consultazione.notices.mail_in.cutting import MARKS


class _Headers(HeaderRegistry):
    """The classes of headers, each made once: the library makes all of a mail's anew."""

    def __init__(self) -> None:
        super().__init__()
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = super().__getitem__(name)
        return self._made[name]


_POLICY = SMTP.clone(header_factory=_Headers())


class CannotAddress(Exception):
    """A header of a mail would hold a line break, or an address is none: it is never sent."""


def compose(
    letter: Letter, mail: Mail, *, sender: str, public_url: str, answers_to: str | None = None
) -> EmailMessage:
    """The message for a letter, in the language that is spoken now.

    answers_to: the signed address for answers; None if nobody reads them.

    The Message-ID follows from the mail alone, so that a mail which is sent a second time can be
    told to be the same. CannotAddress if a header would not be one line.
    """
    message = EmailMessage(policy=_POLICY)
    try:
        message["From"] = sender
        message["To"] = letter.to
        message["Subject"] = str(letter.subject)
    except (ValueError, MessageError) as error:
        raise CannotAddress(
            "The subject, the sender or the address of a mail is not one line."
        ) from error
    message["Date"] = format_datetime(mail.owed_at)
    message["Message-ID"] = _message_id(mail, sender)
    if answers_to is not None:
        message["Reply-To"] = answers_to
    # RFC 3834: nobody's absence note answers it.
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if letter.stop is not None:
        # RFC 8058: the mail program stops them by one POST, which needs no page and no sign-in.
        message["List-Unsubscribe"] = f"<{letter.stop}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mark = MARKS[mail.language == "en"] if answers_to else ""
    values = {
        **vars(letter), "public_url": public_url, "language": mail.language, "mark": mark,
    }  # fmt: skip
    message.set_content(_templates().get_template("letter.txt").render(values))
    html = _templates().get_template("letter.html").render(values)
    message.add_alternative(html, subtype="html")
    message["Content-Language"] = mail.language  # of both parts, so after them
    return message


def _message_id(mail: Mail, sender: str) -> str:
    domain = parseaddr(sender)[1].rpartition("@")[2]
    return f"<mail-{mail.id}.{int(mail.owed_at.timestamp() * 1_000_000)}@{domain}>"


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(ROOT / "templates" / "mail"),
        autoescape=select_autoescape(["html"]),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    return templates
