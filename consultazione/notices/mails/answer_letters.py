"""Letters to who has answered a mail: why nothing came of it, or what was left out."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Sentence
from consultazione.core.mail.outbox import Mail
from consultazione.notices.letters import Letter
from consultazione.notices.mail_in.models import TakenMail

_YOURS = _("You get this mail because you have answered one from the site.")
_NO_FILES = _(
    "Attachments are not taken by mail: put a link into the text, or hand them in on the site."
)


def answer_refused(tx: Transaction, mail: Mail, public_url: str) -> Letter | None:
    """Why nothing came of an answer, with its text, which is kept nowhere else and not here after.

    It goes to where the answer came from, also if the account is blocked.
    """
    row = _row(tx, mail)
    if row is None or row.reason is None or mail.address is None:
        return None
    reason, body = row.reason, row.body
    row.reason = row.body = None
    said: list[Sentence] = [_("your answer was not published. The reason:"), reason]
    if row.has_files:
        said.append(_NO_FILES)
    if body:
        lines = [line for line in body.splitlines() if line.strip()]
        said += [_("Your text, so that nothing is lost:"), *lines]
    return Letter(
        to=mail.address,
        subject=_("Your answer was not published"),
        paragraphs=[_("Hello,"), *said],
        why=_YOURS,
        action=(_("Go to the site"), public_url),
    )


def answer_taken(tx: Transaction, mail: Mail, public_url: str) -> Letter | None:
    """What became of an answer, where files were left out or the text waits."""
    row = _row(tx, mail)
    if row is None or mail.address is None:
        return None
    is_published = row.comment_id is not None
    said = (
        _("your answer is published as a comment.")
        if is_published
        else _("your answer has come. Somebody reads it before it is public; you are told.")
    )
    page = f"/osservazioni/{row.comment_id}" if is_published else ""
    return Letter(
        to=mail.address,
        subject=_("Your answer has come"),
        paragraphs=[_("Hello,"), said, *([_NO_FILES] if row.has_files else [])],
        why=_YOURS,
        action=(_("Read it on the site"), f"{public_url}{page}"),
    )


def _row(tx: Transaction, mail: Mail) -> TakenMail | None:
    return tx.session.scalar(select(TakenMail).where(TakenMail.mail_id == mail.id))
