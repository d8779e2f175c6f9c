"""What the file of a sitting can hold, and where each document comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from flask_babel import force_locale
from flask_babel import lazy_gettext as _
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from consultazione.core.errors import NotFound
from consultazione.documents.frames import Asked
from consultazione.documents.paper.model import Paper, Seal
from consultazione.documents.paper.pdf import asked_for
from consultazione.minutes.backing import polls_of
from consultazione.minutes.compose.polls import poll_rows
from consultazione.minutes.compose.types import PollRow
from consultazione.minutes.dossier import papers
from consultazione.minutes.gather import gather
from consultazione.minutes.models import Minutes, MinutesState
from consultazione.minutes.queries import minutes_of, sealed_pdf
from consultazione.sittings.agenda.queries import materials_by_point
from consultazione.sittings.lifecycle.notice.sealed import sealed_notice
from consultazione.sittings.models import Sitting
from consultazione.sittings.polls.models import Poll, PollState
from consultazione.tables.models import Material
from consultazione.tables.queries import sitting_materials
from consultazione.zones.queries import get_cycle


@dataclass(frozen=True)
class UploadedFile:
    """A file that somebody handed in."""

    file_name: str
    media_type: str
    size: int
    sha256: str


Source = Asked | bytes | UploadedFile


@dataclass(frozen=True)
class Offered:
    """A document that the reader may choose. key: in addresses; source: reads what it is."""

    key: str
    title: str
    source: Callable[[], Source]


def offered(session: Session, sitting: Sitting, *, public_url: str) -> list[Offered]:
    """The documents of a sitting that everybody may read, in the order in which they are bound."""
    return list(_offered(session, sitting, public_url))


def _offered(session: Session, sitting: Sitting, public_url: str) -> Iterator[Offered]:
    seal = Seal(f"{public_url}/sedute/{sitting.id}")
    yield Offered("avviso", "Avviso di convocazione", partial(_notice, session, sitting, seal))
    yield Offered("ordine", papers.AGENDA, partial(_agenda, session, sitting, seal))
    for one in _materials(session, sitting):
        file = UploadedFile(one.file_name, one.media_type, one.size, one.sha256)
        yield Offered(f"documento-{one.id}", one.title, partial(_itself, file))
    minutes = minutes_of(session, sitting.id)
    public = minutes if minutes and minutes.state is not MinutesState.DRAFT else None
    if sitting.closed_at is not None and _has_votes(session, sitting.id):
        yield Offered("voti", papers.VOTES, partial(_votes, session, sitting, public, seal))
    if public and public.pdf_sha256:
        yield Offered("verbale", "Verbale", partial(_minutes, session, public))


def _itself(source: Source) -> Source:
    return source


def _minutes(session: Session, public: Minutes) -> Source:
    content = sealed_pdf(session, public.id)
    if content is None:
        raise NotFound(_("The PDF is still being written: try again in a moment."))
    return content


def _notice(session: Session, sitting: Sitting, seal: Seal) -> Asked:
    paper, numbered = sealed_notice(session, sitting, address=seal.address)
    return _asked(paper, numbered, sitting)


def _agenda(session: Session, sitting: Sitting, seal: Seal) -> Asked:
    frame = papers.frame_of(get_cycle(session, sitting.table.cycle_id), sitting)
    found = papers.agenda(frame, sitting.agenda, materials_by_point(session, sitting.id))
    return _asked(found, seal, sitting)


def _votes(session: Session, sitting: Sitting, public: Minutes | None, seal: Seal) -> Asked:
    """The votes as the minutes tell them; who voted what, only once these are public."""
    frame = papers.frame_of(get_cycle(session, sitting.table.cycle_id), sitting)
    rows: Sequence[PollRow]
    if public is not None:
        rows = polls_of(public.facts)
    else:
        with force_locale("it"):
            found = poll_rows(gather(session, sitting.id))
        rows = [_without_names(row) for _point, row in found]
    return _asked(papers.votes(frame, rows), seal, sitting)


def _without_names(row: PollRow) -> PollRow:
    return {**row, "by_name": [], "silent": []}


def _asked(paper: Paper, seal: Seal, sitting: Sitting) -> Asked:
    return asked_for(paper, seal, at=sitting.closed_at or sitting.convened_at)


def _materials(session: Session, sitting: Sitting) -> list[Material]:
    """Those beside points, in the order of the agenda, then the others; none that is withdrawn."""
    by_point = materials_by_point(session, sitting.id)
    ids = [one["id"] for point in sitting.agenda for one in by_point.get(point.id, [])]
    ids += [one.id for one in sitting_materials(session, sitting.id)]
    rows = session.scalars(select(Material).where(Material.id.in_(ids)))
    found = {row.id: row for row in rows if row.withdrawn_at is None}
    return [found[number] for number in dict.fromkeys(ids) if number in found]


def _has_votes(session: Session, sitting_id: int) -> bool:
    ended = exists().where(Poll.sitting_id == sitting_id, Poll.state != PollState.OPEN)
    return bool(session.scalar(select(ended)))
