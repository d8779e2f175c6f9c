"""The data of a cycle as tables: CSV with Table Schemas (Data Package), and JSON.

All of it is what the REST interface shows to a visitor. Proposals and comments also stand as flat
files with a data card, as the Interoperable Deliberative Tools ask for (metagov/interop).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from consultazione.archive.bag import Bag
from consultazione.archive.entries import Published
from consultazione.archive.reading import Source
from consultazione.comments.queries import count_comments
from consultazione.exchange.writing import package
from consultazione.exchange.writing.csv_text import write_for_programs
from consultazione.exchange.writing.source import programmes
from consultazione.exchange.writing.tables import TABLES as OF_PROGRAMMES
from consultazione.exchange.writing.tables import Field

FOLDER = "data/dati"
# A row of a table, by its columns, as the REST interface has it.
Row = Mapping[str, Any]
_MOST = 200
_UNKNOWN_ARGUMENT = 422
# Lists of the REST interface that are kept as JSON, by the name of their file.
_LISTS = {
    "atti": "acts",
    "contributi": "contributions",
    "esiti": "outcomes",
    "incontri": "events",
    "materiali": "materials",
    "normativa": "citations",
    "sedute": "sittings",
    "tavoli": "tables",
    "verbali": "minutes",
}
_ONES = {"piano": "plan", "strategie": "plan/strategies", "zona": "zone"}

_ID = Field("id", "integer", "Numero")
_CATEGORY = Field("category", "string", "Categoria per cui si è parlato")
_AUTHOR = Field("author", "string", "Chi l’ha scritta, come le pagine lo mostrano", required=False)
_ORGANISATION = Field("organisation", "string", "Organizzazione", required=False)


@dataclass(frozen=True)
class Table:
    """A table of the archive. words: the fields that stand in an entry of the log as well."""

    name: str
    title: str
    thing: str
    fields: Sequence[Field]
    words: Sequence[str]


PROPOSALS = Table(
    "proposte",
    "Proposte",
    "proposal",
    (
        _ID,
        Field("table_id", "integer", "Numero del tavolo"),
        _AUTHOR,
        _ORGANISATION,
        _CATEGORY,
        Field("title", "string", "Titolo"),
        Field("body", "string", "Testo"),
        Field("state", "string", "submitted, admitted, not_admitted o withdrawn"),
        Field("state_reason", "string", "Perché non è stata ammessa", required=False),
        Field("submitted_at", "string", "Quando è stata presentata"),
        Field("version", "integer", "Versione del testo"),
    ),
    ("title", "body"),
)
COMMENTS = Table(
    "osservazioni",
    "Osservazioni visibili",
    "comment",
    (
        _ID,
        Field("proposal_id", "integer", "Numero della proposta"),
        _AUTHOR,
        _ORGANISATION,
        _CATEGORY,
        Field("position", "string", "in_favour, against o neutral"),
        Field("body", "string", "Testo"),
        Field("at", "string", "Quando è stata scritta"),
        Field("version", "integer", "Versione del testo"),
    ),
    ("body",),
)


def write_data(bag: Bag, source: Source, published: Published) -> None:
    """Write all tables and lists of a cycle."""
    found = {PROPOSALS: _items(source, "proposals")}
    found[COMMENTS] = list(_comments(source, [row["id"] for row in found[PROPOSALS]]))
    for table, rows in found.items():
        _write_table(bag, table, rows, published)
    for name, resource in _LISTS.items():
        _write_json(bag, f"{FOLDER}/{name}.json", _items(source, resource))
    for name, resource in _ONES.items():
        _write_json(bag, f"{FOLDER}/{name}.json", _asked(source, resource))
    _write_programmes(bag, source)
    _write_json(bag, f"{FOLDER}/datapackage.json", _description(source))
    bag.write(f"{FOLDER}/SCHEDA-DATI.md", _card(source).encode())


def _items(source: Source, resource: str) -> list[Row]:
    """All items of a list, page by page."""
    return _all_of(source, _asked(source, resource, limit=_MOST))


def _all_of(source: Source, page: Any) -> list[Row]:
    """The items of a page of a list, and of those that follow it."""
    found: list[Row] = []
    while isinstance(page, dict):
        found += page["items"]
        if not page.get("next"):
            return found
        page = json.loads(source.site.get(page["next"]).body)
    return page or []


def _asked(source: Source, resource: str, **more: int) -> Any:
    """What the REST interface shows; None if it has nothing to show of the cycle."""
    answer = source.site.get(_address(source, resource, **more))
    if answer.status == _UNKNOWN_ARGUMENT and more:
        return _asked(source, resource)  # a list without pages
    return json.loads(answer.body) if answer.status == 200 else None


def _address(source: Source, resource: str, **more: int) -> str:
    query = urlencode({"zone": source.zone, "cycle": source.years, **more})
    return f"/api/v1/{resource}?{query}"


def _comments(source: Source, proposal_ids: Iterable[int]) -> Iterator[Row]:
    """The comments that everybody reads, by proposal."""
    ids = sorted(count_comments(source.session, proposal_ids))
    wanted = [_address(source, f"proposals/{one}/comments", limit=_MOST) for one in ids]
    for proposal_id, answer in zip(ids, source.site.answers(wanted), strict=True):
        page = json.loads(answer.body) if answer.status == 200 else None
        for item in _all_of(source, page):
            if item.get("body"):
                yield {"proposal_id": proposal_id, **item}


def _write_table(bag: Bag, table: Table, rows: Sequence[Row], published: Published) -> None:
    names = [field.name for field in table.fields]
    said = [{name: row.get(name) for name in names} for row in rows]
    with bag.opened(f"{FOLDER}/{table.name}.csv") as file:
        write_for_programs(file, [names, *([row[name] for name in names] for row in said)])
    with_places = [{**row, "voci": _places(table, row, published)} for row in said]
    _write_json(bag, f"{FOLDER}/{table.name}.json", with_places)


def _places(table: Table, row: Row, published: Published) -> dict[str, str]:
    """The entries in which the words of a row stand published, by field: none of what is hidden,
    and none of what was erased there since.
    """
    of = (table.thing, row["id"], row["version"] or 1)
    return {name: place for name in table.words if (place := published.places.get((*of, name)))}


def _write_programmes(bag: Bag, source: Source) -> None:
    """The tables of the cycle's annual programmes, as `exchange` offers them."""
    ours = [
        programme
        for programme in programmes(source.session)
        if (programme.zone, programme.cycle) == (source.zone, source.years)
    ]
    for table in OF_PROGRAMMES:
        with bag.opened(f"{FOLDER}/programmi/{table.name}.csv") as file:
            write_for_programs(file, [[field.name for field in table.fields]])
            for programme in ours:
                write_for_programs(file, table.rows(source.session, programme))


