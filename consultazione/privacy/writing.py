"""The ZIP with a person's data: one JSON for machines, one page for people."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup, escape
from sqlalchemy.orm import Session

from consultazione.core.clock import as_json
from consultazione.privacy.collecting import Found, collected, entries_of
from consultazione.privacy.labels import column_name, table_name

JSON_NAME, PAGE_NAME = "dati.json", "dati.html"


def write_zip(session: Session, person_id: int, path: Path, *, at: datetime) -> int:
    """Write the ZIP at a path, readable by the site alone, and return its size in bytes.

    Written beside it first, so that a file that is there is whole.
    """
    tables = list(collected(session, person_id))
    done = list(entries_of(session, person_id))
    part = path.with_suffix(".part")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part.touch(mode=0o600)
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(JSON_NAME, _as_json(person_id, tables, done, at))
        archive.writestr(PAGE_NAME, _as_page(tables, done, at))
    part.replace(path)
    return path.stat().st_size


def _as_json(
    person_id: int, tables: Sequence[Found], done: Sequence[Mapping[str, Any]], at: datetime
) -> str:
    content = {
        "person": person_id,
        "made_at": as_json(at),
        "tables": {found.table: found.rows for found in tables},
        "log": done,
    }
    return json.dumps(content, ensure_ascii=False, indent=1, default=str)


def _as_page(tables: Sequence[Found], done: Sequence[Mapping[str, Any]], at: datetime) -> str:
    title = _("What is kept about you")
    body = Markup("").join(_section(table_name(found.table), found.rows) for found in tables)
    moment = Markup("<p>{}</p>").format(
        _("Made on %(moment)s (UTC).", moment=f"{at:%d.%m.%Y %H:%M}")
    )
    acts = _section(_("What you did, as the public log has it"), done)
    page = Markup(
        '<!doctype html><html lang="it"><head><meta charset="utf-8"><title>{0}</title>'
        '<meta name="viewport" content="width=device-width"><style>body{{font-family:sans-serif;'
        "max-width:50rem;margin:2rem auto;padding:0 1rem;line-height:1.5}}dl{{border-top:1px solid "
        "#999;padding-top:.5rem}}dt{{font-weight:bold}}dd{{margin:0 0 .5rem;overflow-wrap:anywhere;"
        "white-space:pre-wrap}}</style></head><body><main><h1>{0}</h1>{1}{2}{3}</main></body></html>"
    )
    return str(page.format(title, moment, body, acts))


def _section(title: str, rows: Sequence[Mapping[str, Any]]) -> Markup:
    listed = Markup("").join(_facts(row) for row in rows)
    return Markup("<h2>{} ({})</h2>{}").format(title, len(rows), listed)


def _facts(row: Mapping[str, Any]) -> Markup:
    said = [(name, value) for name, value in row.items() if value not in (None, "", [], {})]
    pairs = Markup("").join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(column_name(name), escape(str(value)))
        for name, value in said
    )
    return Markup("<dl>{}</dl>").format(pairs)
