"""The digests of the revisions of a PDF, alone or inside an envelope.

A signature or a comment is added behind what was there, so what a document was before is the
beginning of the file. The page computes the same in the browser (`static/verification/verify.js`).
"""

from __future__ import annotations

import hashlib

_BEGIN, _END = b"%PDF-", b"%%EOF"
_BREAKS = (b"", b"\n", b"\r", b"\r\n")
MOST = 16


def revisions(content: bytes) -> list[str]:
    """SHA-256 (hex) of each revision, with and without its last line break; MOST of them."""
    begin = content.find(_BEGIN)
    found: list[str] = []
    end = content.find(_END, begin) if begin >= 0 else -1
    while end >= 0 and len(found) < MOST:
        stop = end + len(_END)
        for line_break in _BREAKS:
            if content.startswith(line_break, stop):
                part = content[begin : stop + len(line_break)]
                found.append(hashlib.sha256(part).hexdigest())
        end = content.find(_END, stop)
    return found[:MOST]
