"""What a region's installation does beside pages: what-ifs, comparisons, files in and out."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import text

from consultazione.core.actor import Role
from consultazione.exchange.commands.importing import import_programme
from consultazione.exchange.planning.making import make_plan
from consultazione.exchange.reading.process import read_file
from consultazione.exchange.writing.formats import FORMATS
from consultazione.programme.commands.programmes import open_programme
from consultazione.programme.models import AnnualProgramme
from tests.bench.installation import Installation, Place, place_of
from tests.bench.measure import milliseconds
from tests.bench.region_pages import timed
from tests.bench.report import Figures, Limit
from tests.support.sheets import xlsx

_HEADINGS = (
    "Intervento", "Tipo", "Macrolivello", "Area di utenza", "Ente capofila", "Ente finanziatore",
    "Fondo", "Importo",
)  # fmt: skip
_KINDS = ("Servizio", "Accesso e presa in carico", "Povertà ed esclusione sociale", "Comune 1")
Found = dict[str, Figures]
Limits = dict[str, Limit]


def measured(region: Installation, times: int) -> tuple[Found, Limits]:
    """All of it, with the most that each may take."""
    found: Found = {}
    limits: Limits = {}
    for case, figures, limit in (
        _whatif(region, times),
        _territory(region, times),
        *_exports(region),
        _import(region),
        _pdf(region),
    ):
        found[case], limits[case] = figures, limit
    return found, limits


def _whatif(region: Installation, times: int) -> tuple[str, Figures, Limit]:
    """The effect alone, as the page asks for it when a figure is changed."""
    place = place_of(region, 0)
    year = 2018
    path = f"{place.make.here}/riparto/simulazione?anno={year}&parte=effetto"
    with region.database.snapshot() as session:
        query = text("SELECT id, amount FROM shared_item WHERE cycle_id = :cycle AND year = :year")
        items = session.execute(query, {"cycle": place.make.cycle.id, "year": year}).all()
    typed = {f"amount-{number}": str(amount + 1) for number, amount in items}
    client = region.app.test_client()
    seconds = [timed(partial(_post, client, path, typed)) for _ in range(times + 1)][1:]
    case = f"what-if, {len(items)} items, 11 municipalities"
    return case, milliseconds(seconds), Limit("p95 ms", 100)


def _territory(region: Installation, times: int) -> tuple[str, Figures, Limit]:
    """The territory with the most zones."""
    client, path = region.app.test_client(), "/territorio/area-0"
    seconds = [timed(partial(_get, client, path)) for _ in range(times + 1)][1:]
    zones = len(range(0, region.size.zones, 5))
    return (
        f"zones of a territory side by side: {zones}",
        milliseconds(seconds),
        Limit("p95 ms", 300),
    )


def _exports(region: Installation) -> list[tuple[str, Figures, Limit]]:
    """All programmes of all zones in one file, in each format."""
    return [_export(region.app.test_client(), kind) for kind in FORMATS]


def _export(client: FlaskClient, kind: str) -> tuple[str, Figures, Limit]:
    begun = time.perf_counter()
    content = _get(client, f"/dati/programmi/{kind}")
    figures = {"s": round(time.perf_counter() - begun, 2), "kB": round(len(content) / 1000, 1)}
    return f"all money as {kind}", figures, Limit("s", 5)


def _import(region: Installation) -> tuple[str, Figures, Limit]:
    """A year of the region in one workbook, into an empty programme: read, looked at, taken in."""
    place = place_of(region, 0)
    office = place.make.holder(Role.PLAN_OFFICE)
    with region.database.transaction(office) as tx:
        programme_id = open_programme(tx, cycle_id=_past_cycle(region, place), year=2017).id
    rows = [*_lines(region.size.interventions, region.size.shares // 3)]
    with TemporaryFile() as file:
        file.write(xlsx([_HEADINGS, *rows]))
        begun = time.perf_counter()
        reading = read_file("xlsx", cast("BinaryIO", file))
    read = time.perf_counter()
    with region.database.snapshot() as session:
        programme = session.get_one(AnnualProgramme, programme_id)
        plan = make_plan(session, programme, reading)
    looked = time.perf_counter()
    assert plan.is_in_order, plan.faults[:3]
    with region.database.transaction(office) as tx:
        import_programme(
            tx, programme_id=programme_id, reading=reading, sha256="0" * 64, seen=plan.seen
        )
    done = time.perf_counter()
    parts = {"reading s": read - begun, "preview s": looked - read, "taking in s": done - looked}
    figures = {name: round(seconds, 2) for name, seconds in parts.items()}
    case = f"import of {region.size.interventions} interventions, {len(rows)} shares"
    return case, {"s": round(done - begun, 2), **figures}, Limit("s", 20)


def _lines(interventions: int, shares: int) -> Iterator[tuple[object, ...]]:
    """Lines of a file: the shares of each intervention one after the other."""
    for number in range(interventions):
        for share in range(len(range(number, shares, interventions))):
            payer = f"Comune {share % 11 + 1}"
            yield f"Attività {number}", *_KINDS, payer, f"F{share // 11 + 2}", 1000 + share


def _past_cycle(region: Installation, place: Place) -> int:
    with region.database.snapshot() as session:
        query = text("SELECT id FROM cycle WHERE zone_id = :zone AND first_year = 2015")
        return int(session.scalar(query, {"zone": place.make.zone.id}))


def _pdf(region: Installation) -> tuple[str, Figures, Limit]:
    """The plan of very many blocks; typst has been started before, by a small plan."""
    client = region.app.test_client()
    _get(client, f"{place_of(region, 2).make.here}/piano/piano.pdf")
    begun = time.perf_counter()
    content = _get(client, f"{place_of(region, 1).make.here}/piano/piano.pdf")
    seconds = time.perf_counter() - begun
    pages = len(PdfReader(BytesIO(content)).pages)
    return f"PDF of {pages} pages", {"s": round(seconds, 2)}, Limit("s", 3)


def _get(client: FlaskClient, path: str) -> bytes:
    with client.get(path) as answer:
        assert answer.status_code == 200, (path, answer.status)
        return bytes(answer.data)


def _post(client: FlaskClient, path: str, values: dict[str, str]) -> None:
    answer = client.post(path, data=values)
    assert answer.status_code == 200, (path, answer.status)
