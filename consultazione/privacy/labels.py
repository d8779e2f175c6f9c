"""What tables and columns are called in the page of one's own data."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Sentence
from consultazione.erasure.names import ROWS
from consultazione.privacy.models import LeftTexts

LEFT_TEXTS = {
    LeftTexts.KEEP: _("They stay, without the name"),
    LeftTexts.ERASE: _("Comments are erased, open proposals are withdrawn"),
}
ACTIVITY_FIELDS: Mapping[str, Sentence] = {
    "name": _("Activity"),
    "purpose": _("Purpose"),
    "basis": _("Legal basis"),
    "subjects": _("Whose data"),
    "data": _("Which data"),
    "recipients": _("Who receives it"),
    "kept": _("How long it is kept"),
    "measures": _("Security measures"),
}
ACCESS_NAMES: Mapping[str, Sentence] = {
    "accounts.read": _("Read the register of accounts"),
    "mail.read": _("Read kept mails"),
    "security.read": _("Read the security log"),
    "data.taken": _("Fetched the copy of their own data"),
    "password_link.created": _("Made a link for somebody’s password"),
    "password_link.confirmed": _("Confirmed a link for somebody’s password"),
    "person.blocked": _("Blocked an account"),
    "person.unblocked": _("Unblocked an account"),
}
_TABLES: Mapping[str, Sentence] = {
    **ROWS,
    "api_token": _("Keys for programs"),
    "attendance": _("Presences in sittings"),
    "ballot": _("Votes that are not secret"),
    "data_download": _("Copies of your data that you asked for"),
    "hand": _("Requests to speak"),
    "mail": _("Mails to you"),
    "opinion_answer": _("Your answers to opinion maps"),
    "passkey": _("Passkeys"),
    "person": _("Your account"),
    "proposal_draft": _("Drafts of your proposals"),
    "question_upvote": _("Questions that you supported"),
    "role_grant": _("Your roles"),
    "sign_in": _("Browsers in which you are signed in"),
    "survey_answer": _("Your answers to surveys"),
    "survey_participant": _("Surveys that you answered"),
    "support": _("Proposals that you support"),
}
_COLUMNS: Mapping[str, Sentence] = {
    "id": _("Number"),
    "answers": _("What you wrote"),
    "at": _("When"),
    "body": _("Text"),
    "category": _("Category"),
    "created_at": _("Since"),
    "device": _("Browser"),
    "display_name": _("Name"),
    "email": _("E-mail address"),
    "kind": _("Kind"),
    "language": _("Language"),
    "position": _("Position"),
    "proposal_id": _("Number of the proposal"),
    "reason": _("Reason"),
    "state": _("State"),
    "title": _("Title"),
    "words": _("Text"),
}


def table_name(table: str) -> str:
    """What a table's rows are called; the technical name if nobody named them."""
    return str(_TABLES.get(table, table.replace("_", " ")))


def column_name(column: str) -> str:
    """What a column is called; the technical name if nobody named it."""
    return str(_COLUMNS.get(column, column.replace("_", " ")))
