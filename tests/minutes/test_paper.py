"""Minutes in the common view model: the same words as their PDF, as ODT and as XML."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest

from consultazione.documents.paper.akn import Named, akn_of
from consultazione.documents.paper.odt import odt_of
from consultazione.minutes.compose.document import compose
from consultazione.minutes.compose.types import MinutesDocument
from consultazione.minutes.compose.wording import HEADINGS, moment
from consultazione.minutes.papers.single import paper_of, seal_of
from consultazione.minutes.pdf import make_pdf
from tests.support.akn import faults, text_of_akn
from tests.support.minutes_story import facts
from tests.support.papers import text_of_odt, text_of_pdf, words
from tests.support.typed_json import assert_typed

AT = datetime(2018, 3, 12, 9, 0, tzinfo=UTC)
ADDRESS = "https://zone.example/verbali/9"


def story(**changes: Any) -> dict[str, Any]:
    """The minutes of a sitting in which everything happens."""
    found: Any = compose(facts())
    point, at = found["agenda"][0], moment(AT)
    speech = point["speeches"][0] | {"hand": 7, "speaks_on": "sulla mozione"}
    question = {"id": 1, "person": "Ada", "organisation": "Auser", "body": "Quando?", "upvotes": 3}
    point |= {
        "speeches": [speech, *point["speeches"][1:]],
        "documents": [{"id": 1, "title": "La relazione", "file_name": "relazione.pdf"}],
        "approvals": ["Il tavolo approva il verbale della seduta prima."],
        "questions": [
            question | {"answer": "A maggio.", "entry": 9},
            question | {"answer": None, "entry": 9, "organisation": None},
            question | {"answer": None, "entry": None},
        ],
        "statements": [
            {
                "kind": kind, "person": "Bruno", "organisation": None, "category_name": "Cittadini",
                "at": at, "poll": poll, "body": body, "reason": reason,
            }
            for kind, poll, body, reason in (
                ("Dichiarazione di voto", "Si apre?", "Voto a favore.", None),
                ("Dichiarazione", None, None, "Contiene dati di altri."),
            )
        ],
        "polls": [*point["polls"], *polls(point["polls"][0])],
    }  # fmt: skip
    found["agenda"].append(point | {"id": 32, "rank": 9, "title": "Rinviato", "postponed": True})
    found["agenda"].append(point | {"id": 33, "rank": 10, "title": "Saltato", "started": None})
    found |= {
        "writers": [{"person": "Gino"}, {"person": "Ida", "since": at}],
        "parties": [{"side": "Pubblica", "organisation": "Unione", "persons": ["Ugo", "Ivo"]}],
        "positions": [{"organisation": "CGIL", "said": ["Ha votato a favore.", "Dichiara altro."]}],
        "proxies": [
            {"person": "Lea", "organisation": "Anffas", "holder": "Ugo", "act": "lettera",
             "ended": "revocata"},
        ],
        "quorum": [{"time": at, "entry": 3, "sentence": "Il numero legale c’è."}],
        "breaks": [{"from": at, "to": at, "reason": "Pranzo.", "entry": 4}],
        "commitments": [
            {"body": "Scrivere", "owner": "Ida", "due": {"on": "2018-04-01", "day": "1 aprile"},
             "point": "1. Primo"},
        ],
        "outside": found["outside"] | {"polls": polls(point["polls"][0])[:1]},
    }  # fmt: skip
    found["attendance"]["rows"][0] |= {"weight": 2, "delegated_by": "Lea"}
    found["attendance"]["excused"] = 1
    conclusion = {
        "id": 1, "rank": 1, "point_id": 31, "chapter": {"number": 2, "title": "Services"},
        "proposal": {"id": 41, "title": "A desk"}, "body": "Open a **desk**.", "vote": "Approvata.",
        "warnings": ["senza numero legale"], "held": True,
    }  # fmt: skip
    return {
        "minutes_id": 9,
        "facts": found,
        "notes": [{"point_id": 31, "body": "Explained:\n\n- one\n- *two*"}],
        "gists": [{"hand": 7, "body": "Serve uno sportello.", "words_of": "sintesi di chi parla"}],
        "remarks": [{"point": "1. Primo", "by": "Ada", "body": "Non è così.", "answer": "È così."}],
        "conclusions": [conclusion],
        "approved": at | {"by": "Franca Neri", "how": "Dal tavolo, per acclamazione."},
        "register": {"number": 4, "year": 2018},
        "edition": {
            "number": 2, "order": 1, "on": "1 maggio 2018",
            "replaces": [{"number": 1, "digest": "e" * 64, "pdf_sha256": None}],
        },
        **changes,
    }  # fmt: skip


def polls(row: Any) -> list[Any]:
    """A poll of opinions, and one that was annulled."""
    voter = {"person": "Ada", "organisation": "Auser", "by_proxy": "Lea"}
    opinion = row | {
        "consultative": True, "options": ["Ogni giorno", "Mai"], "arithmetic": "Due su tre.",
        "quorum": "Numero legale presente.", "electors": [{"name": "CGIL", "did": "ha votato"}],
        "room_tally": [{"choice": "yes", "name": "Favorevoli", "ballots": 2}],
        "by_name": [{"choice": "yes", "name": "Favorevoli", "voters": [voter]}],
        "silent": [{"person": "Bruno", "organisation": None}],
    }  # fmt: skip
    return [opinion, row | {"electorate": None, "annulled": True, "result": "Annullata"}]


@pytest.mark.parametrize("is_draft", [False, True])
def test_the_odt_has_every_word_of_the_pdf(is_draft: bool) -> None:
    document: Any = story(approved=None) if is_draft else story()
    assert_typed(document, MinutesDocument)
    digest = None if is_draft else "d" * 64
    pdf = text_of_pdf(make_pdf(document, address=ADDRESS, digest=digest, at=AT))
    paper, seal = paper_of(document), seal_of(document, address=ADDRESS, digest=digest)
    odt = text_of_odt(odt_of(paper, seal, at=AT))
    assert set(missing(pdf, odt)) <= set(re.findall(r"[^\W_]+", around(document)))
    assert missing(odt, pdf) == []


def around(document: Any) -> str:
    """What the sheets of the PDF say at heads and feet, around the QR code, and of its links."""
    found = document["facts"]
    said = [HEADINGS[name] for name in ("page", "verify", "annexed", "draft", "moment", "number")]
    return " ".join([
        found["zone"], found["plan"], found["heading"], found["opened"]["day"], *said, ADDRESS,
        "1 2 3 4 5 6 7 8 9",
    ])  # fmt: skip


def missing(one: str, other: str) -> list[str]:
    """The words of a text that another has less often."""
    left = re.findall(r"[^\W_]+", other)
    lacking = []
    for word in re.findall(r"[^\W_]+", one):
        if word in left:
            left.remove(word)
        else:
            lacking.append(word)
    return lacking


def test_the_xml_is_valid_and_has_the_words_in_order() -> None:
    document: Any = story()
    seal = seal_of(document, address=ADDRESS, digest="d" * 64)
    named = Named("reno", "Verbale", 9, 2018, date(2018, 3, 12))
    content = akn_of(paper_of(document), seal, named)
    assert faults(content) == []
    said = words(text_of_akn(content))
    parts = [HEADINGS[name] for name in ("agenda", "attendance", "discussion", "agreed")]
    places = [said.index(words(part)) for part in parts]
    assert places == sorted(places)
