"""Figures: the form that adds one with its picture, and the picture itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from flask import (
    Response,
    current_app,
    flash,
    render_template,
    request,
    send_file,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.config import Settings
from consultazione.core.errors import Invalid, NotFound
from consultazione.core.incoming.uploads import (
    LARGEST,
    MEDIA_TYPES,
    StoredFile,
    media_type_of,
    path_of,
    plain_name,
    store,
)
from consultazione.core.permissions import Permission
from consultazione.core.threadpool import offload
from consultazione.plan.blocks.commands.writing import Picture, write_block
from consultazione.plan.blocks.models import BlockKind
from consultazione.plan.blocks.place_views import to_its_place
from consultazione.plan.blocks.schemas import BlockSchema
from consultazione.plan.blueprint import pages
from consultazione.plan.labels import BLOCK_KINDS, BODY_HINTS
from consultazione.plan.queries import chapter_by_number, get_block
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.files.scanner import refuse_infected
from consultazione.web.forms import Form
from consultazione.web.request_db import snapshot
from consultazione.web.security import WRITING, limiter

_PICTURES = frozenset({MEDIA_TYPES["png"], MEDIA_TYPES["jpg"]})
_READ_FOR = 3600


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
    path = path_of(_settings().uploads_dir, row.picture) if row.picture else None
    if path is None or not path.exists():
        raise NotFound(_("There is no such figure."))
    response = send_file(
        path, mimetype=row.picture_type, etag=row.picture or False, max_age=_READ_FOR
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _with_picture(**values: object) -> Mapping[str, object]:
    """The fields, with the picture, scanned and stored. Invalid on `file` if it is none."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise Invalid.at("file", _("Choose the picture: a PNG or JPEG file."))
    content = sent.stream.read(LARGEST + 1)
    if offload(media_type_of, plain_name(sent.filename), content) not in _PICTURES:
        raise Invalid.at("file", _("Choose the picture: a PNG or JPEG file."))
    if (clamd := _settings().clamd) is not None:
        refuse_infected(clamd, content)
    file: StoredFile = offload(store, _settings().uploads_dir, sent.filename, content)
    return {**values, "picture": Picture(file.sha256, file.media_type)}


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
