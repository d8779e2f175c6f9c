"""What groups and channels are called."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Sentence
from consultazione.notices.models import Channel, Group, SubjectKind

GROUPS: Mapping[Group, Sentence] = {
    Group.PROPOSALS: _("What becomes of proposals, up to the plan"),
    Group.DISCUSSION: _("New proposals and comments"),
    Group.SITTINGS: _("Sittings: when they are, and changes"),
    Group.DOCUMENTS: _("Minutes and outcomes"),
    Group.TASKS: _("What is asked of you, and your own mandates and roles"),
}
CHANNELS: Mapping[Channel, Sentence] = {
    Channel.AT_ONCE: _("By mail at once"),
    Channel.DAILY: _("By mail once a day"),
    Channel.WEEKLY: _("By mail once a week"),
    Channel.SITE: _("On this site only"),
    Channel.NONE: _("Not at all"),
}
SUBJECTS: Mapping[SubjectKind, Sentence] = {
    SubjectKind.TABLE: _("Table"),
    SubjectKind.PROPOSAL: _("Proposal"),
    SubjectKind.OUTCOME: _("Outcome"),
    SubjectKind.CHAPTER: _("Chapter of the plan"),
}
