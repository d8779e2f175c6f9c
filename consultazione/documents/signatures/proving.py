"""From what a form of signing sent to the fields of a command, with the proof of who signs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from consultazione.documents.signatures import METHODS
from consultazione.documents.signatures.base import Given, Site
from consultazione.documents.signatures.ways import Way, method_of


def proved(
    *,
    digest: str,
    method: Way,
    password: str,
    challenge: str,
    assertion: str,
    code: str,
    confirm: Callable[..., Any],
    sent_file: Callable[[], bytes],
    site: Callable[[], Mapping[str, Any]],
    **rest: Any,
) -> Mapping[str, object]:
    """The fields of `SigningSchema`, with `proof` and the method's name in place of what proves it.

    confirm, sent_file, site: of the page on which one signs, which `web.sign_in.signing` knows.
    rest: fields that stay as they are. Refuses as the method does.
    """
    file = sent_file() if method is Way.FILE else b""
    given = Given(
        password=password,
        file=file,
        challenge=challenge,
        assertion=assertion,
        code=code,
        site=Site(**site()),
    )
    name = method_of(method, file)
    way = METHODS[name]
    proof = confirm(
        partial(way.found, digest=digest), partial(way.prove, given=given, digest=digest)
    )
    return {**rest, "digest": digest, "method": name, "proof": proof}
