"""One sentence for each kind of event, as the public log shows it.

Keyed by the name of the kind, so that the log's page does not import later features. A test
checks that every registered kind has its sentence.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _

SENTENCES = {
    "act.recorded": _("A formal act was entered in the register of acts."),
    "agenda.material_attached": _("A document was put beside a point of the agenda."),
    "agenda.material_detached": _("A document was taken away from a point of the agenda."),
    "agenda.point_added": _("A point was put on the agenda."),
    "agenda.point_closed": _("A point of the agenda was concluded."),
    "agenda.point_suspended": _("A point of the agenda was put aside for later."),
    "agenda.reordered": _("The points of the agenda were put in another order."),
    "agenda.point_started": _("The sitting came to a point of the agenda."),
    "attendance.entered": _("A participant came into the sitting."),
    "attendance.excuse_withdrawn": _("An excuse from a sitting was withdrawn."),
    "attendance.excused": _("An organisation or a delegate was excused from a sitting."),
    "attendance.substitute_named": _("A substitute for a delegate in one sitting was named."),
    "attendance.substitute_withdrawn": _("A delegate's substitute in a sitting was withdrawn."),
    "attendance.left": _("A participant left the sitting."),
    "ballot.cast": _("A voter cast their ballot."),
    "ballot.sealed": _("A voter put a sealed ballot into the box of a secret poll."),
    "comment.erased": _("The text of a comment was erased for good, on a stated ground."),
    "comment.hidden": _("A comment was hidden, with its reason."),
    "comment.written": _("A comment on a proposal was written."),
    "commitment.cancelled": _("A commitment was struck out."),
    "commitment.completed": _("What was undertaken in a sitting has been done."),
    "commitment.recorded": _("A commitment was taken down in a sitting."),
    "commitment.revised": _("A commitment was put down anew."),
    "contribution.forwarded": _("An item of an outcome was forwarded to a chapter of the plan."),
    "contribution.redirected": _("The plan office said who else a contribution is for."),
    "contribution.refused": _("The plan office did not take a contribution in, and said why."),
    "contribution.taken_in": _("The plan office took a contribution into the plan."),
    "contribution.taken_in_part": _("The plan office took part of a contribution into the plan."),
    "cycle.opened": _("One more planning cycle of the zone was opened."),
    "floor.extended": _("A speaker was given more time."),
    "floor.ended": _("A participant finished speaking."),
    "floor.given": _("A participant was given the floor."),
    "hand.raised": _("A participant asked for the floor."),
    "hand.withdrawn": _("A participant no longer asks for the floor."),
    "job.revived": _("The administrator had an automatic step tried again."),
    "mandate.confirmed": _("A second person confirmed the mandate of a union."),
    "mandate.ended": _("The last day of a mandate was set."),
    "mandate.given": _("A person was given the mandate to speak for an organisation."),
    "mandate.proposed": _("A mandate of a union was proposed; it waits for a second person."),
    "mandate.turned_down": _("A proposed mandate of a union was turned down."),
    "material.published": _("A document was published."),
    "minutes.approved": _("The minutes of a sitting were approved."),
    "minutes.composed": _("The draft of the minutes was written from the log of the sitting."),
    "minutes.conclusion_added": _("A conclusion was written down in the minutes."),
    "minutes.conclusion_removed": _("A conclusion was taken out of the draft of the minutes."),
    "minutes.note_written": _("A note was written beside a point of the minutes."),
    "minutes.published": _("The minutes of a sitting were published."),
    "minutes.sealed": _("The document of the approved minutes was produced."),
    "organisation.registered": _("An organisation was entered in the register."),
    "outcome.closed": _("The sign-off of an outcome was completed."),
    "outcome.declined": _("A union declined to sign an outcome, and said why."),
    "outcome.opened": _("An outcome was submitted to the unions for sign-off."),
    "outcome.signed": _("A union signed an outcome."),
    "outcome.signed_with_note": _("A union signed an outcome with a note to the record."),
    "paragraph.written": _("The plan office wrote a paragraph of the plan."),
    "password_link.confirmed": _("A second administrator confirmed a link for a lost password."),
    "password_link.created": _("An administrator made a link for a lost password."),
    "password_link.used": _("A person replaced a lost password by a link."),
    "password_link.withdrawn": _("An administrator withdrew a link for a lost password."),
    "person.blocked": _("An administrator blocked an account."),
    "person.password_changed": _("A person changed their password."),
    "person.registered": _("A person opened an account."),
    "person.unblocked": _("An administrator unblocked an account."),
    "phase.closed": _("A phase of the path was closed by a formal act."),
    "phase.opened": _("A phase of the path began."),
    "phrase.added": _("A table gained a stock phrase for its minutes."),
    "phrase.removed": _("A stock phrase of a table was taken away."),
    "poll.annulled": _("A secret poll was annulled, because its ballots could not be opened."),
    "poll.box_opened": _("The box of a secret poll was opened and its receipts published."),
    "poll.closed": _("A poll was closed and its result recorded."),
    "poll.option_offered": _("An option of a poll was offered."),
    "poll.opened": _("A question was put to the vote."),
    "proposal.admitted": _("A proposal was admitted to discussion."),
    "proposal.not_admitted": _("A proposal was not admitted, with its reason."),
    "proposal.submitted": _("A proposal was handed in."),
    "proposal.support_withdrawn": _("A support of a proposal was taken back."),
    "proposal.supported": _("A proposal gained a support."),
    "proposal.withdrawn": _("A proposal was withdrawn by its author."),
    "question.answered": _("A written question was answered."),
    "question.asked": _("A participant asked a question in writing."),
    "question.hidden": _("A written question was not shown, with the reason."),
    "question.merged": _("A written question was merged into another."),
    "question.shown": _("A written question was shown to everybody."),
    "question.upvote_withdrawn": _("A participant took back the wish for an answer."),
    "question.upvoted": _("A participant wished for an answer to a question."),
    "quorum.set": _("It was said how many must be present for a sitting to decide."),
    "quorum.verified": _("It was ascertained how many were present in a sitting."),
    "role.given": _("A person was given a role."),
    "role.taken_back": _("A role was taken back from a person."),
    "room_votes.confirmed": _("A second person counted the same votes in the room."),
    "room_votes.counted": _("The votes counted in the room for one answer were entered."),
    "running_note.removed": _("The running note of a point was taken away."),
    "running_note.written": _("The chair wrote a running note on a point."),
    "seat.taken": _("An organisation took its seat at a table."),
    "sitting.closed": _("A sitting was closed."),
    "sitting.convened": _("A sitting was convened."),
    "sitting.resumed": _("A sitting was resumed."),
    "sitting.suspended": _("A sitting was suspended, with the reason."),
    "sitting.opened": _("A sitting was opened."),
    "sitting.video_set": _("It was said where a sitting can be seen on video, or that it cannot."),
    "speakers.order_chosen": _("The order of those who ask for the floor was chosen."),
    "speakers.placed": _("Those who ask for the floor were put in order by hand."),
    "speakers.time_limited": _("It was said how long each may speak."),
    "statement.hidden": _("The words of a statement were left out, with the reason."),
    "statement.recorded": _("A participant had a statement put on the record."),
    "statement.shown": _("The words of a statement stand in the record after all."),
    "statement.withdrawn": _("A participant withdrew a statement."),
    "table.set_up": _("A table was set up."),
    "token.created": _("A person made a key for programs."),
    "token.deleted": _("A person withdrew a key for programs."),
    "zone.set_up": _("The zone and its planning cycle were set up."),
}

# The kinds that the home page lists: milestones of the consultation, not moves in a sitting.
NOTABLE = frozenset(
    {
        "comment.written",
        "contribution.taken_in",
        "contribution.taken_in_part",
        "material.published",
        "minutes.published",
        "outcome.closed",
        "outcome.opened",
        "phase.closed",
        "phase.opened",
        "proposal.admitted",
        "proposal.submitted",
        "sitting.closed",
        "sitting.convened",
        "sitting.opened",
    }
)

# The name of a single stream of each family; the public log adds its number.
STREAM_NAMES = {
    "zone": _("Zone"),
    "table": _("Table"),
    "sitting": _("Sitting"),
    "attendance": _("Attendance"),
    "poll": _("Poll"),
    "questions": _("Questions"),
    "notes": _("On record"),
    "minutes": _("Set of minutes"),
    "outcome": _("Outcome"),
    "plan": _("Plan"),
}

# The families of streams that the public log shows. Those of accounts are private.
#
# Every kind of entry in the others is listed, so that the numbers of a stream have no gaps.
# An entry shows its sentence, position and digest, but no names and no free text. Therefore
# these may be public too:
# - question.*: that a question was asked, even before it is shown, or if it is hidden. The
#   room counts those already; only the chair sees who asked, and what.
# - question.upvoted, question.upvote_withdrawn: that somebody wants an answer, but not who.
# - running_note.*: that the chair wrote a note. Its text is private until the minutes, and
#   the salt of its digest protects it from being guessed.
# - statement.*, commitment.*: the room shows them; hidden texts stay hidden.
FAMILIES = {
    "zone": _("Path and register"),
    "table": _("Tables"),
    "sitting": _("Sittings"),
    "attendance": _("Attendance"),
    "poll": _("Polls"),
    "questions": _("Written questions"),
    "notes": _("Notes, statements and commitments"),
    "minutes": _("Minutes"),
    "outcome": _("Outcomes"),
    "plan": _("Plan"),
}
