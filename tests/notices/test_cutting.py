"""What somebody wrote in an answer, and whose it is: quotations, tokens, hostile mails."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultazione.notices.mail_in.cutting import MARKS, cut
from consultazione.notices.mail_in.html_text import text_of
from consultazione.notices.mail_in.reading import MOST_BYTES, Unreadable, parsed, read_mail
from consultazione.notices.mail_in.tokens import (
    CHARACTERS,
    LARGEST,
    VALID_FOR,
    Purpose,
    Token,
    address_with,
    read,
    token_for,
    token_in,
    written,
)
from tests.support.answering import REPLIES

OWN = "Sono d'accordo.\n\nServe uno sportello anche a Vergato."
QUOTED = "> Osservazione di Bruno\n> Non serve."
# What stands below an answer, by the program that set it there.
BELOW = {
    "Gmail": f"Il giorno lun 30 nov 2026 alle ore 10:12 Noi <p@e.org> ha scritto:\n\n{QUOTED}",
    "Gmail, broken": "Il giorno lun 30 nov 2026 alle ore 10:12 Distretto di prova\n"
    f"<partecipa@example.org> ha scritto:\n\n{QUOTED}",
    "Gmail in English": f"On Mon, Nov 30, 2026 at 10:12 AM Distretto <p@e.org> wrote:\n{QUOTED}",
    "Apple Mail": f"Il giorno 30 nov 2026, alle ore 10:12, Distretto ha scritto:\n\n{QUOTED}",
    "iPhone": "Inviato da iPhone\n\nIl giorno 30 nov 2026, alle ore 10:12, Distretto"
    f" <p@e.org> ha scritto:\n\n{QUOTED}",
    "iPhone, quoted by nothing": "Inviato da iPhone\n\nIl giorno 30 nov 2026, alle ore 10:12,"
    " Distretto <p@e.org> ha scritto:\n\nOsservazione di Bruno\nNon serve.",
    "Thunderbird": f"Il 30/11/26 10:12, Distretto ha scritto:\n{QUOTED}",
    "Outlook": "________________________________\nDa: Distretto <p@e.org>\n"
    "Inviato: lunedì 30 novembre 2026 10:12\nA: Anna <anna@example.org>\n"
    "Oggetto: Osservazione di Bruno\n\nNon serve.",
    "Outlook for Windows": "Da: Distretto <p@e.org>\nInviato: lunedì 30 novembre 2026 10:12\n"
    "A: anna@example.org\nCc: b@example.org\nOggetto: Osservazione\n\nNon serve.",
    "Outlook on a phone": "Ottieni Outlook per Android<https://aka.ms/AAb9ysg>\n"
    "________________________________\nFrom: Distretto <p@e.org>\nSent: Monday\n"
    "To: Anna\nSubject: x\n\nNon serve.",
    "Outlook of before": "-----Messaggio originale-----\nDa: Noi\nInviato: oggi\n\nNon serve.",
    "Libero": "----Messaggio originale----\nDa: p@e.org\nData: 30-nov-2026 10.12\n"
    "A: <anna@libero.it>\nOgg: Osservazione di Bruno\n\nNon serve.",
    "Libero Mail today": "Il 30/11/2026 10:12 CET Noi <p@e.org> ha scritto:\n \n \nNon serve.",
    "Virgilio": "Da: \"Distretto\" p@e.org\nA: anna@virgilio.it\nCc:\n"
    "Data: Mon, 30 Nov 2026 10:12:00 +0100\nOggetto: Osservazione\n\nNon serve.",
    "Yahoo": "Inviato da Yahoo Mail su Android\n\n  Il lun, 30 nov 2026 alle 10:12,"
    f" Distretto<p@e.org> ha scritto:\n\n{QUOTED}",
    "Samsung": "Inviato dal mio Galaxy\n\n-------- Messaggio originale --------\n"
    "Da: Distretto <p@e.org>\nData: 30/11/26 10:12 (GMT+01:00)\nA: Anna\n\nNon serve.",
    "signature": f"-- \nAnna Rossi\nVia Roma 1\n\n{QUOTED}",
    "our line": f"Distretto di prova:\n--- {MARKS[0]} ---\nCiao Anna,\nNon serve.",
    "nothing": "",
}  # fmt: skip


@pytest.mark.parametrize("program", BELOW)
def test_what_a_program_quotes_or_adds_is_cut(program: str) -> None:
    found = cut(f"{OWN}\n\n{BELOW[program]}")
    if program == "our line":  # what no rule knows stays, up to the line
        found = found.removesuffix("Distretto di prova:").strip()
    assert found == OWN
    assert cut(f"{OWN}\r\n\r\n{BELOW[program]}".replace("\n", "\r\n")).startswith("Sono d'accordo.")


@pytest.mark.parametrize(
    "text",
    [
        "Il sindaco ha scritto:\nnon ci sono soldi.",
        "Da: chi viene questa idea?\nA me sembra buona.",
        "Inviato da tempo un reclamo, nessuna risposta.\nGrazie.",
        "Il 30 novembre ci vediamo.\nPorto la relazione che avevo scritto.",
        "Prima riga\n-- ecco un inciso\nultima riga",
        "Le ragioni sono quelle che nel 2026 il tavolo ha scritto:\npochi mezzi.",
    ],
)
def test_words_that_only_look_so_stay(text: str) -> None:
    assert cut(text) == text


def test_an_answer_below_or_between_what_it_quotes_stays() -> None:
    head = "Il giorno 30 nov 2026, alle ore 10:12, Distretto ha scritto:"
    assert cut(f"{head}\n{QUOTED}\n\n{OWN}") == OWN
    assert cut(f"{head}\n> Uno?\nSì.\n> Due?\nNo.") == "Sì.\nNo."


@given(st.text())
def test_cutting_ends_and_is_idempotent(text: str) -> None:
    assert cut(cut(text)) == cut(text)
    assert len(cut(text)) <= len(text)
    text_of(text)


@given(st.lists(st.sampled_from([*BELOW.values(), OWN, QUOTED, "", "Da: x", "--", "> "])))
def test_nothing_quoted_is_left_however_it_is_mixed(parts: list[str]) -> None:
    assert not any(line.startswith(">") for line in cut("\n".join(parts)).splitlines())


def test_html_alone_becomes_text_without_what_is_quoted() -> None:
    gmail = (
        "<div dir=ltr>Sono d'accordo.<div><br></div><div>Serve uno sportello anche a Vergato.</div>"
        '</div><br><div class="gmail_quote"><div class=gmail_attr>Il giorno lun ha scritto:</div>'
        "<blockquote>Non serve.<div>x</div></blockquote></div>"
    )
    outlook = (
        "<html><head><style>p {color: red}</style></head><body><p>Sono d&#39;accordo.</p>"
        "<p>Serve uno sportello anche a&nbsp;Vergato.</p><div id=\"appendonsend\"></div><hr>"
        "<div id=\"divRplyFwdMsg\"><b>Da:</b> Distretto</div><div>Non serve.</div></body></html>"
    )  # fmt: skip
    for html in (gmail, outlook):
        raw = f"From: a@b.it\nContent-Type: text/html; charset=utf-8\n\n{html}".encode()
        assert read_mail(raw).text == OWN


TOKENS = st.builds(
    Token,
    st.sampled_from(Purpose),
    st.integers(1, LARGEST),
    st.integers(1, LARGEST),
    st.dates(date(2026, 1, 1), date(2149, 1, 1)),
)


@given(TOKENS, st.binary(min_size=32, max_size=32), st.data())
def test_a_token_comes_back_and_no_other_is_read(
    token: Token, key: bytes, data: st.DataObject
) -> None:
    address = address_with(token, key, REPLIES)
    assert len(address.partition("@")[0]) <= 64
    assert token_in(f"<{address.upper()}>", key, REPLIES) == token
    assert token_in(address, bytes(31) + b"k", REPLIES) is None or key == bytes(31) + b"k"
    text = written(token, key)
    place = data.draw(st.integers(0, CHARACTERS - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
    forged = text[:place] + letter + text[place + 1 :]
    assert (read(forged, key) is None) == (forged != text)


@given(st.text(max_size=80))
def test_what_is_no_token_is_none(text: str) -> None:
    assert read(text, b"k" * 32) is None
    assert token_in(text, b"k" * 32, REPLIES) is None


def test_a_token_counts_for_thirty_days() -> None:
    today = date(2026, 11, 30)
    token = token_for(Purpose.COMMENT, 7, 8, today=today)
    assert token is not None
    assert not token.has_expired(today + VALID_FOR)
    assert token.has_expired(today + VALID_FOR + timedelta(days=1))
    assert token_for(Purpose.COMMENT, LARGEST + 1, 8, today=today) is None


def mail(content: bytes, headers: bytes = b"") -> bytes:
    return b"From: Anna <anna@example.org>\n" + headers + b"\n" + content


@pytest.mark.parametrize(
    ("content", "headers", "text"),
    [
        (b"Perch\xe9 no", b"Content-Type: text/plain; charset=utf-8\n", "Perché no"),
        (b"Perch\xe9 no", b"Content-Type: text/plain; charset=zip\n", "Perché no"),
        ("Perché".encode(), b"Content-Type: text/plain; charset=punycode\n", "Perché"),
        (b"=C3=A8 ver=", b"Content-Transfer-Encoding: quoted-printable\n", "è ver"),
        (b"%%%", b"Content-Transfer-Encoding: base64\n", ""),
        (b"una riga \nsola\n", b"Content-Type: text/plain; format=flowed\n", "una riga sola"),
        (b"a\x00b", b"Content-Type: text/plain\n", "ab"),
    ],
)
def test_broken_encodings_are_read_as_well_as_can_be(
    content: bytes, headers: bytes, text: str
) -> None:
    assert read_mail(mail(content, headers)).text == text


def test_attachments_are_left_out_and_named() -> None:
    raw = mail(
        b"--B\nContent-Type: text/plain\n\nTesto\n--B\nContent-Type: application/pdf; name=a.pdf\n"
        b"Content-Transfer-Encoding: base64\n\nJVBERi0=\n--B--\n",
        b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n",
    )
    assert (read_mail(raw).text, read_mail(raw).has_files) == ("Testo", True)


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied", "Auto-Submitted: auto-generated (vacation)",
        "Precedence: bulk", "Precedence: LIST", "List-Id: <x.example>", "X-Autoreply: yes",
        "Content-Type: multipart/report; boundary=B", "X-Loop: x",
    ],
)  # fmt: skip
def test_a_mail_of_a_program_is_known(header: str) -> None:
    assert read_mail(mail(b"Torno lunedi", header.encode() + b"\n")).is_automatic
    assert not read_mail(mail(b"Torno lunedi", b"Auto-Submitted: no\n")).is_automatic
    oof = read_mail(mail(b"Testo", b"X-Auto-Response-Suppress: DR, OOF\n"))
    assert (oof.is_automatic, oof.may_be_answered) == (False, False)


LEVELS = b"".join(
    b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(90)
)


@pytest.mark.parametrize(
    "raw",
    [
        LEVELS + b"x\n" * 100_000,
        b"Content-Type: text/plain\n" * 200 + b"\nx",
        b"From: " + b"a" * 70_000 + b"\n\nx",
        b"From: " + b"(" * 60_000 + b"\n\nx",
        b"From: a@b.it\n\n" + b"x" * MOST_BYTES,
    ],
    ids=["levels", "parts", "headers", "brackets", "size"],
)
def test_a_bomb_is_unreadable_at_once(raw: bytes) -> None:
    begin = time.process_time()
    with pytest.raises(Unreadable):
        read_mail(raw)
    assert time.process_time() - begin < 2


@pytest.mark.parametrize(
    "raw",
    [
        b"Content-Type: text/html\n\n" + b"<div>" * 150_000,
        b"Content-Type: text/html\n\n" + b"<!--" * 150_000,
        b"From: a@b.it\n\n" + b"Il 3 nov 2026\n" * 70_000,
        b"From: a@b.it\n\n" + b"Da: x\nA: y\n" * 90_000,
        b"From: a@b.it\n\n" + b"10:12 ha scritto " * 60_000,
        b"From: " + b'"<a@b.it>,' * 6_000 + b"\n\nx",
    ],
    ids=["nested", "comments", "attributions", "headers", "one line", "addresses"],
)
def test_what_is_slow_to_read_is_read_in_little_time(raw: bytes) -> None:
    begin = time.process_time()
    assert parsed(raw)
    read_mail(raw)
    assert time.process_time() - begin < 3


@given(st.binary(max_size=2000))
def test_whatever_comes_is_read_or_unreadable(raw: bytes) -> None:
    with suppress(Unreadable):
        assert isinstance(read_mail(raw).text, str)
