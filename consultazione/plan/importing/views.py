"""Pages that take a document into a chapter: choosing, looking, confirming."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.config import Settings
from consultazione.core import clock
from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid
from consultazione.core.permissions import Permission
from consultazione.core.threadpool import offload
from consultazione.plan.blocks.models import Block
from consultazione.plan.blocks.place_views import to_its_place
from consultazione.plan.blueprint import pages
from consultazione.plan.importing.commands import MOST_AT_ONCE, import_blocks
from consultazione.plan.importing.kept import KeptDocument, KeptDocuments
from consultazione.plan.importing.part import part_of, parts_of
from consultazione.plan.importing.reading.found import (
    Fault,
    FaultKind,
    Reading,
    UnreadableDocument,
)
from consultazione.plan.importing.reading.process import read_document
from consultazione.plan.importing.sentences import REMARKS, place_of, sentence_of_fault
from consultazione.plan.labels import BLOCK_KINDS
from consultazione.plan.queries import chapter_by_number
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.fields import NoFieldsSchema
from consultazione.web.files import stored as files
from consultazione.web.forms import Form
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.url_converters import asked_place
from consultazione.zones.models import Chapter

_CHAPTER = f"{IN_CYCLE}/piano/capitoli/<int(max=9999):number>"
_ENDINGS = ("docx", "odt")
# By ending, why a file that is no DOCX or ODT is refused.
_REFUSED = {
    "docm": FaultKind.MACROS,
    "dotm": FaultKind.MACROS,
    "doc": FaultKind.OLD_OR_LOCKED,
}
# How much of a long document a page shows.
_SHOWN = 200


@pages.route(f"{_CHAPTER}/importa", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.IMPORT_BLOCKS)
def choose_document(number: int) -> ResponseReturnValue:
    """Choose a document whose text is taken into the chapter."""
    row = _chapter(number)
    form = Form(NoFieldsSchema())
    token = form.perform(_look_first, before=partial(_read_upload, row.id))
    if token:
        return redirect(url_for("plan.preview_document", number=number, token=token))
    page = render_template(
        "plan/choose_document.html",
        chapter=_chapter(number),
        form=form,
        accept=",".join(f".{ending}" for ending in _ENDINGS),
    )
    return page, form.status, form.headers


@pages.route(f"{_CHAPTER}/importa/<token>", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.IMPORT_BLOCKS)
def preview_document(number: int, token: str) -> ResponseReturnValue:
    """The blocks that a document, or a part of it, would become; sent, they are added."""
    row, form, part = _chapter(number), Form(NoFieldsSchema()), asked_place("parte") or 0
    kept = _kept(row.id, token)
    shown = part_of(kept.reading, part)
    if written := form.perform(_taking_in(kept, shown)):
        _documents().forget(token)
        flash(_("The document’s text stands at the end of the chapter."), "success")
        return to_its_place(written[0].id)
    renew_snapshot()
    page = render_template(
        "plan/preview_document.html",
        chapter=_chapter(number),
        form=form,
        token=token,
        file=kept.name,
        parts=parts_of(kept.reading),
        part=part,
        **_said(shown),
    )
    return page, form.status


@pages.post(f"{_CHAPTER}/importa/<token>/scarta")
@limiter.limit(WRITING)
@auth.permission_required(Permission.IMPORT_BLOCKS)
def discard_document(number: int, token: str) -> ResponseReturnValue:
    """Forget a document that was chosen; nothing is taken in."""
    _kept(_chapter(number).id, token)
    _documents().forget(token)
    flash(_("The document is forgotten, and nothing was taken in."), "success")
    return redirect(url_for("plan.chapter", number=number))


def _chapter(number: int) -> Chapter:
    return chapter_by_number(snapshot(), current_cycle().id, number)


def _look_first(_tx: Transaction, *, token: str) -> str:
    """Nothing is changed before the preview is confirmed."""
    return token


def _read_upload(chapter_id: int) -> Mapping[str, object]:
    """Read the document that was sent, and keep what it says; returns its token.

    Invalid on the field `file` if nothing can be read.
    """
    name, content = files.sent_name(), files.sent_content()
    with TemporaryFile() as file:
        file.write(content)
        file.flush()
        try:
            reading = read_document(_ending(name), cast("BinaryIO", file))
        except UnreadableDocument as error:
            raise Invalid.at("file", sentence_of_fault(error.fault)) from error
    kept = KeptDocument(
        chapter_id=chapter_id,
        person_id=actor().person_id or 0,
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        reading=reading,
    )
    return {"token": offload(_documents().keep, kept, clock.now())}


def _ending(name: str) -> str:
    ending = name.rpartition(".")[2].lower()
    if ending not in _ENDINGS:
        kind = _REFUSED.get(ending, FaultKind.NOT_A_DOCUMENT)
        raise UnreadableDocument(Fault(kind=kind))
    return ending


def _kept(chapter_id: int, token: str) -> KeptDocument:
    find = partial(_documents().find, token, chapter_id=chapter_id, person_id=actor().person_id)
    found: KeptDocument = offload(find)
    return found


def _documents() -> KeptDocuments:
    settings: Settings = current_app.extensions["settings"]
    return KeptDocuments(Path(settings.uploads_dir))


def _taking_in(kept: KeptDocument, shown: Reading) -> partial[list[Block]]:
    """The command that takes in a document, or the part of it that is shown."""
    return partial(
        import_blocks,
        chapter_id=kept.chapter_id,
        file=kept.name,
        sha256=kept.sha256,
        blocks=shown.blocks,
    )


def _said(shown: Reading) -> Mapping[str, object]:
    return {
        "blocks": shown.blocks[:_SHOWN],
        "count": len(shown.blocks),
        "most": MOST_AT_ONCE,
        "kinds": BLOCK_KINDS,
        "remarks": [(place_of(one), REMARKS[one.kind], one.excerpt) for one in shown.remarks],
    }
