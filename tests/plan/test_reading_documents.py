"""What a DOCX or an ODT would become as blocks, what is said of the rest, what is refused."""

from __future__ import annotations

import io
import zipfile
from io import BytesIO
from tempfile import TemporaryFile
from typing import Any, BinaryIO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from odfdo import Element, Header, List, ListItem, Paragraph, Style, Table

from consultazione.core.incoming.confined import Limits
from consultazione.documents.paper.rich import blocks as shown
from consultazione.plan.blocks.lengths import LONGEST_TEXT
from consultazione.plan.importing.reading.found import (
    FaultKind,
    Kind,
    Reading,
    RemarkKind,
    UnreadableDocument,
)
from consultazione.plan.importing.reading.gathering import MOST_BLOCKS
from consultazione.plan.importing.reading.process import read_document
from consultazione.plan.importing.reading.reader import answer_of
from consultazione.plan.importing.reading.words import Run, inline, plain
from tests.support.documents import docx_of, odt_of
from tests.support.sheets import with_part

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def read(ending: str, content: bytes) -> Reading:
    """The reading of a document, made in this process."""
    answer = answer_of(ending, BytesIO(content))
    assert answer.reading is not None, answer.fault
    return answer.reading


def apart(ending: str, content: bytes, limits: Limits | None = None) -> Reading:
    """The same, in the process of its own."""
    with TemporaryFile() as file:
        file.write(content)
        return read_document(ending, cast("BinaryIO", file), limits)


def fault(ending: str, content: bytes) -> FaultKind | None:
    found = answer_of(ending, BytesIO(content)).fault
    return found.kind if found else None


def texts(reading: Reading) -> list[tuple[Kind, str]]:
    return [(block.kind, block.body) for block in reading.blocks]


def remarks(reading: Reading) -> list[tuple[RemarkKind, int, str]]:
    return [(remark.kind, remark.place, remark.excerpt) for remark in reading.remarks]


def paragraph_with(xml: str) -> bytes:
    """A DOCX whose only paragraph has this XML among its words."""

    def fill(document: Any) -> None:
        document.add_paragraph("Prima ")

    made = docx_of(fill)
    with zipfile.ZipFile(BytesIO(made)) as archive:
        body = archive.read("word/document.xml").decode()
    return with_part(made, "word/document.xml", body.replace("</w:p>", f"{xml}</w:p>").encode())


