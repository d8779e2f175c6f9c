"""Has a signed file validated by a process with limits (`program.py`)."""

from __future__ import annotations

import json
from dataclasses import asdict
from tempfile import TemporaryFile
from typing import Self

from consultazione.core.errors import Refusal, Sentence
from consultazione.core.incoming.confined import Limits, ReaderStopped, answer_of
from consultazione.core.incoming.uploads import LARGEST
from consultazione.core.sentences import LazySentence as _
from consultazione.documents.validation.faults import SENTENCES
from consultazione.documents.validation.told import Answer, Facts, Fault, Told

_PROGRAM = "consultazione.documents.validation.program"


class FileRefused(Refusal):
    """A signed file is not in order; not Invalid, which would count as a wrong password."""

    code = "invalid"
    status = 422
    fault: Fault | None = None

    @classmethod
    def because(cls, sentence: Sentence, fault: Fault | None = None) -> Self:
        """The refusal of the field `file`. fault: what was found in it, if it was read."""
        refusal = cls(sentence, fields={"file": [sentence]})
        refusal.fault = fault
        return refusal


LIMITS = Limits(seconds=20, memory=1 << 30, output=1 << 20)


def validated(content: bytes, told: Told, limits: Limits = LIMITS) -> Facts:
    """The facts of a signed file's one signature, as a Report has them.

    FileRefused on the field `file`, with a sentence that says what is wrong and what helps;
    ReadersBusy if many files are being read.
    """
    _require_size(content)
    answer = _answer(content, told, limits)
    if "fault" in answer:
        fault = Fault(answer["fault"])
        raise FileRefused.because(SENTENCES[fault], fault)
    return answer["facts"]


def _require_size(content: bytes) -> None:
    if not content:
        raise FileRefused.because(_("Choose the signed file."))
    if len(content) > LARGEST:
        raise FileRefused.because(_("The file is too large: choose one of 20 MB at most."))


def _answer(content: bytes, told: Told, limits: Limits) -> Answer:
    with TemporaryFile() as file:
        file.write(content)
        file.flush()
        try:
            answer: Answer = json.loads(answer_of(_PROGRAM, json.dumps(asdict(told)), file, limits))
        except ReaderStopped:
            return {"fault": Fault.COSTLY}
        except ValueError:
            return {"fault": Fault.UNREADABLE}
    return answer
