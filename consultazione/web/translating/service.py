"""Asking a service that speaks the protocol of LibreTranslate (POST /translate)."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from http.client import HTTPException, HTTPResponse
from threading import BoundedSemaphore
from typing import Any

from consultazione.config import TranslationServer

# People write Italian, and pages say so (`web.page_context.markdown`).
SOURCE = "it"
# All texts of a proposal have about as many.
MOST_CHARACTERS = 20_000
SECONDS = 12.0
# Of one wait for the line; all of them together end with SECONDS.
_A_WAIT = 6.0
_MOST_BYTES = 400_000
_PIECE = 16_384
# So many are asked for at once by a process: a slow service keeps no others waiting.
_asked = BoundedSemaphore(4)


class NotTranslated(Exception):
    """There is no translation now; says why, for the log of the application."""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """The service is asked where the settings say: no answer of its leads elsewhere."""

    def redirect_request(self, *_args: Any, **_named: Any) -> None:
        """None: the answer stands as it is, and is no translation."""


# Nor through a proxy that the environment names.
_OPENER = urllib.request.build_opener(_NoRedirects, urllib.request.ProxyHandler({}))


def translate(server: TranslationServer, texts: Sequence[str], *, to: str) -> list[str]:
    """What the service makes of texts in another language, one for each.

    NotTranslated if they are too long, if it is away, slow or busy, or if it answers anything else.
    """
    if sum(map(len, texts)) > MOST_CHARACTERS:
        raise NotTranslated("the text is too long")
    if not _asked.acquire(blocking=False):
        raise NotTranslated("others are being translated")
    try:
        answer = _answer(_request(server, texts, to))
    except (OSError, HTTPException) as error:
        raise NotTranslated(f"the service is away ({type(error).__name__})") from None
    finally:
        _asked.release()
    return _read(answer, len(texts))


def _request(server: TranslationServer, texts: Sequence[str], to: str) -> urllib.request.Request:
    asked = {"q": list(texts), "source": SOURCE, "target": to, "format": "text"}
    if server.api_key:
        asked["api_key"] = server.api_key
    body = json.dumps(asked).encode()
    kind = {"Content-Type": "application/json", "Accept": "application/json"}
    return urllib.request.Request(f"{server.url}/translate", body, kind, method="POST")


def _answer(sent: urllib.request.Request) -> bytes:
    """What is answered; NotTranslated if that takes too long, is too long, or is a refusal."""
    given_up = time.monotonic() + SECONDS
    try:
        reply: HTTPResponse = _OPENER.open(sent, timeout=_A_WAIT)
    except urllib.error.HTTPError as refusal:
        with refusal:
            raise NotTranslated(f"the service answers {refusal.code}") from None
    with reply:
        said = b""
        while piece := reply.read1(_PIECE):
            said += piece
            if len(said) > _MOST_BYTES:
                raise NotTranslated("the service answers too much")
            if time.monotonic() > given_up:
                raise NotTranslated("the service is slow")
    return said


def _read(answer: bytes, wanted: int) -> list[str]:
    try:
        said = json.loads(answer)
    except ValueError:
        said = None
    found = said.get("translatedText") if isinstance(said, dict) else None
    texts = [found] if isinstance(found, str) else found
    if not (isinstance(texts, list) and len(texts) == wanted):
        raise NotTranslated("the service answers something else")
    if not all(isinstance(text, str) for text in texts):
        raise NotTranslated("the service answers something else")
    return texts
