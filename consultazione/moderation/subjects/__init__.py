"""The family of texts that can be reported: how each kind is found, hidden and shown again."""

from __future__ import annotations

from collections.abc import Mapping

from consultazione.moderation.models import TextKind
from consultazione.moderation.subjects.chat_message import ChatMessages
from consultazione.moderation.subjects.comment import Comments
from consultazione.moderation.subjects.family import Family, Subject
from consultazione.moderation.subjects.proposal import Proposals
from consultazione.moderation.subjects.question import Questions
from consultazione.moderation.subjects.statement import Statements

FAMILIES: Mapping[TextKind, Family] = {
    family.kind: family
    for family in (Proposals(), Comments(), Questions(), Statements(), ChatMessages())
}

__all__ = ["FAMILIES", "Family", "Subject"]
