"""Three unions sign in three ways and one declines; a stranger verifies what was published."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from consultazione.core.actor import SYSTEM
from consultazione.outcomes.models import Outcome
from consultazione.people.models import Person as Account
from tests.support.browser_person import Arrive, Person, it
from tests.support.factories import PASSWORD, Factory
from tests.support.signing_ca import Authority, sign_pdf
from tests.support.signoff_board import Board
from tests.support.spoilt_pdfs import rewritten, with_note
from tests.support.stack import Stack
from tests.support.waiting import wait_until


@pytest.fixture
def board(stack: Stack) -> Board:
    """An outcome that five unions are asked to answer; the worker writes its copy."""
    return Board.of(Factory(stack.database()), 5)


def test_three_unions_sign_in_three_ways(
    arrive: Arrive, browser: Browser, stack: Stack, board: Board, tmp_path: Path
) -> None:
    people = [arrive(f"union {number}") for number in range(3)]
    named = stack.url.replace("127.0.0.1", "localhost")  # a passkey belongs to a name
    at_localhost = Person("passkey", browser, named, phone=False)
    signs_by_password(people[0], board)
    signs_by_file(people[1], board, tmp_path)
    try:
        signs_by_passkey(at_localhost, board)
        assert at_localhost.faults == []
    finally:
        at_localhost.leave()
    declines(people[2], board)
    reader = people[0]
    reader.visit(f"/esiti/{board.outcome_id}")
    for words in ("by a signed PDF (PAdES)", "by a passkey of their own, over this very text"):
        reader.sees(it(words))
    reader.page.get_by_text(it("What was found of the signature")).click()
    reader.sees("Anna Bianchi")
    reader.check()
    with of_another_version(board):
        reader.visit(f"/esiti/{board.outcome_id}")
        expect(reader.page.get_by_text(it("of another version"))).to_have_count(4)


def signs_by_password(union: Person, board: Board) -> None:
    """The first: types the password once more."""
    comes_to_the_summary(union, board, 0)
    union.page.locator("#field-password").fill(PASSWORD)
    union.press(it("Sign this answer"))
    union.sees(it("by their password, typed anew over this very text"))


def signs_by_file(union: Person, board: Board, place: Path) -> None:
    """The second: signs the copy elsewhere, hands a wrong file in and then the right one."""
    comes_to_the_summary(union, board, 1)
    copy = f"/esiti/{board.outcome_id}/da-firmare.pdf"
    wait_until(lambda: union.page.request.get(copy).ok, within=30, what="the copy to be signed")
    content = union.page.request.get(copy).body()
    (place / "foreign.pdf").write_bytes(rewritten(content))
    (place / "signed.pdf").write_bytes(sign_pdf(content, Authority().signer("Anna Bianchi")))
    for name in ("foreign.pdf", "signed.pdf"):
        union.page.locator("#field-file").set_input_files(place / name)
        union.page.locator("#field-password-file").fill(PASSWORD)
        union.press(it("Hand the signed file in"))
        if name == "foreign.pdf":
            union.sees("Ciò che è firmato qui non è questo documento")
    union.sees(it("The answer of your organisation is on the record."))


def signs_by_passkey(union: Person, board: Board) -> None:
    """The third: adds a passkey, and signs with it."""
    devtools = union.page.context.new_cdp_session(union.page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
               "hasUserVerification": True, "isUserVerified": True}  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    union.sign_in(address_of(board, 2), PASSWORD)
    union.visit("/profilo/passkey")
    union.fill(label="Telefono", password=PASSWORD)
    union.press(it("Add a passkey"))
    union.sees(it("The passkey is added: you can sign with it."))
    union.check()
    comes_to_the_summary(union, board, 2, signed_in=True)
    union.press(it("Sign with a passkey"))
    union.sees(it("The answer of your organisation is on the record."))


def declines(union: Person, board: Board) -> None:
    """The fourth: does not sign, and says why."""
    comes_to_the_summary(union, board, 3, answer="We do not sign, and say why", note="Manca.")
    union.sees(
        it("Who signs the file signs the whole document: to decline it, choose another way.")
    )
    union.page.locator("#field-password").fill(PASSWORD)
    union.press(it("Sign this answer"))
    union.sees(it("The answer of your organisation is on the record."))


def comes_to_the_summary(
    union: Person,
    board: Board,
    number: int,
    *,
    answer: str = "We sign",
    note: str = "",
    signed_in: bool = False,
) -> None:
    """Answers for a union, up to the page where the answer is signed."""
    if not signed_in:
        union.sign_in(address_of(board, number), PASSWORD)
    union.visit(f"/esiti/{board.outcome_id}")
    union.choose(it(answer))
    union.fill(note=note)
    union.press(it("Go on to the summary"))
    union.sees(it("The answer, conclusion by conclusion"))
    union.check()


@contextmanager
def of_another_version(board: Board) -> Iterator[None]:
    """The outcome has another digest than those who answered signed; afterwards its own again."""
    own = board.outcome.digest
    change_digest(board, "0" * 64)
    yield
    change_digest(board, own)


def change_digest(board: Board, digest: str) -> None:
    """Past the commands, as the log would tell."""
    with board.make.database.transaction(SYSTEM) as tx:
        tx.session.get_one(Outcome, board.outcome_id).digest = digest


def address_of(board: Board, number: int) -> str:
    """With what the delegate of a union signs in."""
    with board.make.session() as session:
        account = session.get_one(Account, board.delegates[number].person_id)
    return str(account.email)


def test_a_stranger_verifies_files(arrive: Arrive, board: Board, tmp_path: Path) -> None:
    stranger = arrive("stranger", phone=True)
    address = f"/verbali/{board.outcome.minutes_id}.pdf"
    good = stranger.page.request.get(address).body()
    unaltered = "unaltered, without its seal."
    altered = "it begins as that does, and was changed afterwards."
    files = {
        "good": (good, f"This is the document that was published here, {unaltered}"),
        "altered": (with_note(good), f"This is not the published document: {altered}"),
        "foreign": (rewritten(good), "No such file was published here."),
    }
    sent: list[str] = []
    stranger.page.on("request", lambda request: sent.append(request.method))
    for name, (content, sentence) in files.items():
        (tmp_path / f"{name}.pdf").write_bytes(content)
        stranger.visit("/verifica")
        stranger.page.get_by_label(it("File to check")).set_input_files(tmp_path / f"{name}.pdf")
        stranger.page.wait_for_url(re.compile(r"/verifica/[0-9a-f]{64}"))
        stranger.sees(it(sentence))
    assert set(sent) == {"GET"}
    stranger.check()


def test_a_browser_checks_the_proof_of_a_document(arrive: Arrive, board: Board) -> None:
    stranger = arrive("stranger", phone=True)
    digest = hashlib.sha256(
        stranger.page.request.get(f"/verbali/{board.outcome.minutes_id}.pdf").body()
    ).hexdigest()
    placed = stranger.page.locator("[data-said=placed]")

    def is_signed() -> bool:
        stranger.visit(f"/verifica/{digest}")
        return stranger.page.locator("[data-log-proof]").count() > 0

    wait_until(is_signed, within=90, what="a checkpoint over the register")
    expect(placed).to_be_visible()
    stranger.check()
    stranger.page.route(
        "**/log/entry/**",
        lambda route: route.fulfill(
            body=re.sub(r'"number": \d+', '"number": 9', route.fetch().text())
        ),
    )
    stranger.visit(f"/verifica/{digest}")
    expect(stranger.page.locator("[data-said=unproven]")).to_be_visible()
    expect(placed).to_be_hidden()
