"""What no audit compares with the log, and why: each table, column and kind of entry by name.

A test fails when something is neither audited nor named here, or named here in vain.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

# Kinds of entry from which no row follows that an audit reads.
KINDS: Mapping[str, Sequence[str]] = {
    "an invitation is forgotten once it is settled, so the log keeps numbers alone": (
        "invitation.accepted", "invitation.lapsed", "invitation.sent_again",
        "invitation.withdrawn", "person.invited",
    ),
    "keys of accounts leave digests of secrets alone, which no page shows": (
        "calendar_address.made", "calendar_address.revoked",
        "password_link.confirmed", "password_link.created", "password_link.used",
        "password_link.withdrawn", "person.address_changed",
        "person.address_confirmed", "person.merge_proposed", "person.merge_turned_down",
        "person.name_corrected", "person.renamed",
        "person.password_changed", "token.created", "token.deleted",
        "second_step.turned_on", "second_step.turned_off", "recovery_codes.renewed",
        "recovery_code.used", "second_step_link.created", "second_step_link.used",
        "gateway.linked", "gateway.unlinked",
    ),
    "a chat is forgotten, so the log keeps numbers alone": (
        "chat.closed", "chat.forgotten", "chat.moderated", "chat.opened",
    ),
    "an answer that is prepared is nobody else's before it is given": (
        "answer.drafted", "answers.released", "evaluation.answer_prepared",
    ),
    "it says that a text was reported or raised, and not by whom": (
        "text.raised", "text.reported",
    ),
    "it counts or announces what other entries say one by one": (
        "budget.answered", "opinion.answered", "programme.imported", "quorum.verified",
        "survey.answered",
    ),
    "a file was read for searches, which pages do not show": ("proposal.file_indexed",),
    "it makes registering the same to a stranger, and changes nothing": ("registration.repeated",),
    "of jobs, which do what other entries tell": ("job.revived",),
    "it says which texts left the log, which has them no more": ("text.erased",),
    "an archive is a file, whose digest the entry has": (
        "archive.made", "archive.requested", "archive.restored", "archive.withdrawn",
    ),
}  # fmt: skip

# Whole tables.
TABLES: Mapping[str, Sequence[str]] = {
    "the log itself, recomputed by `core.log.verify`": ("log_entry", "log_stream", "log_text"),
    "the tree over the log, recomputed by `transparency.verifying`": (
        "log_checkpoint", "log_cosignature", "log_leaf", "log_tile",
    ),
    "accounts, their keys and drafts: no page shows them to others": (
        "address_link", "answer_draft", "api_token", "calendar_address", "ended_sign_in",
        "gateway_identity", "invitation", "mail", "password_link", "person_merge",
        "proposal_answer_draft", "proposal_draft", "recovery_code", "second_step", "setup_link",
        "sign_in", "zone_draft",
    ),
    "what somebody follows and was told is theirs alone, and in no log": (
        "follow", "mail_bounces", "notice", "notice_setting", "taken_mail", "unsubscribe_key",
    ),
    "what makes the machinery go, and no page shows as said by anybody": (
        "done_act", "erasure_mark", "installation", "job", "log_cursor", "text_key_state",
        "unchecked_sum",
    ),
    "a chat is forgotten, so the log keeps numbers alone": ("chat", "chat_message"),
    "who reported a text is told to nobody, and what waits follows from reports and rulings": (
        "moderation_case", "text_report",
    ),
    "secret: linked to nobody once a poll is closed, and sealed before": (
        "budget_answer", "opinion_answer", "poll_box_ballot", "poll_envelope", "poll_seal_salt",
        "survey_answer", "survey_participant", "survey_text",
    ),
    "read from the file, whose digest the log has": ("archive_page", "material_text"),
    "made again of the comments, and without words of its own": ("discussion_digest",),
    "the index of the search, made again from what it is of by `search rebuild`": (
        "search_dictionary", "search_entry", "search_key", "search_word", "search_word_count",
    ),
    "digests of destroyed files, which the entries of their sealing have": ("replaced_file",),
    "what rows said before: the entries of that time say it as far as the log has it": (
        "revision",
    ),
}  # fmt: skip

_ID = "a number that nothing refers to, or that a row has beside the key by which it is known"
_MARK = "marks an example; it is given with the whole import"
_FILE = "of a file, whose digest the log has"
_PLACE = "follows from what the row belongs to, which is audited"

# Columns of tables that are audited otherwise: for each reason the columns by table.
COLUMNS: Mapping[str, Mapping[str, str]] = {
    _ID: {
        "act_version": "id", "agenda_point_version": "id", "applause": "id",
        "block_version": "id", "body_figures": "id", "comment_version": "id",
        "document_edition": "id",
        "document_seal": "id", "excuse": "id", "minutes_note": "id", "outcome_item": "id",
        "phase_reopening": "id", "phase_version": "id", "proposal_lineage": "id",
        "proposal_version": "id",
        "role_grant": "id", "sitting_version": "id", "suspension": "id",
    },
    _MARK: {
        "act": "demo", "annual_programme": "demo", "approval_step": "demo",
        "archive_document": "demo", "attachment": "demo", "block": "demo",
        "block_comment": "demo", "block_suggestion": "demo", "body_figures": "demo",
        "citation": "demo", "comment": "demo", "decision": "demo", "fund": "demo",
        "gathering": "demo", "intervention": "demo", "material": "demo",
        "opinion_map": "demo", "organisation": "demo", "participatory_budget": "demo",
        "person": "demo", "phase": "demo", "priority_link": "demo", "promise_assessment": "demo",
        "promise_comment": "demo", "proposal": "demo", "provincial_programme": "demo",
        "provincial_project": "demo", "provincial_table": "demo", "shared_item": "demo",
        "sharing_scenario": "demo", "signatory": "demo", "sitting": "demo", "strategy": "demo",
        "territory": "demo", "zone": "demo",
    },
    _FILE: {
        "archive_document": "file_name media_type size text_state",
        "attachment": "file_name media_type size", "block": "picture picture_type",
        "document_seal": "plain_sha256 plain_size signer stamped_at stamped_by",
        "mandate_document": "file_name media_type size", "material": "file_name media_type size",
        "proposal_file": "media_type size text",
        "organisation_application": "file_name media_type size",
        "signing_copy": "size",
    },
    "of the file or of the device that signed: its signature proves itself over the copy, whose"
    " digest the log has": {"document_signature": "report evidence file file_sha256"},
    "copied from the row of what was numbered, which is audited": {
        "document_edition": "pdf_sha256", "erased_file": "number",
        "registered_document": "file_digest",
    },
    "who is silent in a vote follows from its ballots and from who was there": {"poll": "silence"},
    "for whom and when an order was asked for is told to its office alone; the rest is counted": {
        "erasure_order": "asked_on person_id files xid",
    },
    "for whom it was written: it stands in the document, whose digest the log has": {
        "registered_document": "organisation_id",
    },
    _PLACE: {
        "annual_programme": "zone_id", "decision": "zone_id",
        "organisation_application": "cycle_id", "outcome": "table_id",
        "participatory_budget": "zone_id", "phase": "zone_id",
        "shared_item": "zone_id", "sharing_criterion": "zone_id",
        "sharing_scenario": "zone_id", "strategy": "zone_id", "thematic_table": "cycle_id",
    },
    "keys of accounts and their names, which no page shows to others": {
        "passkey": "credential_id public_key uses label used_at",
    },
    "names and addresses never enter the log, nor do passwords": {
        "person": "email display_name name_key name_mark password_hash",
        "thematic_table": "coordinator",
    },
    "which language somebody reads, and since when their address is theirs, no page shows": {
        "person": "language email_confirmed_at",
    },
    "the database computes it from columns that are audited": {
        "archive_document": "words", "proposal": "words living", "proposal_file": "words",
    },
    "counts writings so that two writers see each other; no page shows it": {
        "minutes": "version", "minutes_note": "version", "speech_gist": "version",
    },
    "when a mail told of it, which nobody else reads": {
        "held_text": "told_at", "ruling": "told_at", "ruling_appeal": "told_at",
    },
    "rehearsals leave nothing in the log, and are in no audit": {"sitting": "rehearses"},
    "of a file that is deleted after some days, which its owner alone sees": {
        "data_download": "expires_at name size",
    },
    "drawn at random, for who has the receipt alone": {"paper_text": "code"},
    "what a text says that waits is nobody else’s": {"held_text": "content"},
    "who has spoken last, from the hands, which are audited": {"speakers_list": "last"},
    "from the mandate, which is audited": {"ballot": "represents_id organisation_id"},
    "from whom somebody had their role, for the rule of the second person": {
        "role_grant": "backers",
    },
    "what stood before is told by the entry before, where there is one": {
        "phase_reopening": "closed_on closing_act_id", "phase_version": "starts_on closed_on",
        "sitting_version": "quorum",
    },
    "an address, given once and never changed": {
        "page_feedback": "path", "territory": "slug", "thematic_table": "slug", "zone": "slug",
    },
}  # fmt: skip


def columns() -> dict[str, str]:
    """The reason for each column, by `table.column`."""
    return {
        f"{table}.{name}": reason
        for reason, tables in COLUMNS.items()
        for table, names in tables.items()
        for name in names.split()
    }
