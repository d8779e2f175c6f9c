"""Uploaded files: accepted, refused, stored."""

from __future__ import annotations

import hashlib
import stat
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from consultazione.core.errors import Invalid
from consultazione.core.incoming.uploads import (
    LARGEST,
    MEDIA_TYPES,
    media_type_of,
    path_of,
    plain_name,
    store,
)
from tests.support.upload_samples import HTML, JPEG, PDF, PNG


def archive(*names: str, mimetype: str = "") -> bytes:
    """A ZIP archive with these parts, and the `mimetype` of an OpenDocument if given."""
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w") as parts:
        if mimetype:
            parts.writestr("mimetype", mimetype)
        for name in names:
            parts.writestr(name, "<x/>")
    return whole.getvalue()


GOOD = {
    "piano.pdf": PDF,
    "foto.PNG": PNG,
    "foto.jpg": JPEG,
    "foto.jpeg": JPEG,
    "note.txt": "Perché sì.\r\n\tFine".encode(),
    "dati.csv": b"\xef\xbb\xbfa;b\n1;2\n",
    "testo.docx": archive("[Content_Types].xml", "word/document.xml"),
    "tabella.xlsx": archive("[Content_Types].xml", "xl/workbook.xml"),
    "lucidi.pptx": archive("[Content_Types].xml", "ppt/presentation.xml"),
    "testo.odt": archive("content.xml", mimetype=MEDIA_TYPES["odt"]),
    "tabella.ods": archive("content.xml", mimetype=MEDIA_TYPES["ods"]),
    "lucidi.odp": archive("content.xml", mimetype=MEDIA_TYPES["odp"]),
}
BAD = {
    "an HTML page called PDF": ("verbale.pdf", HTML),
    "a PDF called text": ("verbale.txt", PDF + b"\x00"),
    "a PNG called JPEG": ("foto.jpg", PNG),
    "an HTML page": ("pagina.html", HTML),
    "a drawing that scripts": ("disegno.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "a program": ("gioco.exe", b"MZ" + bytes(64)),
    "no ending": ("verbale", PDF),
    "only an ending": (".pdf", PDF),
    "text with NUL": ("note.txt", b"a\x00b"),
    "text in Latin-1": ("note.txt", "perché".encode("latin-1")),
    "a bare archive called DOCX": ("testo.docx", archive("readme.txt")),
    "a spreadsheet called DOCX": ("testo.docx", GOOD["tabella.xlsx"]),
    "a document with macros": ("m.docx", archive("word/document.xml", "word/vbaProject.bin")),
    "an odd OpenDocument": ("testo.odt", archive(mimetype="text/html")),
    "half an archive": ("testo.docx", GOOD["testo.docx"][:40]),
    "nothing": ("note.txt", b""),
    "too much": ("note.txt", b"a" * (LARGEST + 1)),
}


@pytest.mark.parametrize("name", GOOD)
def test_files_whose_content_fits_their_name_are_taken(name: str) -> None:
    assert media_type_of(name, GOOD[name]) == MEDIA_TYPES[name.rpartition(".")[2].lower()]


@pytest.mark.parametrize("what", BAD)
def test_all_others_are_refused_with_the_remedy(what: str) -> None:
    name, content = BAD[what]
    with pytest.raises(Invalid) as refusal:
        media_type_of(plain_name(name), content)
    assert "file" in refusal.value.fields


def test_a_file_is_kept_under_its_digest_readable_by_few(tmp_path: Path) -> None:
    kept = store(tmp_path, "../../etc/verbale.pdf", PDF)
    assert kept.name == "verbale.pdf"
    assert kept.sha256 == hashlib.sha256(PDF).hexdigest()
    path = path_of(tmp_path, kept.sha256)
    assert path.read_bytes() == PDF
    assert stat.S_IMODE(path.stat().st_mode) & 0o137 == 0
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == [path]


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    first = path_of(tmp_path, store(tmp_path, "a.pdf", PDF).sha256)
    inode = first.stat().st_ino
    assert store(tmp_path, "b.pdf", PDF).name == "b.pdf"
    assert first.stat().st_ino == inode


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("C:\\Documenti\\verbale.pdf", "verbale.pdf"),
        ("../../../etc/passwd.txt", "passwd.txt"),
        ('a"b\r\nSet-Cookie: x.txt', "abSet-Cookie x.txt"),
        ("..txt", "txt"),
    ],
)
def test_names_lose_path_and_tricks(name: str, plain: str) -> None:
    assert plain_name(name) == plain
