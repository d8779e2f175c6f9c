"""The process that sets documents: whatever it does, its parent gets an answer or an error."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from consultazione.config import ROOT
from consultazione.documents import typesetter as module
from consultazione.documents import typesetting
from consultazione.documents.errors import CannotTypeset, Cause, TypesetterBusy
from consultazione.documents.frames import Asked, Limits
from consultazione.documents.typesetter import Typesetter
from consultazione.documents.typesetting import Typesetters
from tests.support.hostile_texts import KHAROSHTHI
from tests.support.waiting import wait_until

_HEAD = '#set document(title: "x")\n#set text(lang: "it")\n'
PLAIN = "Ciao"
ENDLESS = "#for i in range(100000) { for j in range(100000) { let n = i + j } }"
HUGE = "#let a = range(100000)\n#let b = range(5000).map(i => range(100000 + i))\n#b.len()"
LONG = "#for i in range(400) [#lorem(90) #str(i) #pagebreak()]"
# Letters and vowels of two scripts that make typst panic where a font lacks some of them.
_LETTERS = " ".join(["«", "»", "à", "è", "ì", *KHAROSHTHI])
PANICS = f"""\
#set text(font: ("Titillium Web", "Libertinus Serif"))
#let one = "{_LETTERS}"
#one #strong(one) #emph(one) #text(font: "DejaVu Sans Mono", one)
"""
LIMITS = Limits(seconds=20, processor=15)


@pytest.fixture
def ask(tmp_path: Path) -> Asker:
    """Makes requests of what a template says."""
    return Asker(tmp_path)


class Asker:
    """Requests of templates in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, body: str) -> Asked:
        path = self._folder / f"{abs(hash(body))}.typ"
        path.write_text(_HEAD + body)
        return {"template": str(path), "inputs": {}, "timestamp": 0}


@pytest.fixture
def typesetter() -> Iterator[Typesetter]:
    """One with short limits of time."""
    found = Typesetter(LIMITS)
    yield found
    found.close()


def cause_of(typesetter: Typesetter, asked: Asked) -> Cause:
    """Why there is no PDF."""
    with pytest.raises(CannotTypeset) as refused:
        typesetter.set(asked)
    assert isinstance(refused.value, Exception)
    return refused.value.cause


def test_one_process_sets_one_document_after_the_other(typesetter: Typesetter, ask: Asker) -> None:
    first = typesetter.set(ask(PLAIN))
    process = typesetter.pid
    assert typesetter.set(ask(PLAIN)) == first
    assert (first[:4], typesetter.pid) == (b"%PDF", process)


def test_what_typst_refuses_is_said_and_the_process_stays(
    typesetter: Typesetter, ask: Asker
) -> None:
    typesetter.set(ask(PLAIN))
    process = typesetter.pid
    with pytest.raises(CannotTypeset) as refused:
        typesetter.set(ask('#panic("no")'))
    assert (refused.value.cause, "no" in refused.value.found) == (Cause.REFUSED, True)
    assert typesetter.pid == process


@pytest.mark.parametrize("before", [0, 1])
def test_a_panic_ends_the_process_and_the_next_document_has_another(
    typesetter: Typesetter, ask: Asker, before: int
) -> None:
    for _ in range(before):
        typesetter.set(ask(PLAIN))
    assert cause_of(typesetter, ask(PANICS)) is Cause.ENDED
    assert typesetter.set(ask(PLAIN)).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("limits", "body", "cause"),
    [
        (replace(LIMITS, seconds=1), ENDLESS, Cause.TIME),
        (replace(LIMITS, processor=1), ENDLESS, Cause.TIME),
        (replace(LIMITS, memory=400 << 20), HUGE, Cause.ENDED),
        (replace(LIMITS, output=20_000), LONG, Cause.SIZE),
    ],
    ids=["clock", "processor", "memory", "output"],
)
def test_a_document_beyond_a_limit_is_given_up(
    ask: Asker, limits: Limits, body: str, cause: Cause
) -> None:
    typesetter = Typesetter(limits)
    try:
        assert cause_of(typesetter, ask(body)) is cause
        assert typesetter.set(ask(PLAIN)).startswith(b"%PDF")
    finally:
        typesetter.close()


def test_a_process_is_replaced_after_so_many_documents(ask: Asker) -> None:
    typesetter = Typesetter(replace(LIMITS, documents=2))
    seen = []
    for _ in range(4):
        typesetter.set(ask(PLAIN))
        seen.append(typesetter.pid)
    typesetter.close()
    assert [pid is None for pid in seen] == [False, True, False, True]
    assert seen[0] != seen[2]


def test_a_process_that_died_meanwhile_is_replaced(typesetter: Typesetter, ask: Asker) -> None:
    typesetter.set(ask(PLAIN))
    assert typesetter.pid
    os.kill(typesetter.pid, signal.SIGKILL)
    assert typesetter.set(ask(PLAIN)).startswith(b"%PDF")


