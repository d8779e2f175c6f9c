"""Papers that a sitting has in its file alone: the agenda as it stands, the votes, the cover."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from consultazione.documents.paper.model import (
    Block,
    Heading,
    Items,
    Paper,
    Paragraph,
    Run,
    Table,
    facts,
    part,
    text,
)
from consultazione.documents.paper.wording import moment_of
from consultazione.minutes.compose.types import PollRow
from consultazione.minutes.compose.wording import HEADINGS
from consultazione.minutes.papers.course import poll_facts
from consultazione.sittings.agenda.types import MaterialSnapshot
from consultazione.sittings.models import AgendaPoint, PointState, Sitting
from consultazione.zones.models import Cycle

TITLE = "Fascicolo della seduta"
AGENDA = "Ordine del giorno"
VOTES = "Votazioni e sondaggi"
_REMOVED = " (tolto dall’ordine del giorno)"


@dataclass(frozen=True)
class Listed:
    """A document of the file: on which page it begins, and how many it has."""

    title: str
    begins: int
    pages: int


@dataclass(frozen=True)
class Apart:
    """A document that stands beside the file. sha256: of its file (hex); why: it is not in it."""

    title: str
    file_name: str
    sha256: str
    why: str


@dataclass(frozen=True)
class Frame:
    """What all papers of a sitting's file say of it. rows: labels with their values."""

    zone: str
    plan: str
    subject: str
    rows: tuple[tuple[str, str], ...]
    demo: bool


def frame_of(cycle: Cycle, sitting: Sitting) -> Frame:
    """What is said of a sitting of a cycle."""
    return Frame(
        zone=cycle.zone.name,
        plan=f"Piano di zona {cycle.years}",
        subject=f"{sitting.table.name}. {sitting.title}",
        rows=tuple(_rows(sitting)),
        demo=sitting.demo,
    )


def cover(frame: Frame, listed: Sequence[Listed], apart: Sequence[Apart]) -> Paper:
    """The first page, with the table of contents."""
    rows = tuple((one.title, str(one.begins), str(one.pages)) for one in listed)
    index = Table(("Documento", "Da pagina", "Pagine"), rows, (7, 2, 1))
    return _paper(frame, TITLE, *part("Indice", [index]), *part("Allegati a parte", _apart(apart)))


def agenda(
    frame: Frame,
    points: Sequence[AgendaPoint],
    materials: Mapping[int, Sequence[MaterialSnapshot]],
) -> Paper:
    """The agenda as it stands, with the documents beside each point."""
    told = tuple(_point(point, materials.get(point.id, ())) for point in points)
    return _paper(frame, AGENDA, Items(False, told) if told else text("Nessun punto."))


def votes(frame: Frame, polls: Iterable[PollRow]) -> Paper:
    """The votes and opinion polls, each with its electorate and its result."""
    return _paper(frame, VOTES, *(block for row in polls for block in _poll(row)))


def _paper(frame: Frame, title: str, *blocks: Block) -> Paper:
    return Paper(
        kind="dossier",
        zone=frame.zone,
        plan=frame.plan,
        title=title,
        subject=frame.subject,
        demo=frame.demo,
        blocks=(facts(frame.rows), *blocks),
    )


def _rows(sitting: Sitting) -> Iterable[tuple[str, str]]:
    yield "Seduta", moment_of(sitting.starts_at)
    yield "Luogo", sitting.place
    if sitting.opened_at is not None:
        yield "Apertura", moment_of(sitting.opened_at)
    if sitting.closed_at is not None:
        yield "Chiusura", moment_of(sitting.closed_at)


def _point(point: AgendaPoint, materials: Sequence[MaterialSnapshot]) -> tuple[Block, ...]:
    removed = _REMOVED if point.state is PointState.REMOVED else ""
    title = text(f"{point.rank}. {point.title}{removed}")
    if not materials:
        return (title,)
    return (title, Items(False, tuple((text(one["title"]),) for one in materials)))


def _poll(row: PollRow) -> Iterable[Block]:
    word = HEADINGS["opinion"] if row.get("consultative", False) else HEADINGS["poll"]
    yield Heading(2, f"{word}: {row['question']}")
    yield from poll_facts(row)


def _apart(apart: Sequence[Apart]) -> Iterable[Block]:
    if apart:
        yield Items(False, tuple(_one_apart(one) for one in apart))


def _one_apart(one: Apart) -> tuple[Block, ...]:
    digest = Paragraph((Run("SHA-256 "), Run(one.sha256, ("code",))), "quiet")
    return (text(f"{one.title} ({one.file_name}): {one.why}"), digest)
