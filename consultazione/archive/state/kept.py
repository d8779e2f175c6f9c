"""Which tables an archive has rows of, which of their rows, and what of a row is withheld.

A table that is not named here is withheld: accounts, roles, drafts, secret ballots, what was
withdrawn or hidden. So a new table is no leak before somebody judged it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True)
class Kept:
    """What is kept of a table.

    only: the condition of rows that anybody may read, in SQL, with `:zone` and `:cycle`; every row
    if it is empty. withheld: columns that no page shows, with what stands there instead where
    something stood. masked: the condition of rows of which pages show how many there are, but not
    of whom: each is kept for somebody without a name, who is the same for nobody. columns: those
    that alone are written and restored; all if there are none.
    """

    only: str = ""
    withheld: Mapping[str, object] = field(default_factory=dict)
    masked: str = ""
    columns: frozenset[str] = frozenset()


_WHOLE = Kept()
_NOT_WITHDRAWN = Kept("withdrawn_at IS NULL")
# A plan that is still a draft is nobody else's.
_OF_PUBLIC_PLAN = (
    "chapter_id IN (SELECT chapter.id FROM chapter JOIN plan USING (cycle_id)"
    " WHERE plan.state <> 'draft')"
)
# What a hidden proposal has said and brought is not shown.
_OF_SHOWN_PROPOSAL = "proposal_id IN (SELECT id FROM proposal WHERE hidden_at IS NULL)"
_OF_STANDING_PROPOSAL = (
    "proposal_id IN (SELECT id FROM proposal WHERE hidden_at IS NULL AND state <> 'withdrawn')"
)
# The digests of the cycle's published documents: tables of documents name them by these.
_DIGESTS = (
    "(SELECT digest FROM minutes JOIN sitting ON sitting.id = minutes.sitting_id"
    " JOIN thematic_table ON thematic_table.id = sitting.table_id"
    " WHERE cycle_id = :cycle AND minutes.state = 'published'"
    " UNION SELECT digest FROM outcome JOIN thematic_table ON thematic_table.id = outcome.table_id"
    " WHERE cycle_id = :cycle"
    " UNION SELECT digest FROM registered_document"
    " WHERE zone_id = :zone AND organisation_id IS NULL)"
)
# The cycle's published objects that can stand in easy language.
_EASY = (
    "(SELECT 'minutes', minutes.id FROM minutes JOIN sitting ON sitting.id = minutes.sitting_id"
    " JOIN thematic_table ON thematic_table.id = sitting.table_id"
    " WHERE cycle_id = :cycle AND minutes.state = 'published'"
    " UNION SELECT 'outcome', outcome.id FROM outcome JOIN thematic_table"
    " ON thematic_table.id = outcome.table_id WHERE cycle_id = :cycle"
    " UNION SELECT 'plan_block', block.id FROM block JOIN chapter ON chapter.id = chapter_id"
    " JOIN plan USING (cycle_id) WHERE cycle_id = :cycle AND plan.state <> 'draft'"
    " UNION SELECT 'registered_document', id FROM registered_document"
    " WHERE zone_id = :zone AND organisation_id IS NULL)"
)
_OF_DOCUMENT = Kept(f"document_digest IN {_DIGESTS}")


def _whole(names: str) -> dict[str, Kept]:
    """Tables of which everybody reads every row and every column."""
    return dict.fromkeys(names.split(), _WHOLE)


# Stands where a moment is withheld.
NO_MOMENT = "1970-01-01T00:00:00Z"
# The rows of these are found by the rows that name them, not by the cycle.
PERSON, MANDATE = "person", "mandate"

KEPT: Mapping[str, Kept] = MappingProxyType({
    **_whole("""
        territory zone cycle body chapter priority phase phase_version phase_reopening phase_hold
        act act_version approval_step signatory gathering citation site_page

        thematic_table table_default seat proposal_need answer_rule answer_batch

        agenda_point suspension poll_option point_material point_scenario

        conclusion outcome outcome_item outcome_item_answer plan contribution block_origin
        block_priority block_purpose chapter_priority strategy decision decision_block
        decision_chapter decision_priority

        annual_programme fund earmark fund_amount intervention intervention_body
        intervention_priority share resource indicator correction body_figures sharing_criterion
        criterion_version shared_item sharing_scenario scenario_application scenario_intervention
        budget_item budget_intervention opinion_map opinion_input

        archive_document archive_page priority_link promise_assessment register_counter
    """),
    "organisation": Kept(withheld={"withdrawn_reason": ""}),
    MANDATE: Kept(withheld={"given_by": None, "confirmed_by": None}),
    # Nothing by which somebody signs in, or is written to.
    PERSON: Kept(columns=frozenset({"id", "display_name", "name_mark", "demo", "created_at"})),
    "attachment": _NOT_WITHDRAWN,
    "material": _NOT_WITHDRAWN,
    "proposal": Kept("state <> 'withdrawn'"),
    "proposal_version": Kept(_OF_SHOWN_PROPOSAL, withheld={"reason": ""}),
    "proposal_file": Kept(f"withdrawn_at IS NULL AND {_OF_SHOWN_PROPOSAL}", {"text": None}),
    "survey": Kept("closed_at IS NOT NULL"),
    "survey_question": Kept("survey_id IN (SELECT id FROM survey WHERE closed_at IS NOT NULL)"),
    "proposal_answer": Kept(_OF_STANDING_PROPOSAL),
    # How a body is reached, no public page says.
    "receiving_body": Kept(withheld={"address": ""}),
    "proposal_referral": Kept(_OF_STANDING_PROPOSAL),
    "proposal_amendment": Kept(f"state <> 'withdrawn' AND {_OF_SHOWN_PROPOSAL}"),
    "proposal_lineage": Kept(
        "NOT EXISTS (SELECT FROM proposal p WHERE p.id IN (from_id, to_id)"
        " AND p.state = 'withdrawn')"
    ),
    "proposal_cosigner": Kept("state = 'signed'"),
    "comment": Kept("hidden_at IS NULL AND withdrawn_at IS NULL"),
    "comment_version": Kept(withheld={"reason": ""}),
    "sitting": Kept("rehearses IS NULL", {"convened_by": None}),
    "sitting_version": Kept(withheld={"replaced_by": None}),
    "agenda_point_version": Kept(withheld={"replaced_by": None}),
    "poll": Kept("state <> 'open'", {"silence": None}),
    # Of open votes that are over pages show who voted what, and of no others.
    "ballot": Kept(
        "choice IS NOT NULL AND poll_id IN (SELECT id FROM poll WHERE state = 'closed'"
        " AND rules ->> 'secret' = 'false')",
        {"cast_at": NO_MOMENT},
    ),
    "hand": _WHOLE,
    # `sittings.attendance.names` says who is named to everybody; the others are counted.
    "attendance": Kept(
        masked="mandate_id IS NULL"
        " AND person_id NOT IN (SELECT h.person_id FROM hand h"
        " WHERE h.sitting_id = attendance.sitting_id)"
        " AND NOT EXISTS (SELECT FROM sitting s WHERE s.id = attendance.sitting_id"
        " AND attendance.person_id IN (s.presided_by, s.secretary_id))"
    ),
    "support": Kept(masked="true"),
    "opinion": Kept("state = 'admitted'", {"author_id": None}),
    "question": Kept("state IN ('shown', 'answered')"),
    "minutes": Kept("state = 'published'", {"endorsed_by": None, "endorsed_version": None}),
    "minutes_pdf": _WHOLE,
    "minutes_signature": _WHOLE,
    "outcome_party": _WHOLE,
    "outcome_adherent": _WHOLE,
    "easy_summary": Kept(f"withdrawn_at IS NULL AND (subject, object_id) IN {_EASY}"),
    # The REST interface tells how each was checked; of the file there is what the archive has.
    "document_signature": Kept(
        "id IN (SELECT signature_id FROM (SELECT outcome_id, signature_id FROM outcome_party"
        " UNION SELECT outcome_id, signature_id FROM outcome_adherent) AS answered"
        " JOIN outcome o ON o.id = outcome_id"
        " JOIN thematic_table t ON t.id = o.table_id WHERE t.cycle_id = :cycle"
        " UNION SELECT signature_id FROM minutes_signature JOIN minutes m ON m.id = minutes_id"
        " JOIN sitting s ON s.id = m.sitting_id JOIN thematic_table t ON t.id = s.table_id"
        " WHERE t.cycle_id = :cycle AND m.state = 'published')",
        {"evidence": None},
    ),
    "block": Kept(_OF_PUBLIC_PLAN),
    "block_version": _WHOLE,
    "participatory_budget": Kept("state <> 'draft'"),
    "promise_comment": Kept("hidden_at IS NULL"),
    # Certificates are written for one organisation.
    "registered_document": Kept(
        "organisation_id IS NULL", {"annulled_by": None}
    ),
    "document_seal": _OF_DOCUMENT,
    "signing_copy": _OF_DOCUMENT,
})  # fmt: skip
