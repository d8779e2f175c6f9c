"""The beginnings of files of several kinds, enough for what looks at their first bytes."""

from __future__ import annotations

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(32)
JPEG = b"\xff\xd8\xff\xe0" + bytes(32)
HTML = b"<!doctype html><script>alert(1)</script>"
