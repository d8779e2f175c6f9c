"""Notices of convocation as a kind of numbered document."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, select

from consultazione.documents.kinds import DocumentKind, register_kind, titled
from consultazione.sittings.models import Sitting
from consultazione.tables.models import ThematicTable


def _cycle(sitting_id: Any) -> Select[int]:
    return (
        select(ThematicTable.cycle_id)
        .join(Sitting, Sitting.table_id == ThematicTable.id)
        .where(Sitting.id == sitting_id)
    )


NOTICE = register_kind(
    DocumentKind(
        name="notice",
        label=_("Notice of convocation"),
        plural=_("Notices of convocation"),
        word="Avviso",
        titles=titled(select(Sitting.id, Sitting.title), Sitting.id),
        cycle_of=_cycle,
    )
)
