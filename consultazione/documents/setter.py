"""The program that sets documents with typst, in a process of its own.

It reads requests from the socket that is its standard input, and answers each there. It has
no database, no secrets and no way of its own to end: a document that takes too long, or too
much memory, ends the process, and so does the end of the one that started it. What started
it (`typesetter.py`) makes another when the next document comes.
"""

from __future__ import annotations

import json
import os
import queue
import resource
import signal
import socket
import sys
import threading
from contextlib import suppress
from pathlib import Path

import typst

from consultazione.documents.frames import LENGTHS, Answer, Asked, Limits, send

_PAGE = resource.getpagesize()


def main(fonts: str, limits: Limits) -> None:
    """Answer requests until there are no more; fonts: their folder."""
    channel = socket.socket(fileno=os.dup(sys.stdin.fileno()))
    _limit(resource.RLIMIT_AS, limits.memory)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    _go_first()
    found = fonts_of(fonts)
    asked: queue.SimpleQueue[Asked] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(channel, asked), daemon=True).start()
    for count in range(1, limits.documents + 1):
        request = asked.get()
        _begin(limits)
        head, content = _answer(request, found, limits.output)
        signal.setitimer(signal.ITIMER_REAL, 0)
        head["last"] = count == limits.documents or _resident() > limits.memory // 2
        send(channel, head, content)


def _go_first() -> None:
    """Where memory runs out, have the kernel end this process and not the one that asked."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


def fonts_of(folder: str) -> typst.Fonts:
    """The fonts in a folder, if it is there, and those bundled with typst; never the machine's."""
    paths = [folder] if Path(folder).is_dir() else []
    return typst.Fonts(include_system_fonts=False, font_paths=paths)


def _read(channel: socket.socket, asked: queue.SimpleQueue[Asked]) -> None:
    """Take requests; when the other side is gone, this process is too, whatever it is doing."""
    stream = channel.makefile("rb")
    while len(lengths := stream.read(LENGTHS.size)) == LENGTHS.size:
        asked.put(json.loads(stream.read(LENGTHS.unpack(lengths)[0])))
    os._exit(0)


def _begin(limits: Limits) -> None:
    """Start the clocks of one document. Each kills the process: typst cannot be interrupted."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + limits.processor
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
    signal.setitimer(signal.ITIMER_REAL, limits.seconds)


def _answer(request: Asked, fonts: typst.Fonts, most: int) -> tuple[Answer, bytes]:
    """What is answered to a request. What is no error of typst's own passes, and ends us."""
    try:
        content = _set(request, fonts)
    except typst.TypstError as error:
        return {"last": False, "refused": str(error)[:1000]}, b""
    if len(content) > most:
        return {"last": False, "too_large": len(content)}, b""
    return {"last": False}, content


def _set(request: Asked, fonts: typst.Fonts) -> bytes:
    template = Path(request["template"])
    compiler = typst.Compiler(
        template.read_bytes(),
        root=template.parent,
        font_paths=fonts,
        sys_inputs=dict(request["inputs"]),
    )
    standards: list[typst.PDFStandard] = [request.get("standard", "a-3a"), "ua-1"]
    content = compiler.compile(
        format="pdf", pdf_standards=standards, timestamp=request["timestamp"]
    )
    assert isinstance(content, bytes)
    return content


def _limit(what: int, most: int) -> None:
    resource.setrlimit(what, (most, most))


def _resident() -> int:
    """The bytes of memory that this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE


if __name__ == "__main__":
    main(sys.argv[1], Limits(**json.loads(sys.argv[2])))
