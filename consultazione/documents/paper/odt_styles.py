"""The styles of documents as OpenDocument text, beside those that the library brings."""

from __future__ import annotations

from typing import Any

from odfdo import Element

MARKS = {"strong": "Strong_20_Emphasis", "emph": "Emphasis", "code": "Source_20_Text"}
PARAGRAPHS = {"plain": "Text_20_body", "quiet": "Quiet", "stressed": "Text_20_body"}
SUBTITLE, QUOTE, CELL = "Subtitle", "Quotations", "Cell"
LISTS = {True: "Numbering_20_1", False: "List_20_1"}

_TEXTS = {
    "Strong_20_Emphasis": 'fo:font-weight="bold"',
    "Emphasis": 'fo:font-style="italic"',
    "Source_20_Text": 'style:font-name="Liberation Mono"',
}
_PARAGRAPHS = {
    "Quiet": ("", 'fo:font-size="9pt" fo:color="#455b71"'),
    "Subtitle": ('fo:margin-bottom="0.3cm"', 'fo:font-size="13pt"'),
    "Quotations": ('fo:margin-left="0.6cm" fo:margin-bottom="0.2cm"', ""),
}
_CELL = (
    f'<style:style style:name="{CELL}" style:family="table-cell"><style:table-cell-properties'
    ' fo:padding="0.1cm" fo:border-bottom="0.5pt solid #b9c6d3"/></style:style>'
)


def add_styles(document: Any) -> None:
    """Give a document these styles: named ones, which an office can change, and that of cells."""
    for name, properties in _TEXTS.items():
        document.insert_style(_style(name, "text", "", properties))
    for name, (paragraph, letters) in _PARAGRAPHS.items():
        document.insert_style(_style(name, "paragraph", paragraph, letters))
    document.insert_style(Element.from_tag(_CELL), automatic=True)


def _style(name: str, family: str, paragraph: str, letters: str) -> Any:
    inner = f"<style:paragraph-properties {paragraph}/>" if paragraph else ""
    parent = ' style:parent-style-name="Standard"' if family == "paragraph" else ""
    return Element.from_tag(
        f'<style:style style:name="{name}" style:display-name="{name.replace("_20_", " ")}"'
        f' style:family="{family}"{parent}>{inner}<style:text-properties {letters}/></style:style>'
    )
