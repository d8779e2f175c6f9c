"""What of each kind of entry a stranger may read, judged kind by kind.

An entry's digest covers all of it at once, so an entry is published whole, with its salt and
who did it, or it is withheld: then its digest alone is shown, at its place in the tree. Its
free texts are judged beside it, since each has a digest and a salt of its own; a text that was
erased is nowhere to be published.

What is done in an office or by the platform is published. Withheld is what says of a person
what they did, what is secret, and what is a draft when it is written, even if it becomes public
later: a stranger then sees that it is there and that it was not changed. A kind that nobody has
judged is withheld, and a test fails.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from consultazione.core.events import registry, text_fields


class Why(StrEnum):
    """Why entries of a kind are withheld, or that they are not."""

    PUBLIC = "public"
    PERSONAL = "personal"  # it says what a person did, or who they are
    SECRET = "secret"  # how or whether somebody voted or answered
    DRAFT = "draft"  # not public yet when it happens
    ACCOUNT = "account"  # of one person's account
    UNJUDGED = "unjudged"


@dataclass(frozen=True)
class Judgement:
    """Whether a kind is published, and which of its free texts are."""

    why: Why
    texts: Collection[str] = ()

    @property
    def is_public(self) -> bool:
        """True if the entry is published whole."""
        return self.why is Why.PUBLIC


def _kinds(words: str) -> dict[str, None]:
    return dict.fromkeys(words.split())


_JUDGED = {
    # Acts of offices, of facilitators and of the platform, which pages show as they happen.
    Why.PUBLIC: _kinds("""
        act.corrected act.recorded answer_batch.published answer_rule.changed
        proposal.answered proposal.body_replied proposal.referred receiving_body.added
        receiving_body.retired agreement.signatories_named agreement.signatory_removed
        agreement.signature_removed agreement.signed answers.released approval.recorded
        approval.removed archive.made archive.requested archive.restored archive.withdrawn
        archive_document.file_added archive_document.recorded archive_document.removed
        body.added body.removed chapter.added chapter.changed chapter.removed chapters.reordered
        citation.added citation.corrected citation.removed cycle.opened document.attached
        document.redacted document.sealed document.withdrawn easy_summary.withdrawn
        easy_summary.written gathering.announced
        gathering.called_off gathering.revised page.written past_priority.recorded
        phase.closed phase.corrected phase.deadline_set phase.opened phase.reopened
        phase.resumed phase.suspended priority.linked priority.unlinked promise.assessed
        privacy.changed processing.recorded
        processing.removed
        registration.annulled registration.sealed retention.applied table.changed table.closed
        table.default_changed table.reopened
        table.reading_first_set table.rule_changed table.set_up tables.reordered text.erased
        territory.set_up
        zone_phrase.added zone_phrase.changed zone_phrase.retired
        zone.second_step_required
        zone.changed zone.drafts_reserved zone.drafts_shared zone.joined_territory zone.set_up
        opinion.admitted opinion_map.closed opinion_map.drawn opinion_map.opened
        survey.closed survey.discarded survey.opened
        agenda.material_attached agenda.material_detached agenda.point_added agenda.point_closed
        agenda.point_corrected agenda.point_postponed agenda.point_removed agenda.point_started
        agenda.point_suspended agenda.reordered applause.counted material.published
        material.replaced material.retitled material.withdrawn poll.annulled poll.box_opened
        poll.closed poll.opened poll.option_offered quorum.set quorum.verified sitting.cancelled
        sitting.closed sitting.convened sitting.corrected sitting.opened sitting.postponed
        sitting.reopened sitting.resumed sitting.roll_called sitting.suspended sitting.video_set
        speakers.order_chosen speakers.placed speakers.quotas_set speakers.time_limited
        minutes.approved minutes.composed moderation.changed
        moderation_rule.added moderation_rule.retired minutes.copy_frozen minutes.edition_issued
        minutes.facts_redacted minutes.published minutes.sealed outcome.copy_frozen
        outcome.deadline_set
        outcome.edition_issued outcome.opened outcome.sign_off_ended outcome.silence_recorded
        plan.answers_due_set plan.approved plan.declared_ready plan.draft_published
        plan.reopened budget.closed budget.opened programme.approved programme.opened
    """),
    # Among them what an office does as a rule, and persons do too: a union's delegate is given a
    # certificate with a number, or signs last, which closes the outcome.
    Why.PERSONAL: _kinds("""
        accreditation.ended amendment.accepted amendment.proposed amendment.refused
        amendment.withdrawn attendance.checked_in attendance.entered attendance.excuse_withdrawn
        attendance.excused attendance.left attendance.substitute_named
        attendance.substitute_withdrawn block.commented change.suggested chat.closed
        chat.forgotten chat.moderated chat.opened comment.edited comment.erased comment.hidden
        comment.shown comment.withdrawn comment.written commitment.cancelled
        commitment.completed commitment.recorded commitment.revised coordinator.appointed
        coordinator.dismissed cosigner.declined cosigner.invited cosigner.signed
        cosigner.withdrawn document.registered erasure.ordered file.erased feedback.erased
        feedback.given floor.ended floor.extended floor.given hand.lapsed hand.raised
        hand.withdrawn mandate.confirmed mandate.corrected mandate.ended mandate.given
        mandate.proposed mandate.turned_down mandate.document_added
        mandate.end_announced minutes.correction_asked
        minutes.correction_withdrawn minutes.signed organisation.corrected organisation.readmitted
        organisation.applied organisation.accredited organisation.accreditation_refused
        organisation.application_withdrawn opinion.proposed opinion.refused
        organisation.registered organisation.withdrawn outcome.adhered outcome.closed
        outcome.declined
        outcome.item_answered outcome.signed outcome.signed_with_note person.accredited
        places.moved_up places.registered places.withdrawn promise.comment_hidden
        promise.commented proposal.admitted proposal.derived proposal.edited
        proposal.file_attached proposal.file_indexed proposal.superseded proposal.file_withdrawn
        proposal.hidden proposal.not_admitted proposal.shown proposal.submitted
        proposal.support_renewed proposal.support_withdrawn proposal.supported
        proposal.withdrawn proxy.ended proxy.given question.answered question.asked
        question.hidden question.merged question.shown question.upvote_withdrawn
        question.upvoted role.given role.taken_back ruling.appealed ruling.given
        ruling.taken_back ruling_appeal.decided seat.given_back seat.taken
        sitting.secretary_named statement.hidden statement.recorded statement.shown
        statement.withdrawn text.held text.raised text.released
        text.reported text.turned_down
        paper_text.entered
    """),
    Why.SECRET: _kinds("""
        ballot.cast ballot.sealed budget.answered opinion.answered room_votes.confirmed
        room_votes.counted survey.answered
    """),
    Why.DRAFT: _kinds("""
        answer.drafted evaluation.answer_prepared evaluation.assigned evaluation_note.erased
        evaluation_note.written block.divided block.edited block.generated block.moved block.removed
        block.restored block.tagged block.written block_comment.answered blocks.imported
        blocks.merged budget.prepared budget_item.added budget_item.programmed
        budget_item.removed chapter.tagged contribution.answer_corrected contribution.forwarded
        contribution.redirected contribution.refused contribution.taken_in
        contribution.taken_in_part cost.shared criterion.written decision.recorded
        decision.revised decision.revoked decisions.carried_out earmark.lifted earmark.set
        figures.recorded fund.amount_set fund.registered indicator.added indicator.measured
        indicator.removed intervention.added intervention.removed intervention.revised
        minutes.circulated minutes.conclusion_added minutes.conclusion_edited
        minutes.conclusion_removed minutes.correction_accepted minutes.correction_answered
        minutes.correction_reconsidered minutes.correction_refused minutes.endorsed
        minutes.gist_written minutes.note_written minutes.recalled paragraph.written
        phrase.added phrase.removed programme.corrected programme.imported
        provincial_programme.opened provincial_project.accepted provincial_project.answered
        provincial_project.forwarded provincial_project.programmed provincial_project.received
        provincial_project.refused provincial_project.written provincial_table.set_up
        resource.added resource.removed running_note.removed running_note.written
        scenario.applied scenario.attached scenario.detached scenario.stored shared_item.added
        shared_item.changed shared_item.removed spending.recorded survey.prepared
        survey.question_added survey.question_removed strategy.removed
        strategy.revised strategy.set suggestion.accepted suggestion.refused
    """),
    Why.ACCOUNT: _kinds("""
        calendar_address.made calendar_address.revoked installer.appointed person.erased
        job.revived passkey.added passkey.removed second_step.turned_on second_step.turned_off
        recovery_codes.renewed recovery_code.used second_step_link.created second_step_link.used
        gateway.linked gateway.unlinked person.identified_by_gateway
        password_link.confirmed password_link.created password_link.used password_link.withdrawn
        person.address_changed person.address_confirmed person.renamed person.name_corrected
        person.merge_proposed person.merged person.merge_turned_down
        person.invited invitation.sent_again invitation.withdrawn invitation.lapsed
        invitation.accepted
        person.departed data.deleted data.prepared data.requested
        person.blocked person.identified person.password_changed person.registered
        person.unblocked registration.repeated token.created token.deleted
    """),
}
# Free texts of public kinds that are withheld all the same: settings may name a person to ask, and
# how a body is reached is shown to those who write to it.
_WITHHELD_TEXTS = {
    "zone.changed": {"was", "now"},
    "zone.set_up": {"details"},
    "receiving_body.added": {"address"},
}
_WHY = {kind: why for why, kinds in _JUDGED.items() for kind in kinds}


def judged_kinds() -> list[str]:
    """Every kind that was judged, as often as it was."""
    return [kind for kinds in _JUDGED.values() for kind in kinds]


@lru_cache(maxsize=1024)
def judge(kind: str) -> Judgement:
    """What may be read of entries of a kind; asked again for each entry, so it is kept."""
    why = _WHY.get(kind, Why.UNJUDGED)
    event = registry().get(kind)
    if why is not Why.PUBLIC or event is None:
        return Judgement(why)
    withheld = _WITHHELD_TEXTS.get(kind, set())
    return Judgement(why, frozenset(text_fields(event)) - withheld)
