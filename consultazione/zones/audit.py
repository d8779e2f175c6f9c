"""What zones, cycles, chapters, phases, acts and the rest of a path must say by the log."""

from __future__ import annotations

from typing import Any

from consultazione.core.audit import (
    AT,
    FORGET,
    ITEM,
    NTH,
    OF_STREAM,
    Audit,
    Folded,
    Is,
    Leaf,
    Past,
    Said,
    Text,
    Worded,
    adds,
    adds_each,
    does,
    drops,
    foretells,
    register,
    sets,
    sets_each,
)
from consultazione.core.audit.rules import NOTHING, Rule
from consultazione.core.clock import in_rome
from consultazione.zones.acts.models import ActVersion, ApprovalStep, Signatory
from consultazione.zones.events import ZoneSetting
from consultazione.zones.feedback.models import PageFeedback
from consultazione.zones.gatherings.models import Gathering
from consultazione.zones.library.models import Citation
from consultazione.zones.models import Act, Body, Chapter, Cycle, Phase, Territory, Zone
from consultazione.zones.papers.models import Attachment
from consultazione.zones.phases.models import PhaseHold, PhaseReopening, PhaseVersion


def _next(name: str) -> Any:
    """One more than the field of the entry."""

    def read(entry: Past, _said: Said) -> int:
        return int(entry.data[name]) + 1

    return read


def _one_more(name: str) -> Any:
    """One more than the column said, if that is known."""

    def read(_entry: Past, said: Said) -> object:
        return said[name] + 1 if name in said else NOTHING

    return read


def _day(entry: Past, _said: Said) -> object:
    return in_rome(entry.at).date()


def _value(entry: Past, _said: Said) -> object:
    """The value as the entry has it in words."""
    text = entry.data["now"]
    return Worded(text.position, text.field) if isinstance(text, Text) else FORGET


def _changed(setting: ZoneSetting) -> Rule:
    """The rule for one setting of a zone, whose value an entry has in words."""

    def is_about_it(entry: Past) -> bool:
        return entry.data["setting"] == setting

    columns: dict[str, Any] = {"id": OF_STREAM, setting.value: _value}
    return sets("zone.changed", when=is_about_it, **columns)


ZONE = Audit(
    Zone,
    adds(
        "zone.set_up", id="zone_id", created_at=AT, territory_id=Is(None), shares_drafts=Is(False)
    ),
    sets(
        "zone.joined_territory", id=OF_STREAM, territory_id="territory_id", shares_drafts=Is(False)
    ),
    sets("zone.drafts_shared", id=OF_STREAM, shares_drafts=Is(True)),
    sets("zone.drafts_reserved", id=OF_STREAM, shares_drafts=Is(False)),
    *(_changed(setting) for setting in ZoneSetting),
)
TERRITORY = Audit(Territory, adds("territory.set_up", id="territory_id", created_at=AT))
CYCLE = Audit(
    Cycle,
    adds(
        "zone.set_up",
        zone_id="zone_id",
        first_year="cycle_start",
        last_year="cycle_end",
        opened_at=AT,
    ),
    adds(
        "cycle.opened",
        id="cycle_id",
        zone_id=OF_STREAM,
        first_year="first_year",
        last_year="last_year",
        opened_at=AT,
    ),
    key=("zone_id", "first_year", "last_year"),
)
BODY = Audit(
    Body,
    adds("body.added", id="body_id", zone_id=OF_STREAM, kind="body_kind", name="title"),
    drops("body.removed", id="body_id"),
    begun=False,  # Those that a zone is set up with have no entry of their own.
)


def _moved_up(chapters: Folded, entry: Past) -> None:
    """Chapters behind one that was removed have moved up, which no entry says of each."""
    for key in chapters.named(cycle_id=entry.data["cycle_id"]):
        chapters.say(key, entry, number=FORGET)


CHAPTER = Audit(
    Chapter,
    adds("chapter.added", id="chapter_id", cycle_id="cycle_id", zone_id=OF_STREAM, title="title"),
    sets("chapter.changed", id="chapter_id", title="now", mandatory="mandatory"),
    sets_each("chapters.reordered", "chapter_ids", id=ITEM, cycle_id="cycle_id", number=NTH),
    drops("chapter.removed", id="chapter_id"),
    does("chapter.removed", _moved_up, number=Is(None)),
    begun=False,
)


def _no_act_without_start(entry: Past, _said: Said) -> object:
    return None if entry.data["starts_on"] is None else NOTHING


_PHASE = {"id": "phase_id"}
PHASE = Audit(
    Phase,
    sets("phase.opened", **_PHASE, starts_on="starts_on", opening_act_id="act_id"),
    sets("phase.deadline_set", **_PHASE, due_on="due_on"),
    sets("phase.closed", **_PHASE, closed_on="closed_on", closing_act_id="act_id"),
    sets("phase.reopened", **_PHASE, closed_on=Is(None), closing_act_id=Is(None)),
    sets(
        "phase.corrected",
        **_PHASE,
        title="title",
        description="description",
        starts_on="starts_on",
        closed_on="closed_on",
        version=_next("version"),
        opening_act_id=_no_act_without_start,
    ),
    begun=False,  # They come with their cycle.
)
PHASE_VERSION = Audit(
    PhaseVersion,
    adds(
        "phase.corrected", phase_id="phase_id", version="version", reason="reason", replaced_at=AT
    ),
    foretells(
        "phase.corrected",
        phase_id="phase_id",
        version=_next("version"),
        title="title",
        description="description",
    ),
    key=("phase_id", "version"),
)


