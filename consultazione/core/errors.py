"""The four ways in which a command refuses. Each edge translates them once.

Edges define further ones beside what refuses: a full queue, a browser that was signed out.
Each class carries its code for messages of the room and its status for HTTP.

`detail` is a sentence for the person who asked: what is wrong and what to do. It may
be a lazy translation, so that it is read in the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

# A plain or lazily translated sentence (core does not know which library translates).
Sentence = Any


class Refusal(Exception):
    """A command said no; `detail` says why, `fields` which inputs are meant.

    code: its name in the answer to a message. status: of the answer over HTTP. retry_after:
    seconds after which the same request may succeed, if time is all that it needs.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 400
    retry_after: ClassVar[int | None] = None

    def __init__(
        self, detail: Sentence, *, fields: Mapping[str, list[Sentence]] | None = None
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.fields: dict[str, list[Sentence]] = dict(fields or {})

    def __str__(self) -> str:
        return str(self.detail)


class NotFound(Refusal):
    """What was asked for is not there, or is not for this reader to know of."""

    code = "not_found"
    status = 404


class NotAllowed(Refusal):
    """The actor may not do this here."""

    code = "not_allowed"
    status = 403


class Conflict(Refusal):
    """The present state does not admit it; another act came first."""

    code = "conflict"
    status = 409


class Invalid(Refusal):
    """The input breaks a rule; `fields` names which."""

    code = "invalid"
    status = 422

    @classmethod
    def at(cls, field: str, sentence: Sentence) -> Self:
        """The refusal of one input, whose sentence says all there is to say."""
        return cls(sentence, fields={field: [sentence]})
