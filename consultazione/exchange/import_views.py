"""Pages that take a programme out as a file, and one in: choosing, looking, confirming."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.config import Settings
from consultazione.core import clock
from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid
from consultazione.core.permissions import Permission
from consultazione.core.threadpool import offload
from consultazione.exchange.blueprint import pages
from consultazione.exchange.commands.importing import import_programme
from consultazione.exchange.kept import KeptFile, KeptFiles
from consultazione.exchange.labels import CHANGE_NAMES, CHANGE_TONES
from consultazione.exchange.planning.making import make_plan
from consultazione.exchange.planning.plan import Change, ImportPlan, Item
from consultazione.exchange.reading.faults import Fault, FaultKind, UnreadableFile
from consultazione.exchange.reading.process import read_file
from consultazione.exchange.schemas import ConfirmSchema, UploadSchema
from consultazione.exchange.sentences import place_of, sentence_of, with_place
from consultazione.programme.models import AnnualProgramme
from consultazione.programme.queries import programme_of
from consultazione.tables.uploads import plain_name
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.forms import Form
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter

_YEAR = f"{IN_CYCLE}/programma/<int(max=9999):year>"
_ENDINGS = ("xlsx", "ods", "csv")
_LARGEST = 10 * 1024 * 1024
_PIECE = 64 * 1024
# How much of a long report a page shows.
_SHOWN = 300
# What must be read first stands first.
_ORDER = (Change.REFUSED, Change.CHANGED, Change.NEW, Change.UNCHANGED)


@pages.route(f"{_YEAR}/importa", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.IMPORT_PROGRAMME)
def upload(year: int) -> ResponseReturnValue:
    """Choose a file whose interventions and shares are taken into the programme."""
    programme = _programme(year)
    form = Form(UploadSchema())
    token = form.perform(_look_first, before=partial(_read_upload, programme.id))
    if token:
        return redirect(url_for("exchange.preview", year=year, token=token))
    page = render_template(
        "exchange/import.html",
        programme=programme,
        form=form,
        accept=",".join(f".{ending}" for ending in _ENDINGS),
    )
    return page, form.status, form.headers


@pages.route(f"{_YEAR}/importa/<token>", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.IMPORT_PROGRAMME)
def preview(year: int, token: str) -> ResponseReturnValue:
    """What a file would change, line by line; sent, it is done."""
    programme, form = _programme(year), Form(ConfirmSchema())
    kept = _kept(programme.id, token)
    command = partial(
        import_programme, programme_id=programme.id, reading=kept.reading, sha256=kept.sha256
    )
    if form.perform(command):
        _files().forget(token)
        flash(_("The file is imported: the programme is as it says."), "success")
        return redirect(url_for("programme.show", year=year))
    plan = make_plan(renew_snapshot(), _programme(year), kept.reading)
    page = render_template(
        "exchange/preview.html", programme=programme, form=form, token=token, **_said(kept, plan)
    )
    return page, form.status


@pages.post(f"{_YEAR}/importa/<token>/scarta")
@limiter.limit(WRITING)
@auth.permission_required(Permission.IMPORT_PROGRAMME)
def discard(year: int, token: str) -> ResponseReturnValue:
    """Forget a file that was chosen; nothing is imported."""
    _kept(_programme(year).id, token)
    _files().forget(token)
    flash(_("The file is forgotten, and nothing was imported."), "success")
    return redirect(url_for("exchange.upload", year=year))


def _programme(year: int) -> AnnualProgramme:
    return programme_of(snapshot(), current_cycle().id, year)


def _look_first(_tx: Transaction, *, token: str) -> str:
    """Nothing is changed before the preview is confirmed."""
    return token


def _read_upload(programme_id: int) -> Mapping[str, object]:
    """Read the file that was sent, and keep what it says; returns its token.

    Invalid on the field `file` if nothing can be read.
    """
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise Invalid.at("file", _("Choose a file."))
    name = plain_name(sent.filename)
    with TemporaryFile() as file:
        sha256 = _copy(cast("BinaryIO", sent.stream), cast("BinaryIO", file))
        try:
            reading = read_file(_ending(name), cast("BinaryIO", file))
        except UnreadableFile as error:
            raise Invalid.at("file", with_place(error.fault)) from error
    kept = KeptFile(
        programme_id=programme_id,
        person_id=actor().person_id or 0,
        name=name,
        sha256=sha256,
        reading=reading,
    )
    return {"token": offload(_files().keep, kept, clock.now())}


def _ending(name: str) -> str:
    ending = name.rpartition(".")[2].lower()
    if ending in {"xlsm", "xltm", "xlsb"}:
        raise UnreadableFile(Fault(kind=FaultKind.MACROS))
    if ending == "xls":
        raise UnreadableFile(Fault(kind=FaultKind.OLD_OR_LOCKED))
    if ending not in _ENDINGS:
        raise UnreadableFile(Fault(kind=FaultKind.NOT_A_SHEET))
    return ending


def _copy(source: BinaryIO, to: BinaryIO) -> str:
    """Copy what was sent to a file, and return its SHA-256; Invalid if it is empty or too large."""
    digest, size = hashlib.sha256(), 0
    while piece := source.read(_PIECE):
        size += len(piece)
        digest.update(piece)
        to.write(piece)
    if not size:
        raise Invalid.at("file", _("The file is empty: choose another."))
    if size > _LARGEST:
        raise Invalid.at("file", _("The file is too large: choose one of 10 MB at most."))
    to.flush()
    return digest.hexdigest()


def _kept(programme_id: int, token: str) -> KeptFile:
    person_id = actor().person_id
    find = partial(_files().find, token, programme_id=programme_id, person_id=person_id)
    found: KeptFile = offload(find)
    return found


def _files() -> KeptFiles:
    settings: Settings = current_app.extensions["settings"]
    return KeptFiles(Path(settings.uploads_dir))


def _said(kept: KeptFile, plan: ImportPlan) -> Mapping[str, object]:
    items = sorted(plan.items, key=_rank)
    return {
        "file": kept,
        "plan": plan,
        "items": items[:_SHOWN],
        "left_out": len(items) - len(items[:_SHOWN]),
        "faults": [(place_of(fault), sentence_of(fault)) for fault in plan.faults[:_SHOWN]],
        "change_names": CHANGE_NAMES,
        "change_tones": CHANGE_TONES,
        "Change": Change,
    }


def _rank(item: Item) -> tuple[int, int]:
    return _ORDER.index(item.change), item.rows[0]
