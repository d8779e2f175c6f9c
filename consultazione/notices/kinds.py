"""Every kind of mail, with who writes its letter: one line a kind."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Sentence
from consultazione.notices.digests import notices_letter, notices_letters
from consultazione.notices.letters import Writer, Writers
from consultazione.notices.mails import (
    account_letters,
    answer_letters,
    mandate_letters,
    moderation_letters,
    people_letters,
)

WRITERS: dict[str, Writer] = {
    "confirm_address": account_letters.confirm_address,
    "new_address": account_letters.new_address,
    "address_changed": account_letters.address_changed,
    "address_taken": account_letters.address_taken,
    "password_link": account_letters.password_link,
    "password_changed": account_letters.password_changed,
    "second_step_changed": account_letters.second_step_changed,
    "notices": notices_letter,
    "answer_refused": answer_letters.answer_refused,
    "answer_taken": answer_letters.answer_taken,
    "data_ready": account_letters.data_ready,
    "held_text_settled": moderation_letters.held_text_settled,
    "text_moderated": moderation_letters.text_moderated,
    "report_settled": moderation_letters.report_settled,
    "appeal_decided": moderation_letters.appeal_decided,
    "name_corrected": people_letters.name_corrected,
    "invitation": people_letters.invitation,
    "accreditation": mandate_letters.accreditation,
    "mandate_ending": mandate_letters.mandate_ending,
}
# Of which many are owed at once.
WRITERS_OF_MANY: dict[str, Writers] = {"notices": notices_letters}
# What the administrators' page calls them.
NAMES: dict[str, Sentence] = {
    "confirm_address": _("Confirmation of an address"),
    "new_address": _("Confirmation of a new address"),
    "address_changed": _("An address was changed"),
    "address_taken": _("A second account with an address"),
    "password_link": _("A link for a forgotten password"),
    "password_changed": _("A password was changed"),
    "second_step_changed": _("A second step was changed"),
    "notices": _("Notices of what somebody follows"),
    "answer_refused": _("An answer by mail that was not published"),
    "answer_taken": _("An answer by mail has come"),
    "data_ready": _("A copy of one’s data"),
    "held_text_settled": _("A text that waited was read"),
    "text_moderated": _("A decision on a text"),
    "report_settled": _("What came of a report"),
    "appeal_decided": _("An appeal was decided"),
    "name_corrected": _("A name was corrected"),
    "invitation": _("An invitation"),
    "accreditation": _("Answer to an application for accreditation"),
    "mandate_ending": _("A mandate ends soon"),
}