def a_plan(document: Any) -> None:
    document.add_heading("Il contesto", 1)
    words = document.add_paragraph("La zona ha ")
    words.add_run("dieci Comuni").bold = True
    words.add_run(" e ")
    words.add_run("un capofila").italic = True
    words.add_run(".")
    for text, style in (("anziani", "List Bullet"), ("minori", "List Bullet"),
                        ("prima", "List Number"), ("poi", "List Number")):  # fmt: skip
        document.add_paragraph(text, style=style)
    table = document.add_table(2, 2)
    for place, text in enumerate(("Anno", "Euro", "2018", "10 | 20")):
        table.cell(place // 2, place % 2).text = text


A_PLAN = [
    (Kind.HEADING, "Il contesto"),
    (Kind.PARAGRAPH, "La zona ha **dieci Comuni** e *un capofila*."),
    (Kind.LIST, "- anziani\n- minori"),
    (Kind.LIST, "1. prima\n2. poi"),
    (Kind.TABLE, "| Anno | Euro |\n| --- | --- |\n| 2018 | 10 \\| 20 |"),
]

NUMBERS = Element.from_tag(
    '<text:list-style style:name="numeri"><text:list-level-style-number text:level="1" '
    'style:num-format="1"/></text:list-style>'
)


def an_odt_plan() -> bytes:
    words = Paragraph("La zona ha dieci Comuni e un capofila.")
    words.set_span("forte", regex="dieci Comuni")
    words.set_span("corsivo", regex="un capofila")
    numbers = List(["prima", "poi"], style="numeri")
    table = Table("Soldi", 2, 2)
    table.set_values([["Anno", "Euro"], ["2018", "10 | 20"]])
    return odt_of(
        Header(1, "Il contesto"), words, List(["anziani", "minori"]), numbers, table,
        styles=[
            Style("text", name="forte", bold=True),
            Style("text", name="corsivo", italic=True),
            NUMBERS,
        ],
    )  # fmt: skip


def test_a_docx_becomes_headings_paragraphs_lists_and_tables() -> None:
    reading = apart("docx", docx_of(a_plan))
    assert texts(reading) == A_PLAN
    assert reading.remarks == []
    assert [block.place for block in reading.blocks] == [1, 2, 3, 5, 7]


def test_an_odt_becomes_the_same() -> None:
    reading = apart("odt", an_odt_plan())
    assert texts(reading) == A_PLAN
    assert reading.remarks == []


def test_levels_of_headings_come_from_styles() -> None:
    def fill(document: Any) -> None:
        document.add_heading("Il piano", 0)
        document.add_heading("Il contesto", 2)
        own = document.styles.add_style("Titolo nostro", 1)
        own.base_style = document.styles["Heading 3"]
        document.add_paragraph("I bisogni", style=own)

    assert [block.level for block in read("docx", docx_of(fill)).blocks] == [1, 2, 3]
    odt = odt_of(Paragraph("Il piano", style="Title"), Header(2, "Il contesto"),
                 List([ListItem()]), Paragraph("Testo."))  # fmt: skip
    assert [block.level for block in read("odt", odt).blocks] == [0, 2, 0]


def test_points_within_points_keep_their_depth() -> None:
    outer = ListItem("minori")
    outer.append(List(["bambini"]))
    points = List(["anziani"])
    points.append(outer)
    points.append_item("stranieri")
    odt = odt_of(points)
    assert texts(read("odt", odt)) == [
        (Kind.LIST, "- anziani\n- minori\n    - bambini\n- stranieri")
    ]


@pytest.mark.parametrize(
    ("xml", "kind", "excerpt", "text"),
    [
        ('<w:ins w:id="1" w:author="A"><w:r><w:t>nuovo</w:t></w:r></w:ins>',
         RemarkKind.TRACKED, "nuovo", "Prima nuovo"),
        ('<w:del w:id="1" w:author="A"><w:r><w:delText>vecchio</w:delText></w:r></w:del>',
         RemarkKind.TRACKED, "vecchio", "Prima"),
        ('<w:r><w:footnoteReference w:id="2"/></w:r>', RemarkKind.FOOTNOTE, "", "Prima"),
        ('<w:r><w:commentReference w:id="2"/></w:r>', RemarkKind.COMMENT, "", "Prima"),
        ("<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>a lato</w:t></w:r></w:p></w:txbxContent>"
         "</w:pict></w:r>", RemarkKind.TEXT_BOX, "a lato", "Prima"),
        ("<w:r><w:object/></w:r>", RemarkKind.OBJECT, "", "Prima"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>segreto</w:t></w:r>",
         RemarkKind.HIDDEN, "segreto", "Prima"),
        (f'<m:oMath xmlns:m="{MATH}"><m:r><m:t>x+y</m:t></m:r></m:oMath>',
         RemarkKind.FORMULA, "x+y", "Prima"),
        ("<w:hyperlink><w:r><w:t>il sito</w:t></w:r></w:hyperlink>",
         RemarkKind.LINK, "il sito", "Prima il sito"),
    ],
)  # fmt: skip
def test_what_is_not_taken_from_a_docx_is_named_in_its_place(
    xml: str, kind: RemarkKind, excerpt: str, text: str
) -> None:
    reading = read("docx", paragraph_with(xml))
    assert remarks(reading) == [(kind, 1, excerpt)]
    assert texts(reading) == [(Kind.PARAGRAPH, text)]


def renamed(original: bytes, old: str, new: str) -> bytes:
    """A DOCX with one part under another name, everywhere."""
    file = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(original)) as source,
        zipfile.ZipFile(file, "w") as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name.endswith((".rels", "[Content_Types].xml")):
                content = content.replace(old.encode(), new.encode())
            target.writestr(name.replace(old, new), content)
    return file.getvalue()


def test_parts_have_the_names_that_the_document_gives_them() -> None:
    content = docx_of(a_plan)
    for part in ("document", "styles", "numbering"):
        content = renamed(content, f"{part}.xml", f"{part}2.xml")
    assert texts(read("docx", content)) == A_PLAN