def _reopened(rows: Folded, entry: Past) -> None:
    key = (entry.data["phase_id"], entry.data["act_id"], in_rome(entry.at).date())
    rows.say(key, entry, reason=entry.data["reason"])


REOPENING = Audit(
    PhaseReopening,
    does("phase.reopened", _reopened, reason="reason"),
    key=("phase_id", "act_id", "reopened_on"),
)
HOLD = Audit(
    PhaseHold,
    adds(
        "phase.suspended",
        id="hold_id",
        phase_id="phase_id",
        act_id="act_id",
        from_day=_day,
        until="until",
        reason="reason",
        lifted_on=Is(None),
        lifted_reason=Is(None),
    ),
    sets("phase.resumed", id="hold_id", lifted_on=_day, lifted_reason="reason"),
)
_ACT = {"id": "act_id"}
ACT = Audit(
    Act,
    adds(
        "act.recorded", **_ACT, zone_id=OF_STREAM, kind="act_kind", on_day="on_day", version=Is(1)
    ),
    sets("act.corrected", **_ACT, version=_next("version"), kind=Is(FORGET), on_day=Is(FORGET)),
)
ACT_VERSION = Audit(
    ActVersion,
    adds("act.corrected", act_id="act_id", version="version", reason="reason", replaced_at=AT),
    foretells("act.recorded", act_id="act_id", version=Is(1), kind="act_kind", on_day="on_day"),
    key=("act_id", "version"),
)
APPROVAL = Audit(
    ApprovalStep,
    adds("approval.recorded", id="step_id", act_id="act_id", session_day="session_day"),
    drops("approval.removed", id="step_id"),
)
SIGNATORY = Audit(
    Signatory,
    adds_each(
        "agreement.signatories_named",
        "signatory_ids",
        id=ITEM,
        act_id="act_id",
        kind="signatory_kind",
        signed_on=Is(None),
    ),
    drops("agreement.signatory_removed", id="signatory_id"),
    sets_each("agreement.signed", "signatory_ids", id=ITEM, signed_on="signed_on"),
    sets("agreement.signature_removed", id="signatory_id", signed_on=Is(None)),
)
_GATHERING = {"id": "gathering_id"}
GATHERING = Audit(
    Gathering,
    adds(
        "gathering.announced",
        **_GATHERING,
        zone_id=OF_STREAM,
        kind="gathering_kind",
        starts_at="starts_at",
        revision=Is(0),
        called_off_at=Is(None),
        called_off_reason=Is(None),
    ),
    sets(
        "gathering.revised",
        **_GATHERING,
        revision="revision",
        starts_at="starts_at",
        kind=Is(FORGET),
    ),
    sets(
        "gathering.called_off",
        **_GATHERING,
        called_off_at=AT,
        called_off_reason="reason",
        revision=_one_more("revision"),
    ),
)
CITATION = Audit(
    Citation,
    adds(
        "citation.added",
        id="citation_id",
        zone_id=OF_STREAM,
        norm_type="norm_type",
        on_day="on_day",
    ),
    # The entry has what it said before.
    sets("citation.corrected", id="citation_id", norm_type=Is(FORGET), on_day=Is(FORGET)),
    drops("citation.removed", id="citation_id"),
)
_ATTACHMENT = {"id": "attachment_id"}
ATTACHMENT = Audit(
    Attachment,
    adds(
        "document.attached",
        **_ATTACHMENT,
        act_id="act_id",
        gathering_id="gathering_id",
        title="title",
        sha256="sha256",
        uploaded_at=AT,
        withdrawn_at=Is(None),
        withdrawn_reason=Is(None),
    ),
    sets("document.withdrawn", **_ATTACHMENT, withdrawn_at=AT, withdrawn_reason="reason"),
)


def _words(entry: Past, _said: Said) -> object:
    text = entry.data["words"]
    return Leaf(text.position, text.field) if isinstance(text, Text) else NOTHING


FEEDBACK = Audit(
    PageFeedback,
    adds(
        "feedback.given",
        id="feedback_id",
        zone_id=OF_STREAM,
        useful="useful",
        leaf=_words,
        given_at=AT,
        erased_at=Is(None),
    ),
    sets("feedback.erased", id="feedback_id", erased_at=AT),
)

register(
    "zone", "territory",
    audits=(
        ZONE, TERRITORY, CYCLE, BODY, CHAPTER, PHASE, PHASE_VERSION, REOPENING, HOLD, ACT,
        ACT_VERSION, APPROVAL, SIGNATORY, GATHERING, CITATION, ATTACHMENT,
    ),
)  # fmt: skip
register("feedback", audits=(FEEDBACK,), apart=True)
