"""Sentences for people, translated when they are read, by whatever the edge has installed.

Mark a sentence with `from consultazione.core.sentences import LazySentence as _`; the
catalogues of translations are gathered from what stands inside `_("...")`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def untranslated(msgid: str, **values: Any) -> str:
    """The translator of a process that has none: the sentence as it stands in the source."""
    return msgid % values if values else msgid


_translate: Callable[..., str] = untranslated


def install(translator: Callable[..., str]) -> None:
    """Have this process translate the sentences of core with a function from now on.

    translator: given a msgid and the values of its placeholders, returns the sentence in the
    language of whoever reads it at that moment. It must work outside of a request, too.
    """
    global _translate
    _translate = translator


class LazySentence:
    """A sentence that becomes text, in the reader's language, each time it is read.

    msgid: English, with placeholders such as `%(name)s` for the values.
    """

    def __init__(self, msgid: str, **values: Any) -> None:
        self._msgid = msgid
        self._values = values

    def __str__(self) -> str:
        return _translate(self._msgid, **self._values)

    def __repr__(self) -> str:
        return f"LazySentence({str(self)!r})"

    def __mod__(self, values: Any) -> str:
        formatted: str = str(self) % values
        return formatted

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)
