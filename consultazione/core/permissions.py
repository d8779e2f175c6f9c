"""Every "may they?" of the product: the permissions, the roles that have each, and where.

A command asks for the permission of its own name at a place; pages ask by name for what they
show. The actor's roles count where they were given: a facilitator of one table is nobody
special at another.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Self

from consultazione.core.actor import Actor, Role
from consultazione.core.errors import NotAllowed
from consultazione.core.sentences import LazySentence as _

_ANYBODY = frozenset(Role) - {Role.SYSTEM}
_SIGNED_IN = _ANYBODY - {Role.VISITOR}
_MODERATES = frozenset({Role.FACILITATOR, Role.PLAN_OFFICE, Role.ADMINISTRATOR})
_CHAIRS = frozenset({Role.FACILITATOR})
_RUNS_DESK = frozenset({Role.FACILITATOR, Role.COORDINATOR})
_CONVENES = frozenset({Role.FACILITATOR, Role.COORDINATOR, Role.PLAN_OFFICE})
_RUNS_PLAN = frozenset({Role.PLAN_OFFICE})
_RUNS_ZONE = frozenset({Role.ADMINISTRATOR})
_UNION = frozenset({Role.UNION_DELEGATE})
_READS_TERRITORY = frozenset({Role.PROVINCIAL_COORDINATOR})
_RUNS_INSTALLATION = frozenset({Role.INSTALLER})
_WORKER = frozenset({Role.SYSTEM})


class Permission(StrEnum):
    """What somebody may do, each with the roles that may; the value is its name in templates.

    A command has one of its own name. Below them stand those of which no command is asked,
    but a page, a part of it, or a choice inside a command.
    """

    roles: frozenset[Role]

    def __new__(cls, name: str, roles: frozenset[Role]) -> Self:
        """A member whose value is its name alone."""
        member = str.__new__(cls, name)
        member._value_, member.roles = name, roles
        return member

    # zones
    SET_UP_ZONE = "set_up_zone", _RUNS_INSTALLATION | _WORKER
    SET_UP_TERRITORY = "set_up_territory", _WORKER
    JOIN_TERRITORY = "join_territory", _WORKER
    SHARE_DRAFTS = "share_drafts", _RUNS_ZONE | _WORKER
    WITHHOLD_DRAFTS = "withhold_drafts", _RUNS_ZONE | _WORKER
    OPEN_CYCLE = "open_cycle", _RUNS_ZONE | _WORKER
    RECORD_ACT = "record_act", _RUNS_PLAN | _RUNS_ZONE | _WORKER
    OPEN_PHASE = "open_phase", _RUNS_PLAN | _RUNS_ZONE | _WORKER
    CLOSE_PHASE = "close_phase", _RUNS_PLAN | _RUNS_ZONE | _WORKER
    REOPEN_PHASE = "reopen_phase", _RUNS_PLAN | _RUNS_ZONE
    CORRECT_PHASE = "correct_phase", _RUNS_PLAN | _RUNS_ZONE
    SUSPEND_PHASE = "suspend_phase", _RUNS_PLAN | _RUNS_ZONE
    RESUME_PHASE = "resume_phase", _RUNS_PLAN | _RUNS_ZONE
    SET_DEADLINE = "set_deadline", _RUNS_PLAN | _RUNS_ZONE | _WORKER
    CORRECT_ACT = "correct_act", _RUNS_PLAN | _RUNS_ZONE | _WORKER
    RECORD_APPROVAL = "record_approval", _RUNS_PLAN | _RUNS_ZONE | _WORKER
    STRIKE_APPROVAL = "strike_approval", _RUNS_PLAN | _RUNS_ZONE | _WORKER
    NAME_SIGNATORIES = "name_signatories", _RUNS_PLAN | _RUNS_ZONE | _WORKER
    REMOVE_SIGNATORY = "remove_signatory", _RUNS_PLAN | _RUNS_ZONE | _WORKER
    RECORD_SIGNATURES = "record_signatures", _RUNS_PLAN | _RUNS_ZONE | _WORKER
    STRIKE_SIGNATURE = "strike_signature", _RUNS_PLAN | _RUNS_ZONE | _WORKER
    ATTACH_DOCUMENT = "attach_document", _RUNS_PLAN | _RUNS_ZONE | _WORKER
    WITHDRAW_DOCUMENT = "withdraw_document", _RUNS_PLAN | _RUNS_ZONE | _WORKER
    ANNOUNCE_GATHERING = "announce_gathering", _RUNS_PLAN | _RUNS_ZONE | _WORKER
    REVISE_GATHERING = "revise_gathering", _RUNS_PLAN | _RUNS_ZONE | _WORKER
    CALL_OFF_GATHERING = "call_off_gathering", _RUNS_PLAN | _RUNS_ZONE | _WORKER
    ADD_CITATION = "add_citation", _RUNS_PLAN | _RUNS_ZONE | _WORKER
    CORRECT_CITATION = "correct_citation", _RUNS_PLAN | _RUNS_ZONE | _WORKER
    REMOVE_CITATION = "remove_citation", _RUNS_PLAN | _RUNS_ZONE | _WORKER
    # Whoever reads; nothing says who it was.
    GIVE_FEEDBACK = "give_feedback", _ANYBODY
    ERASE_FEEDBACK = "erase_feedback", _RUNS_PLAN | _RUNS_ZONE
    WRITE_PAGE = "write_page", _RUNS_ZONE
    # people
    REGISTER = "register", frozenset({Role.VISITOR, Role.SYSTEM})
    SIGN_IN = "sign_in", frozenset({Role.VISITOR})
    SIGN_OUT = "sign_out", _SIGNED_IN
    SIGN_OUT_ELSEWHERE = "sign_out_elsewhere", _SIGNED_IN
    CHANGE_PASSWORD = "change_password", _SIGNED_IN
    CREATE_TOKEN = "create_token", _SIGNED_IN | _WORKER
    DELETE_TOKEN = "delete_token", _SIGNED_IN
    ADD_PASSKEY = "add_passkey", _SIGNED_IN
    REMOVE_PASSKEY = "remove_passkey", _SIGNED_IN
    MAKE_CALENDAR_ADDRESS = "make_calendar_address", _SIGNED_IN
    REVOKE_CALENDAR_ADDRESS = "revoke_calendar_address", _SIGNED_IN
    ASK_FOR_CONFIRMATION = "ask_for_confirmation", _SIGNED_IN
    ASK_TO_CHANGE_ADDRESS = "ask_to_change_address", _SIGNED_IN
    CHANGE_OWN_NAME = "change_own_name", _SIGNED_IN
    END_SIGN_IN = "end_sign_in", _SIGNED_IN
    # Whoever has done the first step, or has a passkey.
    FINISH_SIGN_IN = "finish_sign_in", frozenset({Role.VISITOR})
    SIGN_IN_BY_PASSKEY = "sign_in_by_passkey", frozenset({Role.VISITOR})
    TURN_ON_SECOND_STEP = "turn_on_second_step", _SIGNED_IN
    TURN_OFF_SECOND_STEP = "turn_off_second_step", _SIGNED_IN
    RENEW_RECOVERY_CODES = "renew_recovery_codes", _SIGNED_IN
    REQUIRE_SECOND_STEP = "require_second_step", _RUNS_ZONE
    MAKE_SECOND_STEP_LINK = "make_second_step_link", _RUNS_ZONE | _WORKER
    # Whoever has the secret, and knows the password.
    USE_SECOND_STEP_LINK = "use_second_step_link", _ANYBODY
    # Whom the gateway of SPID and CIE knows.
    SIGN_IN_BY_GATEWAY = "sign_in_by_gateway", frozenset({Role.VISITOR})
    REGISTER_BY_GATEWAY = "register_by_gateway", frozenset({Role.VISITOR})
    LINK_GATEWAY = "link_gateway", _SIGNED_IN
    UNLINK_GATEWAY = "unlink_gateway", _SIGNED_IN
    MAIL_ADDRESS_LINK = "mail_address_link", _WORKER
    # Whoever has the secret.
    CONFIRM_ADDRESS = "confirm_address", _ANYBODY
    BLOCK_PERSON = "block_person", _RUNS_ZONE
    UNBLOCK_PERSON = "unblock_person", _RUNS_ZONE
    RENAME_PERSON = "rename_person", _RUNS_ZONE
    PROPOSE_MERGE = "propose_merge", _RUNS_ZONE
    CONFIRM_MERGE = "confirm_merge", _RUNS_ZONE
    TURN_MERGE_DOWN = "turn_merge_down", _RUNS_ZONE
    INVITE_PEOPLE = "invite_people", _RUNS_ZONE
    SEND_INVITATION_AGAIN = "send_invitation_again", _RUNS_ZONE
    WITHDRAW_INVITATION = "withdraw_invitation", _RUNS_ZONE
    MAIL_INVITATION = "mail_invitation", _WORKER
    LAPSE_INVITATION = "lapse_invitation", _WORKER
    # Whoever has the secret, and no account yet.
    ACCEPT_INVITATION = "accept_invitation", frozenset({Role.VISITOR})
    IDENTIFY_PERSON = "identify_person", _RUNS_DESK | _RUNS_ZONE | _WORKER
    MAKE_PASSWORD_LINK = "make_password_link", _RUNS_ZONE | _WORKER
    CONFIRM_PASSWORD_LINK = "confirm_password_link", _RUNS_ZONE
    WITHDRAW_PASSWORD_LINK = "withdraw_password_link", _RUNS_ZONE
    ASK_FOR_PASSWORD_LINK = "ask_for_password_link", _ANYBODY
    MAIL_PASSWORD_LINK = "mail_password_link", _WORKER
    # Whoever has the secret.
    USE_PASSWORD_LINK = "use_password_link", _ANYBODY
    REGISTER_ORGANISATION = "register_organisation", _RUNS_ZONE | _RUNS_PLAN | _WORKER
    CORRECT_ORGANISATION = "correct_organisation", _RUNS_ZONE | _RUNS_PLAN
    READMIT_ORGANISATION = "readmit_organisation", _RUNS_ZONE | _RUNS_PLAN
    GIVE_MANDATE = "give_mandate", _RUNS_ZONE | _RUNS_PLAN | _WORKER
    CORRECT_MANDATE = "correct_mandate", _RUNS_ZONE | _RUNS_PLAN
    END_MANDATE = "end_mandate", _RUNS_ZONE | _RUNS_PLAN | _WORKER
    # Delegates for their own union only; the commands look at which mandate.
    CONFIRM_MANDATE = "confirm_mandate", _RUNS_ZONE | _RUNS_PLAN | _UNION
    TURN_MANDATE_DOWN = "turn_mandate_down", _RUNS_ZONE | _RUNS_PLAN | _UNION
    ANNOUNCE_END = "announce_end", _WORKER
    APPOINT_INSTALLER = "appoint_installer", _WORKER
    GIVE_ROLE = "give_role", _RUNS_ZONE | _WORKER
    TAKE_ROLE_BACK = "take_role_back", _RUNS_ZONE
    APPOINT_COORDINATOR = "appoint_coordinator", _WORKER
    DISMISS_COORDINATOR = "dismiss_coordinator", _WORKER
    REVIVE_JOB = "revive_job", _RUNS_ZONE
    # documents
    ANNUL_REGISTRATION = "annul_registration", _RUNS_PLAN | _RUNS_ZONE
    # Who was named to write the document too; the commands look at whom.
    WRITE_EASY_SUMMARY = "write_easy_summary", _CHAIRS | _RUNS_PLAN
    WITHDRAW_EASY_SUMMARY = "withdraw_easy_summary", _CHAIRS | _RUNS_PLAN
    # tables
    SET_UP_TABLE = "set_up_table", _RUNS_PLAN | _RUNS_ZONE | _WORKER
    TAKE_SEAT = "take_seat", _MODERATES | _WORKER
    CHANGE_TABLE_RULE = "change_table_rule", _RUNS_PLAN | _RUNS_ZONE
    CHANGE_TABLE_DEFAULT = "change_table_default", _RUNS_ZONE
    ACCREDIT_PERSON = "accredit_person", _CHAIRS | _RUNS_PLAN
    END_ACCREDITATION = "end_accreditation", _CHAIRS | _RUNS_PLAN
    GIVE_SEAT_BACK = "give_seat_back", _MODERATES
    APPLY_FOR_ACCREDITATION = "apply_for_accreditation", _SIGNED_IN
    # Whoever asked; the command looks at whom.
    WITHDRAW_APPLICATION = "withdraw_application", _SIGNED_IN
    GRANT_ACCREDITATION = "grant_accreditation", _RUNS_ZONE | _RUNS_PLAN
    REFUSE_ACCREDITATION = "refuse_accreditation", _RUNS_ZONE | _RUNS_PLAN
    # Here, since its seats are given back with it.
    WITHDRAW_ORGANISATION = "withdraw_organisation", _RUNS_ZONE | _RUNS_PLAN
    PUBLISH_MATERIAL = "publish_material", _CONVENES | _WORKER
    REPLACE_MATERIAL = "replace_material", _CONVENES
    RETITLE_MATERIAL = "retitle_material", _CONVENES
    WITHDRAW_MATERIAL = "withdraw_material", _CONVENES
    # proposals
    HAND_IN_PROPOSAL = "hand_in_proposal", _SIGNED_IN
    SUBMIT_PROPOSAL = "submit_proposal", _SIGNED_IN
    # Of one's own.
    BEGIN_PROPOSAL_DRAFT = "begin_proposal_draft", _SIGNED_IN
    SAVE_PROPOSAL_DRAFT = "save_proposal_draft", _SIGNED_IN
    DELETE_PROPOSAL_DRAFT = "delete_proposal_draft", _SIGNED_IN
    # Whoever wrote it; the commands look at whom.
    EDIT_PROPOSAL = "edit_proposal", _SIGNED_IN
    WITHDRAW_PROPOSAL = "withdraw_proposal", _SIGNED_IN
    ATTACH_TO_PROPOSAL = "attach_to_proposal", _SIGNED_IN
    KEEP_FILE_TEXT = "keep_file_text", _WORKER
    # The author, or who decides on proposals; the command looks at which.
    WITHDRAW_PROPOSAL_FILE = "withdraw_proposal_file", _SIGNED_IN
    PROPOSE_AMENDMENT = "propose_amendment", _SIGNED_IN
    # The author of the proposal, or of the amendment; the commands look at whom.
    ACCEPT_AMENDMENT = "accept_amendment", _SIGNED_IN
    REFUSE_AMENDMENT = "refuse_amendment", _SIGNED_IN
    WITHDRAW_AMENDMENT = "withdraw_amendment", _SIGNED_IN
    # The author; whoever is invited; the commands look at whom.
    INVITE_COSIGNER = "invite_cosigner", _SIGNED_IN
    SIGN_WITH_AUTHOR = "sign_with_author", _SIGNED_IN
    DECLINE_TO_SIGN = "decline_to_sign", _SIGNED_IN
    WITHDRAW_COSIGNING = "withdraw_cosigning", _SIGNED_IN
    MERGE_PROPOSAL = "merge_proposal", _MODERATES
    FORWARD_PROPOSAL = "forward_proposal", _MODERATES
    REFER_PROPOSAL = "refer_proposal", _MODERATES
    RECORD_BODY_REPLY = "record_body_reply", _MODERATES
    ADD_RECEIVING_BODY = "add_receiving_body", _RUNS_ZONE | _RUNS_PLAN
    RETIRE_RECEIVING_BODY = "retire_receiving_body", _RUNS_ZONE | _RUNS_PLAN
    # Its author; the command looks at whom.
    DIVIDE_PROPOSAL = "divide_proposal", _SIGNED_IN
    ADMIT_PROPOSAL = "admit_proposal", _MODERATES
    REFUSE_PROPOSAL = "refuse_proposal", _MODERATES
    SUPPORT_PROPOSAL = "support_proposal", _SIGNED_IN
    WITHDRAW_SUPPORT = "withdraw_support", _SIGNED_IN
    HIDE_PROPOSAL = "hide_proposal", _MODERATES
    SHOW_PROPOSAL = "show_proposal", _MODERATES
    # Who evaluates it too, and not its author; the commands look at whom.
    ASSIGN_EVALUATOR = "assign_evaluator", _RUNS_DESK
    WRITE_EVALUATION_NOTE = "write_evaluation_note", _RUNS_DESK
    ERASE_EVALUATION_NOTE = "erase_evaluation_note", _RUNS_DESK
    PREPARE_ANSWER = "prepare_answer", _RUNS_DESK
    PUBLISH_PROPOSAL_ANSWERS = "publish_proposal_answers", _RUNS_DESK
    SET_ANSWER_DAYS = "set_answer_days", _RUNS_ZONE | _RUNS_PLAN
    # comments
    HAND_IN_COMMENT = "hand_in_comment", _SIGNED_IN
    WRITE_COMMENT = "write_comment", _SIGNED_IN
    REPLY_TO_COMMENT = "reply_to_comment", _SIGNED_IN
    EDIT_COMMENT = "edit_comment", _SIGNED_IN
    WITHDRAW_COMMENT = "withdraw_comment", _SIGNED_IN
    HIDE_COMMENT = "hide_comment", _MODERATES
    SHOW_COMMENT = "show_comment", _MODERATES
    # The platform, for who deletes their account.
    ERASE_COMMENT = "erase_comment", _RUNS_ZONE | _WORKER
    # opinions
    OPEN_OPINION_MAP = "open_opinion_map", _CONVENES
    CLOSE_OPINION_MAP = "close_opinion_map", _CONVENES
    END_OPINION_MAP = "end_opinion_map", _WORKER
    DRAW_OPINION_MAP = "draw_opinion_map", _WORKER
    PROPOSE_OPINION = "propose_opinion", _SIGNED_IN
    ADMIT_OPINION = "admit_opinion", _MODERATES
    REFUSE_OPINION = "refuse_opinion", _MODERATES
    ANSWER_OPINION = "answer_opinion", _SIGNED_IN
    # sittings
    CONVENE_SITTING = "convene_sitting", _CONVENES | _WORKER
    CORRECT_SITTING = "correct_sitting", _CONVENES
    POSTPONE_SITTING = "postpone_sitting", _CONVENES
    CANCEL_SITTING = "cancel_sitting", _CONVENES
    NAME_SECRETARY = "name_secretary", _CONVENES
    START_REHEARSAL = "start_rehearsal", _CONVENES
    END_REHEARSAL = "end_rehearsal", _CONVENES | _WORKER
    ADD_POINT = "add_point", _CONVENES | _WORKER
    CORRECT_POINT = "correct_point", _CONVENES
    REMOVE_POINT = "remove_point", _CONVENES
    REGISTER_FOR_HALL = "register_for_hall", _SIGNED_IN
    # Whoever registered, the organisation's delegates, the desk; the command looks at which.
    WITHDRAW_FROM_HALL = "withdraw_from_hall", _SIGNED_IN
    SET_QUORUM = "set_quorum", _CONVENES | _WORKER
    VERIFY_QUORUM = "verify_quorum", _CHAIRS
    CALL_ROLL = "call_roll", _CHAIRS
    OPEN_SITTING = "open_sitting", _CHAIRS
    CLOSE_SITTING = "close_sitting", _CHAIRS
    START_POINT = "start_point", _CHAIRS
    CLOSE_POINT = "close_point", _CHAIRS
    ASK_QUESTION = "ask_question", _SIGNED_IN
    UPVOTE_QUESTION = "upvote_question", _SIGNED_IN
    WITHDRAW_UPVOTE = "withdraw_upvote", _SIGNED_IN
    SHOW_QUESTION = "show_question", _CHAIRS
    HIDE_QUESTION = "hide_question", _CHAIRS
    MERGE_QUESTION = "merge_question", _CHAIRS
    ANSWER_QUESTION = "answer_question", _CHAIRS
    MAKE_STATEMENT = "make_statement", _SIGNED_IN
    WITHDRAW_STATEMENT = "withdraw_statement", _SIGNED_IN
    HIDE_STATEMENT = "hide_statement", _CHAIRS
    SHOW_STATEMENT = "show_statement", _CHAIRS
    MAKE_COMMITMENT = "make_commitment", _CHAIRS
    REVISE_COMMITMENT = "revise_commitment", _CHAIRS
    CANCEL_COMMITMENT = "cancel_commitment", _CHAIRS
    # Whoever undertook it; the command looks at whom.
    COMPLETE_COMMITMENT = "complete_commitment", _SIGNED_IN
    WRITE_RUNNING_NOTE = "write_running_note", _CHAIRS
    ADD_PHRASE = "add_phrase", _CHAIRS
    REMOVE_PHRASE = "remove_phrase", _CHAIRS
    ADD_ZONE_PHRASE = "add_zone_phrase", _RUNS_ZONE | _RUNS_PLAN
    CHANGE_ZONE_PHRASE = "change_zone_phrase", _RUNS_ZONE | _RUNS_PLAN
    RETIRE_ZONE_PHRASE = "retire_zone_phrase", _RUNS_ZONE | _RUNS_PLAN
    SUSPEND_SITTING = "suspend_sitting", _CHAIRS
    RESUME_SITTING = "resume_sitting", _CHAIRS
    SUSPEND_POINT = "suspend_point", _CHAIRS
    SET_VIDEO = "set_video", _CONVENES
    MOVE_POINT = "move_point", _CONVENES
    ATTACH_MATERIAL = "attach_material", _CONVENES
    DETACH_MATERIAL = "detach_material", _CONVENES
    GIVE_FLOOR = "give_floor", _CHAIRS
    CHECK_IN = "check_in", _RUNS_DESK
    CHECK_OUT = "check_out", _RUNS_DESK
    RAISE_HAND_FOR = "raise_hand_for", _RUNS_DESK
    WITHDRAW_HAND_FOR = "withdraw_hand_for", _RUNS_DESK
    CHECK_IN_BY_CODE = "check_in_by_code", _SIGNED_IN
    EXCUSE = "excuse", _SIGNED_IN
    WITHDRAW_EXCUSE = "withdraw_excuse", _SIGNED_IN
    NAME_SUBSTITUTE = "name_substitute", _SIGNED_IN
    WITHDRAW_SUBSTITUTE = "withdraw_substitute", _SIGNED_IN
    GIVE_PROXY = "give_proxy", _SIGNED_IN
    WITHDRAW_PROXY = "withdraw_proxy", _SIGNED_IN
    CHOOSE_ORDER = "choose_order", _CHAIRS
    MOVE_HAND = "move_hand", _CHAIRS
    LIMIT_TIME = "limit_time", _CHAIRS
    SET_SPEAKING_QUOTAS = "set_speaking_quotas", _CHAIRS
    EXTEND_FLOOR = "extend_floor", _CHAIRS
    END_FLOOR = "end_floor", _SIGNED_IN
    OPEN_POLL = "open_poll", _CHAIRS
    CLOSE_POLL = "close_poll", _CHAIRS
    ANNUL_POLL = "annul_poll", _CHAIRS
    COUNT_IN_ROOM = "count_in_room", _RUNS_DESK
    ENTER_SITTING = "enter_sitting", _SIGNED_IN
    LEAVE_SITTING = "leave_sitting", _SIGNED_IN
    MARK_DEPARTED = "mark_departed", _WORKER
    RAISE_HAND = "raise_hand", _SIGNED_IN
    WITHDRAW_HAND = "withdraw_hand", _SIGNED_IN
    CAST_BALLOT = "cast_ballot", _SIGNED_IN
    OPEN_CHAT = "open_chat", _CHAIRS
    CLOSE_CHAT = "close_chat", _CHAIRS
    FORGET_CHAT = "forget_chat", _WORKER
    WRITE_CHAT_MESSAGE = "write_chat_message", _SIGNED_IN
    HIDE_CHAT_MESSAGE = "hide_chat_message", _CHAIRS
    SHOW_CHAT_MESSAGE = "show_chat_message", _CHAIRS
    COUNT_APPLAUSE = "count_applause", _WORKER
    # surveys
    PREPARE_SURVEY = "prepare_survey", _CONVENES
    ADD_SURVEY_QUESTION = "add_survey_question", _CONVENES
    REMOVE_SURVEY_QUESTION = "remove_survey_question", _CONVENES
    OPEN_SURVEY = "open_survey", _CONVENES
    DISCARD_SURVEY = "discard_survey", _CONVENES
    ANSWER_SURVEY = "answer_survey", _SIGNED_IN
    CLOSE_SURVEY = "close_survey", _CONVENES
    # moderation
    REPORT_TEXT = "report_text", _SIGNED_IN
    RAISE_TEXT = "raise_text", _WORKER
    RULE_ON_TEXT = "rule_on_text", _MODERATES
    UNDO_RULING = "undo_ruling", _MODERATES
    # Whoever wrote the text; the command looks at whom.
    APPEAL_RULING = "appeal_ruling", _SIGNED_IN
    # Somebody else than who ruled; the command looks at whom.
    DECIDE_APPEAL = "decide_appeal", _MODERATES
    SET_READING_FIRST = "set_reading_first", _RUNS_PLAN | _RUNS_ZONE
    RELEASE_TEXT = "release_text", _MODERATES
    TURN_TEXT_DOWN = "turn_text_down", _MODERATES
    ADD_MODERATION_RULE = "add_moderation_rule", _RUNS_ZONE
    RETIRE_MODERATION_RULE = "retire_moderation_rule", _RUNS_ZONE
    CHANGE_MODERATION = "change_moderation", _RUNS_ZONE
    # Of somebody who has handed it in on paper.
    ENTER_PAPER_PROPOSAL = "enter_paper_proposal", _CONVENES
    ENTER_PAPER_COMMENT = "enter_paper_comment", _CONVENES
    # minutes
    DRAFT_MINUTES = "draft_minutes", _WORKER
    REOPEN_SITTING = "reopen_sitting", _CHAIRS
    SEAL_DOCUMENT = "seal_document", _WORKER
    SEAL_REGISTRATION = "seal_registration", _WORKER
    SEAL_MINUTES = "seal_minutes", _WORKER
    WRITE_NOTE = "write_note", _CHAIRS
    # Who spoke too, of their own speech; the command looks at whose it is.
    WRITE_GIST = "write_gist", _CHAIRS
    ADD_CONCLUSION = "add_conclusion", _CHAIRS
    EDIT_CONCLUSION = "edit_conclusion", _CHAIRS
    REMOVE_CONCLUSION = "remove_conclusion", _CHAIRS
    CIRCULATE_MINUTES = "circulate_minutes", _CHAIRS
    RECALL_MINUTES = "recall_minutes", _CHAIRS
    # Who was at the sitting; the commands look at whom.
    ASK_CORRECTION = "ask_correction", _SIGNED_IN
    WITHDRAW_CORRECTION = "withdraw_correction", _SIGNED_IN
    ACCEPT_CORRECTION = "accept_correction", _CHAIRS
    REFUSE_CORRECTION = "refuse_correction", _CHAIRS
    ANSWER_CORRECTION = "answer_correction", _CHAIRS
    RECONSIDER_CORRECTION = "reconsider_correction", _CHAIRS
    APPROVE_MINUTES = "approve_minutes", _CHAIRS
    ENDORSE_MINUTES = "endorse_minutes", _CHAIRS
    APPROVE_BY_TABLE = "approve_by_table", _CHAIRS
    APPROVE_BY_SILENCE = "approve_by_silence", _WORKER
    PUBLISH_MINUTES = "publish_minutes", _CHAIRS
    FREEZE_MINUTES_COPY = "freeze_minutes_copy", _WORKER
    # The chair and who wrote them; the command looks at whom.
    SIGN_MINUTES = "sign_minutes", _SIGNED_IN
    # outcomes
    OPEN_OUTCOME = "open_outcome", _WORKER
    FREEZE_OUTCOME_COPY = "freeze_outcome_copy", _WORKER
    SIGN_OUTCOME = "sign_outcome", _UNION
    SIGN_OUTCOME_WITH_NOTE = "sign_outcome_with_note", _UNION
    DECLINE_OUTCOME = "decline_outcome", _UNION
    # Delegates for their own organisation; the command looks at which.
    ADHERE_TO_OUTCOME = "adhere_to_outcome", _SIGNED_IN
    SET_OUTCOME_DEADLINE = "set_outcome_deadline", _CHAIRS
    CLOSE_OUTCOME = "close_outcome", _CHAIRS
    END_SIGN_OFF = "end_sign_off", _WORKER
    # plan
    # Delegates for their own organisation, or who reads certificates; the command looks at which.
    ISSUE_CERTIFICATE = "issue_certificate", _SIGNED_IN
    FORWARD_OUTCOME = "forward_outcome", _WORKER
    TAKE_IN = "take_in", _RUNS_PLAN
    TAKE_IN_PART = "take_in_part", _RUNS_PLAN
    REFUSE_CONTRIBUTION = "refuse_contribution", _RUNS_PLAN
    REDIRECT_CONTRIBUTION = "redirect_contribution", _RUNS_PLAN
    CORRECT_ANSWER = "correct_answer", _RUNS_PLAN
    WRITE_PARAGRAPH = "write_paragraph", _RUNS_PLAN | _WORKER
    WRITE_BLOCK = "write_block", _RUNS_PLAN | _WORKER
    IMPORT_BLOCKS = "import_blocks", _RUNS_PLAN
    EDIT_BLOCK = "edit_block", _RUNS_PLAN
    MOVE_BLOCK = "move_block", _RUNS_PLAN
    SPLIT_BLOCK = "split_block", _RUNS_PLAN
    MERGE_BLOCKS = "merge_blocks", _RUNS_PLAN
    REMOVE_BLOCK = "remove_block", _RUNS_PLAN
    RESTORE_BLOCK = "restore_block", _RUNS_PLAN
    GENERATE_CONSULTATION_BLOCK = "generate_consultation_block", _RUNS_PLAN | _WORKER
    TAG_BLOCK = "tag_block", _RUNS_PLAN | _WORKER
    TAG_CHAPTER = "tag_chapter", _RUNS_PLAN | _WORKER
    SET_STRATEGY = "set_strategy", _RUNS_PLAN | _WORKER
    REVISE_STRATEGY = "revise_strategy", _RUNS_PLAN
    REMOVE_STRATEGY = "remove_strategy", _RUNS_PLAN
    RECORD_DECISION = "record_decision", _RUNS_PLAN | _WORKER
    REVISE_DECISION = "revise_decision", _RUNS_PLAN
    REVOKE_DECISION = "revoke_decision", _RUNS_PLAN
    CARRY_OUT_DECISIONS = "carry_out_decisions", _RUNS_PLAN
    COMMENT_ON_BLOCK = "comment_on_block", _SIGNED_IN
    ANSWER_BLOCK_COMMENT = "answer_block_comment", _RUNS_PLAN
    SUGGEST_CHANGE = "suggest_change", _SIGNED_IN
    ACCEPT_SUGGESTION = "accept_suggestion", _RUNS_PLAN
    REFUSE_SUGGESTION = "refuse_suggestion", _RUNS_PLAN
    DRAFT_ANSWER = "draft_answer", _RUNS_PLAN
    RELEASE_ANSWERS = "release_answers", _RUNS_PLAN
    SET_ANSWERS_DUE = "set_answers_due", _RUNS_PLAN | _WORKER
    PUBLISH_PLAN_DRAFT = "publish_plan_draft", _RUNS_PLAN | _WORKER
    DECLARE_PLAN_READY = "declare_plan_ready", _RUNS_PLAN | _WORKER
    REOPEN_PLAN = "reopen_plan", _RUNS_PLAN
    APPROVE_PLAN = "approve_plan", _RUNS_PLAN | _RUNS_ZONE | _WORKER
    NUMBER_PLAN = "number_plan", _RUNS_PLAN
    # programme
    OPEN_PROGRAMME = "open_programme", _RUNS_PLAN | _WORKER
    APPROVE_PROGRAMME = "approve_programme", _RUNS_PLAN | _WORKER
    NUMBER_PROGRAMME = "number_programme", _RUNS_PLAN
    REGISTER_FUND = "register_fund", _RUNS_PLAN | _WORKER
    SET_EARMARK = "set_earmark", _RUNS_PLAN | _WORKER
    LIFT_EARMARK = "lift_earmark", _RUNS_PLAN
    SET_FUND_AMOUNT = "set_fund_amount", _RUNS_PLAN | _WORKER
    ADD_INTERVENTION = "add_intervention", _RUNS_PLAN | _WORKER
    REVISE_INTERVENTION = "revise_intervention", _RUNS_PLAN
    REMOVE_INTERVENTION = "remove_intervention", _RUNS_PLAN
    SHARE_COST = "share_cost", _RUNS_PLAN | _WORKER
    RECORD_SPENDING = "record_spending", _RUNS_PLAN | _WORKER
    ADD_RESOURCE = "add_resource", _RUNS_PLAN | _WORKER
    REMOVE_RESOURCE = "remove_resource", _RUNS_PLAN
    ADD_INDICATOR = "add_indicator", _RUNS_PLAN | _WORKER
    REMOVE_INDICATOR = "remove_indicator", _RUNS_PLAN
    MEASURE_INDICATOR = "measure_indicator", _RUNS_PLAN | _WORKER
    # sharing
    RECORD_FIGURES = "record_figures", _RUNS_PLAN | _WORKER
    WRITE_CRITERION = "write_criterion", _RUNS_PLAN | _WORKER
    REWRITE_CRITERION = "rewrite_criterion", _RUNS_PLAN
    ADD_SHARED_ITEM = "add_shared_item", _RUNS_PLAN | _WORKER
    CHANGE_SHARED_ITEM = "change_shared_item", _RUNS_PLAN
    REMOVE_SHARED_ITEM = "remove_shared_item", _RUNS_PLAN
    STORE_SCENARIO = "store_scenario", _CHAIRS | _RUNS_PLAN
    ATTACH_SCENARIO = "attach_scenario", _CHAIRS | _RUNS_PLAN
    DETACH_SCENARIO = "detach_scenario", _CHAIRS | _RUNS_PLAN
    APPLY_SCENARIO = "apply_scenario", _RUNS_PLAN
    PREPARE_BUDGET = "prepare_budget", _RUNS_PLAN | _WORKER
    ADD_BUDGET_ITEM = "add_budget_item", _RUNS_PLAN | _WORKER
    REMOVE_BUDGET_ITEM = "remove_budget_item", _RUNS_PLAN
    OPEN_BUDGET = "open_budget", _RUNS_PLAN
    ANSWER_BUDGET = "answer_budget", _SIGNED_IN
    CLOSE_BUDGET = "close_budget", _RUNS_PLAN
    TAKE_UP_BUDGET_ITEM = "take_up_budget_item", _RUNS_PLAN
    PUT_BUDGET_ITEM_INTO_PROGRAMME = "put_budget_item_into_programme", _RUNS_PLAN
    # exchange
    IMPORT_PROGRAMME = "import_programme", _RUNS_PLAN
    # memory
    ADD_PAST_CYCLE = "add_past_cycle", _RUNS_ZONE | _RUNS_PLAN | _WORKER
    RECORD_PAST_PRIORITY = "record_past_priority", _RUNS_PLAN | _WORKER
    RECORD_ARCHIVE_DOCUMENT = "record_archive_document", _RUNS_PLAN | _WORKER
    ADD_ARCHIVE_FILE = "add_archive_file", _RUNS_PLAN | _WORKER
    REMOVE_ARCHIVE_DOCUMENT = "remove_archive_document", _RUNS_PLAN
    LINK_PRIORITY = "link_priority", _RUNS_PLAN | _WORKER
    UNLINK_PRIORITY = "unlink_priority", _RUNS_PLAN
    ASSESS_PROMISE = "assess_promise", _RUNS_PLAN | _WORKER
    COMMENT_ON_ASSESSMENT = "comment_on_assessment", _SIGNED_IN
    HIDE_ASSESSMENT_COMMENT = "hide_assessment_comment", _RUNS_ZONE
    # provincial; in the territory, whose coordinators no zone has
    OPEN_PROVINCIAL_PROGRAMME = "open_provincial_programme", _READS_TERRITORY | _WORKER
    SET_UP_PROVINCIAL_TABLE = "set_up_provincial_table", _READS_TERRITORY | _WORKER
    WRITE_PROVINCIAL_PROJECT = "write_provincial_project", _READS_TERRITORY | _WORKER
    FORWARD_PROJECT = "forward_project", _READS_TERRITORY | _WORKER
    ACCEPT_PROJECT = "accept_project", _RUNS_PLAN | _WORKER
    REFUSE_PROJECT = "refuse_project", _RUNS_PLAN | _WORKER
    PUT_PROJECT_INTO_PROGRAMME = "put_project_into_programme", _RUNS_PLAN
    # archive
    REQUEST_ARCHIVE = "request_archive", _RUNS_PLAN | _RUNS_ZONE
    RECORD_ARCHIVE = "record_archive", _WORKER
    RESTORE_ARCHIVE = "restore_archive", _WORKER
    # setting up
    MAKE_SETUP_LINK = "make_setup_link", _WORKER
    # Whoever has the secret.
    USE_SETUP_LINK = "use_setup_link", frozenset({Role.VISITOR})
    BEGIN_DRAFT = "begin_draft", _RUNS_INSTALLATION
    SAVE_STEP = "save_step", _RUNS_INSTALLATION
    DISCARD_DRAFT = "discard_draft", _RUNS_INSTALLATION
    CREATE_ZONE = "create_zone", _RUNS_INSTALLATION
    CHANGE_ZONE = "change_zone", _RUNS_ZONE
    CHANGE_LOGO = "change_logo", _RUNS_ZONE
    CHANGE_BODIES = "change_bodies", _RUNS_ZONE
    ADD_CHAPTER = "add_chapter", _RUNS_ZONE
    CHANGE_CHAPTER = "change_chapter", _RUNS_ZONE
    MOVE_CHAPTER = "move_chapter", _RUNS_ZONE
    REMOVE_CHAPTER = "remove_chapter", _RUNS_ZONE
    CHANGE_TABLE = "change_table", _RUNS_ZONE
    MOVE_TABLE = "move_table", _RUNS_ZONE
    CLOSE_TABLE = "close_table", _RUNS_ZONE
    REOPEN_TABLE = "reopen_table", _RUNS_ZONE
    COPY_CYCLE = "copy_cycle", _RUNS_ZONE

    # notices; everybody's own
    FOLLOW = "follow", _SIGNED_IN
    UNFOLLOW = "unfollow", _SIGNED_IN
    READ_NOTICES = "read_notices", _SIGNED_IN
    CHOOSE_CHANNELS = "choose_channels", _SIGNED_IN
    # Whoever has the token.
    STOP_MAILS = "stop_mails", _ANYBODY
    TELL_FOLLOWERS = "tell_followers", _WORKER
    REMIND = "remind", _WORKER
    OWE_NOTICE_MAILS = "owe_notice_mails", _WORKER
    FORGET_NOTICES = "forget_notices", _WORKER
    TAKE_ANSWER = "take_answer", _WORKER
    REFUSE_ANSWER = "refuse_answer", _WORKER
    NOTE_BOUNCE = "note_bounce", _WORKER

    # erasure
    ERASE_BY_ORDER = "erase_by_order", _RUNS_ZONE

    # privacy; of one's own
    REQUEST_OWN_DATA = "request_own_data", _SIGNED_IN
    RECORD_OWN_DATA = "record_own_data", _WORKER
    # Whose copy it is; the command looks at whom.
    DELETE_OWN_DATA = "delete_own_data", _SIGNED_IN | _WORKER
    DELETE_OWN_ACCOUNT = "delete_own_account", _SIGNED_IN
    CHANGE_PRIVACY = "change_privacy", _RUNS_ZONE
    APPLY_RETENTION = "apply_retention", _WORKER
    RECORD_ACTIVITY = "record_activity", _RUNS_ZONE
    REMOVE_ACTIVITY = "remove_activity", _RUNS_ZONE

    # beside commands: what is shown to whom, and who may do it for others
    OPEN_ADMINISTRATION = "open_administration", _RUNS_ZONE | _RUNS_PLAN
    READ_CERTIFICATE = "read_certificate", _RUNS_ZONE | _RUNS_PLAN
    READ_FEEDBACK = "read_feedback", _RUNS_ZONE | _RUNS_PLAN
    CHANGE_SETTINGS = "change_settings", _RUNS_ZONE
    READ_SECURITY_LOG = "read_security_log", _RUNS_ZONE
    READ_PRIVACY = "read_privacy", _RUNS_ZONE
    READ_MAIL = "read_mail", _RUNS_ZONE
    CONFIRM_ANY_MANDATE = "confirm_any_mandate", _RUNS_ZONE | _RUNS_PLAN
    READ_ACCOUNTS = "read_accounts", _RUNS_ZONE
    READ_APPLICATIONS = "read_applications", _RUNS_ZONE | _RUNS_PLAN
    DECIDE_ON_PROPOSALS = "decide_on_proposals", _MODERATES
    # Whom they have asked to evaluate it too.
    READ_EVALUATION = "read_evaluation", _RUNS_DESK
    RUN_DESK = "run_desk", _RUNS_DESK
    READ_REGISTRATIONS = "read_registrations", _CONVENES
    MODERATE_QUESTIONS = "moderate_questions", _CHAIRS
    MODERATE_CHAT = "moderate_chat", _CHAIRS
    READ_KEPT_CHAT = "read_kept_chat", _RUNS_DESK
    # A number that no command writes; those present alone.
    APPLAUD = "applaud", _SIGNED_IN
    READ_RUNNING_NOTES = "read_running_notes", _CHAIRS
    READ_ROOM_VOTES = "read_room_votes", _RUNS_DESK
    END_ANY_FLOOR = "end_any_floor", _CHAIRS
    ARRANGE_PAPERS = "arrange_papers", _CONVENES
    MARK_COMMITMENT_DONE = "mark_commitment_done", _CONVENES
    READ_DRAFT_MINUTES = "read_draft_minutes", _CONVENES | _READS_TERRITORY
    EDIT_MINUTES = "edit_minutes", _CHAIRS
    READ_DRAFT_PDF = "read_draft_pdf", _CHAIRS | _READS_TERRITORY
    ANSWER_CONTRIBUTIONS = "answer_contributions", _RUNS_PLAN
    EDIT_PROGRAMME = "edit_programme", _RUNS_PLAN


# What somebody may do with an account whose e-mail address is not confirmed, beside what every
# visitor may: leave it, secure it, confirm it. They read what is public; they write nothing.
BEFORE_CONFIRMATION = frozenset(
    {
        Permission.SIGN_OUT,
        Permission.SIGN_OUT_ELSEWHERE,
        Permission.CHANGE_PASSWORD,
        Permission.DELETE_TOKEN,
        Permission.REMOVE_PASSKEY,
        Permission.ASK_FOR_CONFIRMATION,
        Permission.ASK_TO_CHANGE_ADDRESS,
        Permission.END_SIGN_IN,
        Permission.REQUEST_OWN_DATA,
        Permission.DELETE_OWN_DATA,
        Permission.DELETE_OWN_ACCOUNT,
        Permission.TURN_ON_SECOND_STEP,
        Permission.TURN_OFF_SECOND_STEP,
        Permission.RENEW_RECOVERY_CODES,
        Permission.LINK_GATEWAY,
        Permission.UNLINK_GATEWAY,
    }
)

ROLE_NAMES = {
    Role.VISITOR: _("visitor"),
    Role.PARTICIPANT: _("participant"),
    Role.FACILITATOR: _("facilitator of the table"),
    Role.COORDINATOR: _("coordinator of the table"),
    Role.UNION_DELEGATE: _("delegate of a union"),
    Role.PLAN_OFFICE: _("plan office"),
    Role.ADMINISTRATOR: _("administrator of the zone"),
    Role.PROVINCIAL_COORDINATOR: _("coordinator of the territory"),
    Role.INSTALLER: _("administrator of the installation"),
    Role.SYSTEM: _("the platform itself"),
}


def acting_person(actor: Actor) -> int:
    """The person who acts; NotAllowed if nobody has signed in."""
    if actor.person_id is None:
        raise NotAllowed(_("Sign in to do this."))
    return actor.person_id


def may(
    actor: Actor,
    permission: Permission,
    *,
    zone_id: int | None = None,
    table_id: int | None = None,
    named: int | None = None,
) -> bool:
    """True if one of the actor's roles at that place has the permission.

    named: the person who may besides, whatever their roles. Before their address is confirmed,
    nobody may more than `BEFORE_CONFIRMATION`.
    """
    if not _counts(actor, permission):
        return False
    is_named = named is not None and actor.person_id == named
    return is_named or not permission.roles.isdisjoint(actor.roles(zone_id, table_id))


def permitted(
    actor: Actor,
    permissions: Iterable[Permission],
    *,
    zone_id: int | None = None,
    table_id: int | None = None,
) -> list[Permission]:
    """Those of several permissions that the actor has at one place, in the order given."""
    held = actor.roles(zone_id, table_id)
    return [p for p in permissions if _counts(actor, p) and not p.roles.isdisjoint(held)]


def require(
    actor: Actor,
    permission: Permission,
    *,
    zone_id: int | None = None,
    table_id: int | None = None,
    named: int | None = None,
) -> None:
    """Raise NotAllowed, with the roles that would do, unless the actor may."""
    if may(actor, permission, zone_id=zone_id, table_id=table_id, named=named):
        return
    if not _counts(actor, permission):
        raise NotAllowed(
            _("Confirm your e-mail address first: open the link in the mail that we sent you.")
        )
    if Role.PARTICIPANT in permission.roles:
        raise NotAllowed(_("Sign in to do this."))
    if _waits_for_second_step(actor, permission, zone_id, table_id):
        raise NotAllowed(
            _(
                "Your role counts only for who signs in by two steps: set the second step up on"
                " the page of your profile."
            )
        )
    names = ", ".join(str(ROLE_NAMES[role]) for role in Role if role in permission.roles)
    raise NotAllowed(_("Only these may do this: %(roles)s.", roles=names))


def _waits_for_second_step(
    actor: Actor, permission: Permission, zone_id: int | None, table_id: int | None
) -> bool:
    """True if a role that is held back would do."""
    waiting = {grant.role for grant in actor.held_back if grant.covers(zone_id, table_id)}
    return not permission.roles.isdisjoint(waiting)


def _counts(actor: Actor, permission: Permission) -> bool:
    """False for what has to wait until the actor's address is confirmed."""
    waits = Role.VISITOR not in permission.roles and permission not in BEFORE_CONFIRMATION
    return actor.is_confirmed or not waits
