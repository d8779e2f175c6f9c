"""What happened on a point, as blocks: speeches with their gists, questions, votes, statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from consultazione.documents.paper.model import Block, Items, Paragraph, Run, Table, text
from consultazione.minutes.compose.types import (
    GistRow,
    NamedVoter,
    OnPoint,
    PollRow,
    QuestionRow,
    SpeechRow,
    StatementRow,
)
from consultazione.minutes.compose.wording import HEADINGS as W


def course(part: OnPoint, gists: Mapping[int, GistRow]) -> Iterator[Block]:
    """The course of a point. gists: by hand."""
    yield from _speeches(part["speeches"], gists)
    for question in part["questions"]:
        yield from _question(question)
    for poll in part["polls"]:
        yield from _poll(poll)
    for statement in part.get("statements", []):
        yield from _statement(statement)


def labelled(label: str, words: str) -> Paragraph:
    """A paragraph that begins with its label in bold."""
    return Paragraph((Run(f"{label}: ", ("strong",)), Run(words)))


def person_of(person: str, organisation: str | None) -> str:
    """A person, and for whom they are there."""
    return f"{person}, {organisation}" if organisation else person


def _speeches(rows: Sequence[SpeechRow], gists: Mapping[int, GistRow]) -> Iterator[Block]:
    if not rows:
        return
    cells = tuple((row["from"]["time"], _speaker(row), row["duration"]["text"]) for row in rows)
    yield Table((W["time"], W["speeches"], W["duration"]), cells, (2, 12, 5))
    for row in rows:
        gist = gists.get(row.get("hand", 0))
        if gist is not None:
            who = person_of(row["person"], row["organisation"])
            yield labelled(who, f"{gist['body']} ({gist['words_of']})")


def _speaker(row: SpeechRow) -> str:
    on = f", {row['speaks_on']}" if "speaks_on" in row else ""
    return f"{person_of(row['person'], row['organisation'])} ({row['category_name']}){on}"


def _question(row: QuestionRow) -> Iterator[Block]:
    yield labelled(W["asked"], row["body"])
    said = f"{W['answered']}: {row['answer']}" if row["answer"] else W["answered_live"]
    ended = W["unanswered"] if row["entry"] is None else said
    who = person_of(row["person"], row["organisation"])
    yield text(f"{who}. {W['wished']}: {row['upvotes']}. {ended}")


def _poll(row: PollRow) -> Iterator[Block]:
    yield labelled(W["opinion"] if row.get("consultative") else W["poll"], row["question"])
    yield from poll_facts(row)


def poll_facts(row: PollRow) -> Iterator[Block]:
    """What stands below the question of a poll."""
    if row["rules"]:
        yield text(f"{row['kind']}. {row['rules']}.", "quiet")
    if row["options"]:
        yield Items(True, tuple((text(option),) for option in row["options"]))
    if row["electorate"] is None:
        yield text(f"{row['result']}.")
        return
    yield from _result(row)
    yield from _voters(row)


def _result(row: PollRow) -> Iterator[Block]:
    counted = row.get("arithmetic") or _counted(row)
    tally = _told((one["name"], one["ballots"]) for one in row["tally"])
    yield text(f"{tally}. {counted} {row['result']}. {row['grounds']}".strip())
    if row.get("quorum"):
        yield text(row["quorum"], "quiet")
    if row["room_tally"]:
        in_room = _told((one["name"], one["ballots"]) for one in row["room_tally"])
        yield text(f"{W['in_room']}: {in_room}.", "quiet")


def _counted(row: PollRow) -> str:
    """The sentence of documents of before, which have no arithmetic."""
    entitled = "" if row["entitled"] is None else f"; {W['entitled']}: {row['entitled']}"
    return f"{W['voters']}: {row['voters']}. {W['electorate']}: {row['electorate']}{entitled}."


def _voters(row: PollRow) -> Iterator[Block]:
    electors = "; ".join(f"{one['name']} ({one['did']})" for one in row.get("electors", []))
    if electors:
        yield text(f"{W['electors']}: {electors}.", "quiet")
    if named := row.get("by_name", []):
        groups = [(one["name"], one["voters"]) for one in named]
        groups += [(W["silent"], silent)] if (silent := row.get("silent", [])) else []
        yield text(f"{W['by_name']}:")
        yield Items(
            False,
            tuple((text(f"{name} ({len(who)}): {_named(who)}."),) for name, who in groups),
        )
    if row["by_category"]:
        told = "; ".join(
            f"{one['category_name']} "
            f"({_told((part['name'].lower(), part['ballots']) for part in one['tally'])})"
            for one in row["by_category"]
        )
        yield text(f"{W['by_category']}: {told}.", "quiet")


def _named(voters: Iterable[NamedVoter]) -> str:
    return "; ".join(
        (f"{one['by_proxy']} {W['by_proxy']} " if "by_proxy" in one else "")
        + one["person"]
        + (f" ({one['organisation']})" if one["organisation"] else "")
        for one in voters
    )


def _statement(row: StatementRow) -> Iterator[Block]:
    who = person_of(row["person"], row["organisation"])
    said = row["body"] if row["body"] is not None else f"{W['omitted']}: {row['reason']}"
    yield labelled(f"{row['kind']}, {who}", said)
    if row["poll"]:
        yield text(f"{W['on_poll']}: {row['poll']}", "quiet")


def _told(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts)
