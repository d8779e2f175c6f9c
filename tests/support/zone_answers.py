"""What a new zone is asked, as a browser sends the answers, and a picture for its logo."""

from __future__ import annotations

import struct
import zlib

TOWNS = "- Comune di Valle Chiara\n\n• Comune di Monte Alto\nComune di Valle Chiara;"
STEPS = {
    "zona": {
        "name": "Distretto di Valle Chiara",
        "kind": "district",
        "lead_body": "Comune di Valle Chiara",
        "presentation": "Il piano dei sette comuni.",
    },
    "aspetto": {"colour": "green"},
    "enti": {
        "municipalities": TOWNS,
        "health_authorities": "Azienda USL della Valle",
    },
    "ciclo": {
        "first_year": "2025",
        "last_year": "2027",
        "phases": ["participation", "information"],
        "starts_on": "2025-01-15",
    },
    "capitoli": {"chapters": "emilia_romagna"},
    "tavoli": {"tables": "own", "own_tables": "Casa: dove si abita\nLavoro", "beside": ["plenary"]},
    "regole": {"sign_off_rule": "majority_signed"},
    "contatti": {"contact_email": "Piano@Valle.example", "website": "https://valle.example/piano"},
}


def png(width: int = 2, *, notes: bytes = b"") -> bytes:
    """A black picture, two pixels high, with a comment if there are notes."""
    header = struct.pack(">IIBBBBB", width, 2, 8, 0, 0, 0, 0)
    data = zlib.compress(b"\0" * (width + 1) * 2)
    chunks = [(b"IHDR", header), *([(b"tEXt", notes)] if notes else []), (b"IDAT", data)]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*one) for one in [*chunks, (b"IEND", b"")])


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
