"""Figures: the form that adds one with its picture, and the picture itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

from flask import Response, flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.errors import Invalid, NotFound
from consultazione.core.permissions import Permission
from consultazione.plan.blocks.appending import Picture
from consultazione.plan.blocks.commands.writing import write_block
from consultazione.plan.blocks.models import BlockKind
from consultazione.plan.blocks.place_views import to_its_place
from consultazione.plan.blocks.schemas import BlockSchema
from consultazione.plan.blueprint import pages
from consultazione.plan.labels import BLOCK_KINDS, BODY_HINTS
from consultazione.plan.queries import chapter_by_number, get_block
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.files import stored as files
from consultazione.web.forms import Form
from consultazione.web.request_db import snapshot
from consultazione.web.security import WRITING, limiter

_ENDINGS = frozenset({"png", "jpg", "jpeg"})


@pages.route(
    f"{IN_CYCLE}/piano/capitoli/<int(max=9999):number>/nuova-figura", methods=["GET", "POST"]
)
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.WRITE_BLOCK)
def new_figure(number: int) -> ResponseReturnValue:
    """Append a figure with its picture, its caption, and what it shows in words."""
    row = chapter_by_number(snapshot(), current_cycle().id, number)
    form = Form(BlockSchema(BlockKind.FIGURE))
    command = partial(write_block, chapter_id=row.id, kind=BlockKind.FIGURE)
    if written := form.perform(command, before=_with_picture):
        flash(_("The figure stands at the end of the chapter."), "success")
        return to_its_place(written.id)
    page = render_template(
        "plan/new_block.html", chapter=row, form=form, kind=BlockKind.FIGURE, kinds=BLOCK_KINDS,
        hints=BODY_HINTS,
    )  # fmt: skip
    return page, form.status


@pages.get("/piano/paragrafi/<int:block_id>/figura")
def figure(block_id: int) -> Response:
    """The picture of a figure."""
    row = get_block(snapshot(), block_id)
    if row.picture is None or row.picture_type is None:
        raise NotFound(_("There is no such figure."))
    shown = _Shown(f"figura-{row.id}", row.picture_type, row.picture)
    return files.sent(shown, shown.file_name)


class _Shown(NamedTuple):
    """The picture of a block, as a file that is handed out."""

    file_name: str
    media_type: str
    sha256: str


def _with_picture(**values: object) -> Mapping[str, object]:
    """The fields, with the picture, scanned and stored. Invalid on `file` if it is none."""
    if files.sent_name().rpartition(".")[2].lower() not in _ENDINGS:
        raise Invalid.at("file", _("Choose the picture: a PNG or JPEG file."))
    file: Any = files.with_file(**values)["file"]
    return {**values, "picture": Picture(file.sha256, file.media_type)}