def _description(source: Source) -> dict[str, object]:
    """What `datapackage.json` says: the tables here, and those of the programmes."""
    of_programmes = package.description(folder="programmi/")
    return {
        **of_programmes,
        "name": f"archivio-{source.zone}-{source.years}",
        "title": f"{source.zone_name}: Piano di zona {source.years}",
        "description": "Proposte, osservazioni e programmi attuativi. Importi in euro.",
        "resources": [
            *(_resource(table) for table in (PROPOSALS, COMMENTS)),
            *of_programmes["resources"],
        ],
    }


def _resource(table: Table) -> dict[str, object]:
    return package.described(table.name, table.title, table.fields, key=("id",))


def _write_json(bag: Bag, path: str, value: object) -> None:
    bag.write(path, (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode())


def _card(source: Source) -> str:
    """The data card, which the Interoperable Deliberative Tools ask for beside flat files."""
    invented = "I dati sono inventati, a scopo dimostrativo.\n" if source.demo else ""
    return (
        f"# Scheda dei dati: {source.zone_name}, Piano di zona {source.years}\n\n{invented}"
        f"- Titolare: {source.lead_body}\n"
        "- Processo: consultazione partecipata per il Piano di zona\n"
        "- File piatti: `proposte.csv` (una riga per proposta), `osservazioni.csv` (una riga per "
        "osservazione, con `proposal_id` e la posizione), UTF-8, RFC 4180\n"
        "- Schema: `datapackage.json` (Data Package, Table Schema)\n"
        "- Licenza: CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)\n"
        "- Non ci sono: bozze, testi nascosti o cancellati, voti e presenze di singole persone\n"
    )
