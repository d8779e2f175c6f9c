"""The four ways in which a command refuses. Each edge answers them in one place.

Edges define further ones beside what refuses: a full queue, a browser that was signed out.
Each class carries its code for messages of the room and its status for HTTP.

`detail` is a sentence for the person who asked: what is wrong and what to do. It is
usually lazy, so that its text is in the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

# Text, or an object whose str() is text in the reader's language: core's own `LazySentence`,
# or what a feature's library of translations makes.
Sentence = Any


class Refusal(Exception):
    """A command said no; `detail` says why, `fields` which inputs are meant.

    code: its name in the answer to a message. status: of the answer over HTTP. retry_after:
    seconds after which the same request may succeed, if time is all that it needs. settles:
    True if what the transaction has done until then is committed although the act is refused.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 400
    retry_after: int | None = None
    settles: ClassVar[bool] = False

    def __init__(
        self, detail: Sentence, *, fields: Mapping[str, list[Sentence]] | None = None
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.fields: dict[str, list[Sentence]] = dict(fields or {})

    def __str__(self) -> str:
        return str(self.detail)


class NotFound(Refusal):
    """There is no such thing, or this reader may not know of it."""

    code = "not_found"
    status = 404


class NotAllowed(Refusal):
    """The actor may not do this here."""

    code = "not_allowed"
    status = 403


class Conflict(Refusal):
    """The present state does not admit it, often because another act came first."""

    code = "conflict"
    status = 409


class Overtaken(Conflict):
    """Somebody has changed what an actor read and was about to change.

    version: the number of what stands now. now: what it says, by the names of the inputs.
    """

    def __init__(
        self, detail: Sentence, *, version: int = 0, now: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(detail)
        self.version = version
        self.now = dict(now or {})


class Invalid(Refusal):
    """The input breaks a rule; `fields` names which."""

    code = "invalid"
    status = 422

    @classmethod
    def at(cls, field: str, sentence: Sentence) -> Self:
        """A refusal of one input: the sentence stands beside the field and for the whole."""
        return cls(sentence, fields={field: [sentence]})
