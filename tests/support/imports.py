"""Imports of a programme in tests: a file read here, its plan, and what the command makes of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from consultazione.exchange.commands.importing import import_programme
from consultazione.exchange.planning.making import make_plan
from consultazione.exchange.planning.plan import ImportPlan
from consultazione.exchange.reading.drafts import Reading
from consultazione.exchange.reading.reader import answer_of
from consultazione.exchange.writing.formats import FORMATS
from consultazione.exchange.writing.source import Source, programmes
from consultazione.programme.models import AnnualProgramme
from tests.support.books import Books
from tests.support.sheets import csv

HEADINGS = (
    "Intervento",
    "Macrolivello",
    "Area di utenza",
    "Ente capofila",
    "Ente finanziatore",
    "Fondo",
    "Importo",
)


def reading_of(rows: Sequence[Sequence[Any]], headings: Sequence[str] = HEADINGS) -> Reading:
    """What a CSV of these lines says."""
    return reading_in("csv", csv([headings, *rows]))


def reading_in(ending: str, content: bytes) -> Reading:
    """What a file says; AssertionError if it cannot be read at all."""
    answer = answer_of(ending, BytesIO(content))
    assert answer.reading is not None, answer.fault
    return answer.reading


def line(title: str, body: str, fund: str, amount: str) -> tuple[str, ...]:
    """A line under HEADINGS, of an intervention of the first municipality."""
    return (title, "Accesso", "Famiglie", "Comune 1", body, fund, amount)


def plan_of(books: Books, reading: Reading) -> ImportPlan:
    """What the file would change in the programme of the books."""
    with books.make.session() as session:
        return make_plan(session, session.get_one(AnnualProgramme, books.programme.id), reading)


def take_in(books: Books, reading: Reading, **values: Any) -> ImportPlan:
    """Import a file into the programme of the books, as it stands now unless `seen` is given."""
    given = {
        "programme_id": books.programme.id,
        "reading": reading,
        "sha256": hashlib.sha256(b"x").hexdigest(),
        "seen": values.get("seen", plan_of(books, reading).seen),
    }
    done: ImportPlan = books.run(import_programme, **{**given, **values})
    return done


def written(books: Books, kind: str, *, all_of_them: bool = False) -> bytes:
    """The file of a format with the programme of the books, or with all programmes."""
    out = BytesIO()
    with books.make.session() as session:
        found = programmes(session, None if all_of_them else books.programme.id)
        FORMATS[kind].write(out, Source(found, lambda write: write(session)))
    return out.getvalue()
