"""The administrators' page of the security log: the newest lines, by kind if asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import current_app, render_template, request, url_for
from redis import RedisError

from consultazione.core.permissions import Permission
from consultazione.minutes.queries import person_names
from consultazione.operations.blueprint import pages
from consultazione.operations.labels import KIND_NAMES
from consultazione.web import auth
from consultazione.web.oversight.security_log import MOST_LINES, Kind, newest, note
from consultazione.web.request_db import snapshot

A_PAGE = 50


@pages.get("/amministrazione/sicurezza")
@auth.permission_required(Permission.READ_SECURITY_LOG)
def security() -> str:
    """The newest lines of the security log, fifty at a time."""
    note(Kind.SECURITY_READ)
    kind = request.args.get("tipo", "")
    lines, is_away = _lines(kind), False
    if lines is None:
        lines, is_away = [], True
    shown, more = lines[:A_PAGE], lines[A_PAGE:]
    return render_template(
        "operations/security.html",
        lines=[_row(line) for _id, line in shown],
        is_away=is_away,
        kind=kind,
        kinds=[(str(name), label) for name, label in KIND_NAMES.items()],
        kind_names=KIND_NAMES,
        names=person_names(snapshot(), {line["person"] for _id, line in shown if line["person"]}),
        next_url=_next(kind, shown[-1][0]) if more else None,
    )


def _lines(kind: str) -> list[tuple[str, Any]] | None:
    """One line more than a page, of a kind if one is named; None if Redis is away."""
    before = request.args.get("prima", "")
    limit = MOST_LINES * 2 if kind else A_PAGE + 1
    try:
        found = newest(current_app.extensions["redis"], before=_id(before), limit=limit)
    except RedisError:
        return None
    return [row for row in found if not kind or row[1]["kind"] == kind][: A_PAGE + 1]


def _id(text: str) -> str | None:
    """The id of a line in the stream; None for what is none."""
    return text if re.fullmatch(r"[0-9]{1,18}-[0-9]{1,9}", text) else None


def _row(line: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**line, "at": datetime.fromisoformat(line["at"])}


def _next(kind: str, last: str) -> str:
    return url_for("operations.security", tipo=kind or None, prima=last)