def test_a_comment_that_is_left_out_is_quoted() -> None:
    def fill(document: Any) -> None:
        run = document.add_paragraph("Testo.").runs[0]
        document.add_comment(run, text="Da rivedere.", author="A", initials="A")

    reading = read("docx", docx_of(fill))
    assert remarks(reading) == [(RemarkKind.COMMENT, 1, "Da rivedere.")]


def test_a_picture_is_named_by_its_words() -> None:
    png = (
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415478da63"
        "6060600000000400010d0a2db40000000049454e44ae426082"
    )

    def fill(document: Any) -> None:
        document.add_paragraph("Testo.")
        document.add_picture(io.BytesIO(bytes.fromhex(png)))
        named = document.paragraphs[-1]._p.xpath(".//wp:docPr")[0]
        named.set("descr", "La mappa dei Comuni")

    reading = read("docx", docx_of(fill))
    assert remarks(reading) == [(RemarkKind.PICTURE, 2, "La mappa dei Comuni")]


@pytest.mark.parametrize(
    ("xml", "kind", "excerpt"),
    [
        ('<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
         "<text:note-body><text:p>una nota</text:p></text:note-body></text:note>",
         RemarkKind.FOOTNOTE, "una nota"),
        ("<office:annotation><text:p>da rivedere</text:p></office:annotation>",
         RemarkKind.COMMENT, "da rivedere"),
        ('<draw:frame draw:name="Riquadro"><draw:text-box><text:p>a lato</text:p>'
         "</draw:text-box></draw:frame>", RemarkKind.TEXT_BOX, "a lato"),
        ("<draw:frame><draw:image/><svg:desc>La mappa</svg:desc></draw:frame>",
         RemarkKind.PICTURE, "La mappa"),
        ('<text:change text:change-id="c1"/>', RemarkKind.TRACKED, ""),
    ],
)  # fmt: skip
def test_what_is_not_taken_from_an_odt_is_named_in_its_place(
    xml: str, kind: RemarkKind, excerpt: str
) -> None:
    words = Paragraph("Prima")
    words.append(Element.from_tag(xml))
    reading = read("odt", odt_of(Paragraph("Testo."), words))
    assert remarks(reading) == [(kind, 2, excerpt)]
    assert texts(reading)[1] == (Kind.PARAGRAPH, "Prima")


def test_merged_cells_frames_contents_and_margins_are_named() -> None:
    def fill(document: Any) -> None:
        table = document.add_table(2, 2)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "Insieme"
        table.cell(1, 1).text = "Solo"
        document.add_table(1, 1).cell(0, 0).text = "Un riquadro."
        document.add_paragraph("I bisogni").runs[0].bold = True
        document.styles.add_style("toc 1", 1)
        document.add_paragraph("Il contesto 3", style="toc 1")
        document.sections[0].footer.paragraphs[0].text = "Pagina"

    reading = read("docx", docx_of(fill))
    assert remarks(reading) == [
        (RemarkKind.MARGINS, 0, "Pagina"),
        (RemarkKind.MERGED_CELLS, 1, ""),
        (RemarkKind.FRAME, 2, "Un riquadro."),
        (RemarkKind.LIKE_A_HEADING, 3, "I bisogni"),
        (RemarkKind.CONTENTS, 4, ""),
    ]
    assert texts(reading) == [
        (Kind.TABLE, "| Insieme |  |\n| --- | --- |\n|  | Solo |"),
        (Kind.PARAGRAPH, "Un riquadro."), (Kind.PARAGRAPH, "**I bisogni**")]  # fmt: skip


def test_a_list_that_goes_on_after_other_text_is_named() -> None:
    def fill(document: Any) -> None:
        for text, style in (("prima", "List Number"), ("Nel mezzo.", None), ("poi", "List Number")):
            document.add_paragraph(text, style=style)

    expected = [(RemarkKind.NUMBERED_ANEW, 3, "poi")]
    assert remarks(read("docx", docx_of(fill))) == expected
    more = List(["poi"], style="numeri")
    more.set_attribute("text:continue-numbering", "true")
    odt = odt_of(List(["prima"], style="numeri"), Paragraph("Nel mezzo."), more, styles=[NUMBERS])
    assert remarks(read("odt", odt)) == expected


