"""The schema of a zone's file. Items refer to each other by the ids in the file."""

from __future__ import annotations

from collections.abc import Mapping

from marshmallow import fields, validates_schema

from consultazione.comments.models import Position
from consultazione.core.actor import Role
from consultazione.importing.memory.schema import (
    ArchiveFile,
    PastCycleFile,
    PriorityLinkFile,
    PromiseFile,
)
from consultazione.importing.money.schema import FundFile, ProgrammeFile
from consultazione.importing.parts import (
    Encoded,
    FrameHost,
    Items,
    Part,
    Slug,
    refuse_repeated,
)
from consultazione.importing.path_schema import ActFile, CitationFile, GatheringFile
from consultazione.importing.plan.schema import PlanFile, PlanStepFile
from consultazione.importing.sharing.schema import (
    BudgetFile,
    CriterionFile,
    FiguresFile,
    SharedItemFile,
    WhatIfFile,
)
from consultazione.importing.sitting_schema import PastSittingFile, SittingFile
from consultazione.importing.strategies.schema import StrategyFile
from consultazione.people.models import Category
from consultazione.tables.models import TableKind
from consultazione.tables.rules import MOST_PROXIES, Who
from consultazione.web.fields import Choice, Day, Email, Line, Link, Name, Prose, Whole
from consultazione.zones.models import (
    MOST_CORRECTION_DAYS,
    MOST_SIGN_OFF_DAYS,
    SIGN_OFF_DAYS,
    ApprovalWay,
    BodyKind,
    Colour,
    PhaseKind,
    SignOffRule,
    WithoutQuorum,
    ZoneKind,
)


class CycleFile(Part):
    start = Whole(required=True, least=1990, most=2200)
    end = Whole(required=True, least=1990, most=2200)


class ContactsFile(Part):
    email = Email(load_default=None)
    phone = Line(load_default=None, most=60)
    address = Line(load_default=None)
    pec = Email(load_default=None)
    hours = Line(load_default=None)
    website = Link(load_default=None)


class ZoneFile(Part):
    slug = Slug(required=True)
    name = Line(required=True)
    kind = Choice(ZoneKind, required=True)
    lead_body = Line(required=True)
    cycle = fields.Nested(CycleFile, required=True)
    sign_off_rule = Choice(SignOffRule, required=True)
    without_quorum = Choice(WithoutQuorum, load_default=WithoutQuorum.MARK)
    sign_off_days = Whole(most=MOST_SIGN_OFF_DAYS, load_default=SIGN_OFF_DAYS)
    four_eyes = fields.Boolean(load_default=False)
    correction_days = Whole(least=0, most=MOST_CORRECTION_DAYS, load_default=0)
    approval_way = Choice(ApprovalWay, load_default=ApprovalWay.CHAIR)
    chat_kept = fields.Boolean(load_default=False)
    presentation = Prose(least=0, load_default="")
    colour = Choice(Colour, load_default=Colour.BLUE)
    logo = Encoded(load_default=None)
    contacts = fields.Nested(ContactsFile, load_default=dict)
    privacy_url = Link(load_default=None)
    accessibility_url = Link(load_default=None)
    frame_hosts = fields.List(FrameHost, load_default=list)
    demo = fields.Boolean(load_default=False)


class BodyFile(Part):
    name = Line(required=True)
    kind = Choice(BodyKind, required=True)


class ChapterFile(Part):
    title = Line(required=True)
    description = Prose(least=0, load_default="")
    mandatory = fields.Boolean(load_default=True)


class PriorityFile(Part):
    title = Line(required=True)
    is_need = fields.Boolean(load_default=False)
    source = Line(required=True)
    found_on = Day(load_default=None)


class PhaseFile(Part):
    kind = Choice(PhaseKind, required=True)
    title = Line(required=True)
    description = Prose(least=0, load_default="")
    starts_on = Day(load_default=None)
    closed_on = Day(load_default=None)
    closing_act = Line(load_default=None)
    due_in_days = Whole(load_default=None, most=3650)
    demo = fields.Boolean(load_default=False)


class RuleFile(Part):
    attend = Choice(Who, required=True)
    speak = Choice(Who, required=True)
    propose = Choice(Who, required=True)
    vote = Choice(Who, required=True)
    level = Whole(load_default=2, least=0, most=2)
    hall = fields.Boolean(load_default=False)
    proxies = Whole(load_default=0, least=0, most=MOST_PROXIES)