_BABBLES = """
import os
os.read(0, 10)
os.write(0, {answer!r})
os.read(0, 100_000_000)
"""


@pytest.mark.parametrize(
    "answer",
    [b"\xff" * 8, b"\0\0\0\x02\0\0\0\0[]", b"\0\0\0\x02\0\0\0\0{}", b"\0\0\0\x01\0\0\0\0x", b""],
    ids=["long", "list", "empty", "no JSON", "end"],
)
def test_a_process_that_answers_nonsense_is_an_error_too(
    ask: Asker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: bytes
) -> None:
    (tmp_path / "babbler.py").write_text(_BABBLES.format(answer=answer) if answer else "")
    monkeypatch.setattr(module, "_PROGRAM", "babbler")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    typesetter = Typesetter(LIMITS)
    assert cause_of(typesetter, ask(PLAIN)) is Cause.ENDED
    assert typesetter.pid is None


def test_no_secret_reaches_the_process(
    typesetter: Typesetter, ask: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "hush")
    typesetter.set(ask(PLAIN))
    process = psutil.Process(typesetter.pid)
    assert set(process.environ()) <= {
        "LANG", "LC_CTYPE", "RAYON_NUM_THREADS", "MALLOC_ARENA_MAX"
    }  # fmt: skip
    assert process.net_connections("inet") == []


_PARENT = """
import sys, time
from pathlib import Path
from consultazione.documents.frames import Limits
from consultazione.documents.typesetter import Typesetter
typesetter = Typesetter(Limits(seconds=60, processor=60))
typesetter.set({"template": sys.argv[1], "inputs": {}, "timestamp": 0})
print(typesetter.pid, flush=True)
typesetter.set({"template": sys.argv[2], "inputs": {}, "timestamp": 0})
"""


def test_it_ends_with_its_parent_even_in_the_middle_of_a_document(ask: Asker) -> None:
    command = [sys.executable, "-c", _PARENT, ask(PLAIN)["template"], ask(ENDLESS)["template"]]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        process = psutil.Process(int(parent.stdout.readline()))
        wait_until(lambda: process.cpu_percent(0.1) > 20, within=20, what="it sets nothing")
        parent.kill()
    wait_until(lambda: not _runs(process), within=10, what="it outlives its parent")


def _runs(process: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess):
        return process.status() != psutil.STATUS_ZOMBIE
    return False


def test_no_more_are_set_at_once_than_there_are_turns(
    ask: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typesetting, "WAITING", 1)
    typesetters = Typesetters(replace(LIMITS, seconds=2), at_once=1)
    slow = ask(ENDLESS)
    refused: list[Exception] = []

    def set_it() -> None:
        try:
            typesetters.set(slow)
        except (CannotTypeset, TypesetterBusy) as error:
            refused.append(error)

    threads = [threading.Thread(target=set_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(error).__name__ for error in refused) == [
        "CannotTypeset", "CannotTypeset", "TypesetterBusy", "TypesetterBusy"
    ]  # fmt: skip
    assert typesetters.set(ask(PLAIN)).startswith(b"%PDF")
    typesetters.close()


def test_who_has_waited_long_enough_is_asked_to_come_back(
    ask: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typesetting, "PATIENCE", 0.05)
    typesetters = Typesetters(replace(LIMITS, seconds=2), at_once=1)
    with typesetters._turns, pytest.raises(TypesetterBusy) as busy:
        typesetters.set(ask(PLAIN))
    assert (busy.value.status, busy.value.retry_after) == (503, 10)


_UNDER_GEVENT = """
from gevent import monkey
monkey.patch_all()
import sys, gevent
from consultazione.documents.errors import CannotTypeset
from consultazione.documents.frames import Limits
from consultazione.documents.typesetting import Typesetters
from consultazione.core import threadpool
from consultazione.web import gevent_threads
gevent_threads.install()
typesetters = Typesetters(Limits(seconds=3, processor=9))
ticks = []

def tick():
    while True:
        ticks.append(threadpool.offload(len, "ab"))
        gevent.sleep(0.01)

def set_one(template):
    try:
        return len(typesetters.set({"template": template, "inputs": {}, "timestamp": 0}))
    except CannotTypeset as error:
        return error.cause.value

gevent.spawn(tick)
jobs = [gevent.spawn(set_one, template) for template in sys.argv[1:]]
gevent.joinall(jobs)
print([job.value for job in jobs], len(ticks) > 30)
typesetters.close()
"""


def test_under_gevent_other_greenlets_and_the_hubs_threads_go_on(
    typesetter: Typesetter, ask: Asker
) -> None:
    bodies = [ask(body)["template"] for body in (ENDLESS, ENDLESS, PLAIN)]
    command = [sys.executable, "-c", _UNDER_GEVENT, *bodies]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    size = len(typesetter.set(ask(PLAIN)))
    assert said.strip() == f"['time', 'time', {size}] True"