def test_a_text_too_long_for_a_block_becomes_several() -> None:
    words = "parola " * 4000
    reading = read("docx", docx_of(lambda document: document.add_paragraph(words)))
    assert [remark.kind for remark in reading.remarks] == [RemarkKind.CUT]
    assert all(len(block.body) <= LONGEST_TEXT for block in reading.blocks)
    assert " ".join(block.body for block in reading.blocks).split() == words.split()


def test_a_document_without_text_is_refused() -> None:
    assert fault("docx", docx_of(lambda document: document.add_paragraph(" "))) is FaultKind.NO_TEXT


@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_macros_are_refused(ending: str) -> None:
    for part in ("word/vbaProject.bin", "Basic/Standard/Modulo.xml"):
        content = with_part(docx_of(a_plan), part, b"Sub AutoOpen()")
        assert fault(ending, content) is FaultKind.MACROS


def test_entities_are_refused() -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body>'
        "</w:document>"
    )
    content = with_part(docx_of(a_plan), "word/document.xml", bomb.encode())
    assert fault("docx", content) is FaultKind.ENTITIES
    content = with_part(docx_of(a_plan), "word/styles.xml", bomb.encode("utf-16"))
    assert fault("docx", content) is FaultKind.ENTITIES
    content = with_part(an_odt_plan(), "content.xml", bomb.encode())
    assert fault("odt", content) is FaultKind.ENTITIES


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    file = BytesIO()
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        for _piece in range(220):
            part.write(b" " * (1 << 20))
    assert fault("docx", file.getvalue()) is FaultKind.BOMB


def test_a_document_of_ten_thousand_paragraphs_is_refused_with_its_place() -> None:
    xml = "<w:p><w:r><w:t>Testo.</w:t></w:r></w:p>" * 10_000
    body = f'<w:document xmlns:w="{W}"><w:body>{xml}</w:body></w:document>'
    content = with_part(docx_of(a_plan), "word/document.xml", body.encode())
    with pytest.raises(UnreadableDocument) as refused:
        apart("docx", content)
    assert refused.value.fault.kind is FaultKind.TOO_MUCH_TEXT
    assert refused.value.fault.place == MOST_BLOCKS + 1


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, FaultKind.OLD_OR_LOCKED),
        (b"%PDF-1.7", FaultKind.BROKEN),
        (b"", FaultKind.BROKEN),
        (docx_of(a_plan)[:5000], FaultKind.BROKEN),
        (with_part(docx_of(a_plan), "word/document.xml", b"<w:document"), FaultKind.BROKEN),
        (an_odt_plan(), FaultKind.BROKEN),
    ],
)
def test_what_is_no_docx_is_refused(content: bytes, kind: FaultKind) -> None:
    assert fault("docx", content) is kind


@pytest.mark.parametrize(
    "limits", [Limits(seconds=1), Limits(memory=60 << 20)], ids=["seconds", "memory"]
)
def test_a_document_that_costs_too_much_is_given_up(limits: Limits) -> None:
    deep = "<w:sdt><w:sdtContent>" * 400_000
    body = f'<w:document xmlns:w="{W}"><w:body>{deep}'
    content = with_part(docx_of(a_plan), "word/document.xml", body.encode())
    with pytest.raises(UnreadableDocument):
        apart("docx", content, limits)


def test_a_cell_that_repeats_without_end_is_not_followed() -> None:
    table = Element.from_tag(
        '<table:table><table:table-row table:number-rows-repeated="900000000"><table:table-cell '
        'table:number-columns-repeated="900000000"><text:p>x</text:p></table:table-cell>'
        "</table:table-row></table:table>"
    )
    (block,) = read("odt", odt_of(table)).blocks
    assert len(block.body) < LONGEST_TEXT


WORDS = st.text(st.sampled_from("ab1 *_[](){}<>|`~#+-=.:!&;\\\n\"'/à€"), max_size=12)
RUNS = st.lists(st.builds(Run, WORDS, st.booleans(), st.booleans()), max_size=5)


@given(RUNS)
def test_the_words_are_shown_as_they_stand_in_the_document(runs: list[Run]) -> None:
    def words(part: Any) -> str:
        assert part["kind"] == "paragraph"
        return "".join(run["text"] for run in part["runs"])

    assert " ".join(" ".join(map(words, shown(inline(runs)))).split()) == plain(runs)