class TableFile(Part):
    id = Line(required=True)
    slug = Slug(load_default=None)
    name = Line(required=True)
    kind = Choice(TableKind, required=True)
    remit = Prose(required=True)
    coordinator = Line(load_default=None)
    rule = fields.Nested(RuleFile, load_default=None)


class OrganisationFile(Part):
    id = Line(required=True)
    name = Name(required=True)
    category = Choice(Category, required=True)
    seats = fields.List(Line(), load_default=list)


class MandateFile(Part):
    organisation = Line(required=True)
    act = Line(required=True)
    starts_on = Day(required=True)
    ends_on = Day(load_default=None)


class RoleFile(Part):
    role = Choice(Role, required=True)
    table = Line(load_default=None)


class PersonFile(Part):
    email = Email(required=True)
    display_name = Name(required=True)
    password = fields.String(required=True)
    identified = fields.Boolean(load_default=True)
    mandates = fields.List(fields.Nested(MandateFile), load_default=list)
    roles = fields.List(fields.Nested(RoleFile), load_default=list)


class MaterialFile(Part):
    table = Line(required=True)
    title = Line(required=True)
    file_name = Line(required=True)
    text = Prose(required=True)


class CommentFile(Part):
    author = Email(required=True)
    position = Choice(Position, required=True)
    body = Prose(required=True)


class ProposalFile(Part):
    table = Line(required=True)
    author = Email(required=True)
    title = Line(required=True)
    body = Prose(required=True)
    days_ago = Whole(load_default=None, least=0, most=3650)
    day = Day(load_default=None)
    admitted = fields.Boolean(load_default=False)
    comments = fields.List(fields.Nested(CommentFile), load_default=list)
    supports = fields.List(Email(), load_default=list)


# What an item is told apart by, section by section.
_NAMED_BY = {
    "bodies": "name",
    "acts": "id",
    "phases": "kind",
    "tables": "id",
    "organisations": "id",
    "people": "email",
    "funds": "code",
    "criteria": "id",
    "shared_items": "id",
    "what_ifs": "id",
}


class ZoneDocument(Part):
    """The whole file."""

    zone = fields.Nested(ZoneFile, required=True)
    bodies = fields.List(fields.Nested(BodyFile), load_default=list)
    chapters = fields.List(fields.Nested(ChapterFile), required=True)
    priorities = fields.List(fields.Nested(PriorityFile), load_default=list)
    acts = fields.List(fields.Nested(ActFile), load_default=list)
    phases = fields.List(fields.Nested(PhaseFile), load_default=list)
    tables = fields.List(fields.Nested(TableFile), load_default=list)
    organisations = fields.List(fields.Nested(OrganisationFile), load_default=list)
    people = fields.List(fields.Nested(PersonFile), load_default=list)
    materials = fields.List(fields.Nested(MaterialFile), load_default=list)
    proposals = fields.List(fields.Nested(ProposalFile), load_default=list)
    past_sittings = fields.List(fields.Nested(PastSittingFile), load_default=list)
    sittings = fields.List(fields.Nested(SittingFile), load_default=list)
    gatherings = fields.List(fields.Nested(GatheringFile), load_default=list)
    citations = fields.List(fields.Nested(CitationFile), load_default=list)
    strategies = fields.List(fields.Nested(StrategyFile), load_default=list)
    funds = fields.List(fields.Nested(FundFile), load_default=list)
    programmes = fields.List(fields.Nested(ProgrammeFile), load_default=list)
    figures = fields.List(fields.Nested(FiguresFile), load_default=list)
    criteria = fields.List(fields.Nested(CriterionFile), load_default=list)
    shared_items = fields.List(fields.Nested(SharedItemFile), load_default=list)
    what_ifs = fields.List(fields.Nested(WhatIfFile), load_default=list)
    budgets = fields.List(fields.Nested(BudgetFile), load_default=list)
    past_cycles = fields.List(fields.Nested(PastCycleFile), load_default=list)
    archive = fields.List(fields.Nested(ArchiveFile), load_default=list)
    priority_links = fields.List(fields.Nested(PriorityLinkFile), load_default=list)
    promises = fields.List(fields.Nested(PromiseFile), load_default=list)
    plan = fields.List(fields.Nested(PlanFile), load_default=list)
    plan_steps = fields.List(fields.Nested(PlanStepFile), load_default=list)

    @validates_schema
    def has_each_once(self, data: Mapping[str, Items], **_kwargs: object) -> None:
        """Nothing stands in its section twice under one name."""
        refuse_repeated(data, _NAMED_BY)
