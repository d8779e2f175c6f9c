"""Events of proposals; they stand in the stream of their table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.people.models import Category


@dataclass(frozen=True, kw_only=True)
class ProposalSubmitted(
    Event,
    texts={
        "title": "proposal_version.title",
        "body": "proposal_version.body",
        "need": "proposal_version.need",
        "effect": "proposal_version.effect",
    },
):
    """A participant has handed in a proposal at a table."""

    kind: ClassVar[str] = "proposal.submitted"

    proposal_id: int
    table_id: int
    mandate_id: int | None
    category: Category
    title: FreeText
    body: FreeText
    need_ids: list[int] = field(default_factory=list)
    need: FreeText | None = None
    effect: FreeText | None = None
    chapter_id: int | None = None
    priority_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ProposalEdited(
    Event,
    texts={
        "title": "proposal_version.title",
        "body": "proposal_version.body",
        "need": "proposal_version.need",
        "effect": "proposal_version.effect",
        "reason": "proposal_version.reason",
    },
):
    """The author has changed the text of a proposal, and says why."""

    kind: ClassVar[str] = "proposal.edited"

    proposal_id: int
    table_id: int
    version: int
    title: FreeText
    body: FreeText
    reason: FreeText
    need: FreeText | None = None
    effect: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class ProposalAdmitted(Event):
    """A facilitator has admitted a version of a proposal to discussion."""

    kind: ClassVar[str] = "proposal.admitted"

    proposal_id: int
    table_id: int
    version: int = 1


@dataclass(frozen=True, kw_only=True)
class ProposalNotAdmitted(Event, texts={"reason": "proposal.state_reason"}):
    """A facilitator has not admitted a version of a proposal, and says why."""

    kind: ClassVar[str] = "proposal.not_admitted"

    proposal_id: int
    table_id: int
    reason: FreeText
    version: int = 1


@dataclass(frozen=True, kw_only=True)
class ProposalWithdrawn(Event):
    """The author has withdrawn a proposal."""

    kind: ClassVar[str] = "proposal.withdrawn"

    proposal_id: int
    table_id: int


@dataclass(frozen=True, kw_only=True)
class ProposalHidden(Event, texts={"title": "proposal.title", "body": "proposal.body"}):
    """A proposal was hidden; `title` and `body` are what stands in its place, with the reason."""

    kind: ClassVar[str] = "proposal.hidden"

    proposal_id: int
    table_id: int
    title: FreeText
    body: FreeText


@dataclass(frozen=True, kw_only=True)
class ProposalShown(
    Event,
    texts={
        "title": "proposal_version.title",
        "body": "proposal_version.body",
        "need": "proposal_version.need",
        "effect": "proposal_version.effect",
        "reason": "log_text.sealed",
    },
):
    """A hidden proposal was shown again as it stood before, with the reason."""

    kind: ClassVar[str] = "proposal.shown"

    proposal_id: int
    table_id: int
    title: FreeText
    body: FreeText
    reason: FreeText
    need: FreeText | None = None
    effect: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class ProposalSupported(Event):
    """A person supports a version of a proposal."""

    kind: ClassVar[str] = "proposal.supported"

    proposal_id: int
    table_id: int
    mandate_id: int | None
    category: Category
    version: int = 1


@dataclass(frozen=True, kw_only=True)
class SupportRenewed(Event):
    """A person who supports a proposal has read its changed text, and supports that too."""

    kind: ClassVar[str] = "proposal.support_renewed"

    proposal_id: int
    table_id: int
    version: int


@dataclass(frozen=True, kw_only=True)
class SupportWithdrawn(Event):
    """A person no longer supports a proposal."""

    kind: ClassVar[str] = "proposal.support_withdrawn"

    proposal_id: int
    table_id: int


@dataclass(frozen=True, kw_only=True)
class ProposalFileAttached(
    Event,
    texts={
        "file_name": "proposal_file.file_name",
        "description": "proposal_file.description",
    },
):
    """The author has attached a file to a proposal."""

    kind: ClassVar[str] = "proposal.file_attached"

    proposal_id: int
    table_id: int
    file_id: int
    file_name: FreeText
    sha256: str
    description: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class ProposalFileIndexed(Event):
    """A worker has read the text of a file of a proposal, so that searches find it."""

    kind: ClassVar[str] = "proposal.file_indexed"

    proposal_id: int
    table_id: int
    file_id: int
    characters: int


@dataclass(frozen=True, kw_only=True)
class ProposalFileWithdrawn(Event, texts={"reason": "proposal_file.withdrawn_reason"}):
    """A file of a proposal was withdrawn by its author or who runs the table, with the reason."""

    kind: ClassVar[str] = "proposal.file_withdrawn"

    proposal_id: int
    table_id: int
    file_id: int
    reason: FreeText
