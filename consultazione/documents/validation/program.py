"""The program that validates one signed file, in a process of its own under limits.

It reads the file from its standard input and writes facts, or the fault, as JSON. No network:
what is not in the file or in the folder of trusted lists is not known.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys

from consultazione.core.incoming.confined import Limits, keep_within
from consultazione.documents.validation.p7m import check_p7m
from consultazione.documents.validation.pdf import check_pdf
from consultazione.documents.validation.told import Answer, Fault, Refused, Told

_CHECKS = {"pdf": check_pdf, "p7m": check_p7m}


def main(told: Told, limits: Limits) -> None:
    """Answer for the file on the standard input."""
    keep_within(limits)
    logging.disable()
    json.dump(answer(sys.stdin.buffer.read(), told), sys.stdout)


def answer(content: bytes, told: Told) -> Answer:
    """`facts` of the signature, or the `fault` for which the file is refused."""
    try:
        return {"facts": asyncio.run(_CHECKS[told.format](content, told))}
    except Refused as refused:
        return {"fault": refused.fault.value}
    except MemoryError:
        return {"fault": Fault.COSTLY.value}
    except Exception:  # whatever a library does with a hostile file
        return {"fault": Fault.UNREADABLE.value}


if __name__ == "__main__":
    main(Told(**json.loads(sys.argv[1])), Limits(**json.loads(sys.argv[2])))
