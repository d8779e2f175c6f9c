"""The sentences for what is wrong with a document, and for what of it is not taken."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from consultazione.plan.importing.reading.found import Fault, FaultKind, Remark, RemarkKind
from consultazione.plan.importing.reading.gathering import MOST_BLOCKS

FAULTS: dict[FaultKind, Any] = {
    FaultKind.NOT_A_DOCUMENT: _("Choose a file of one of these kinds: DOCX, ODT."),
    FaultKind.OLD_OR_LOCKED: _(
        "The file has a password, or is in the old DOC format: save it as DOCX or ODT without a "
        "password."
    ),
    FaultKind.MACROS: _(
        "The document has macros, which are programs: open it, choose “Save as”, take “Word "
        "document (.docx)” or “ODF text (.odt)”, and choose the new file here."
    ),
    FaultKind.BROKEN: _(
        "The document cannot be read: open it in your word processor, save it again as DOCX or "
        "ODT, and choose it anew."
    ),
    FaultKind.BOMB: _(
        "The document unpacks to far too much: copy its text into a new one, and choose that."
    ),
    FaultKind.ENTITIES: _(
        "The document refers to things outside of it, as no word processor does: copy its text "
        "into a new one, and choose that."
    ),
    FaultKind.TOO_LONG: _(
        "Reading the document took too long: copy its text into a new one, or split it in two."
    ),
    FaultKind.TOO_MUCH_TEXT: _(
        "The document has more than %(most)s blocks, or too many words for one file. Split it "
        "before paragraph %(place)s, and take its parts in one after the other."
    ),
    FaultKind.NO_TEXT: _(
        "There is no text in the document. If it is a scan, have its text recognised first."
    ),
}
REMARKS: dict[RemarkKind, Any] = {
    RemarkKind.TRACKED: _(
        "Tracked changes: what was added is taken, what was deleted is left out. Accept or "
        "reject the changes first if that is not what you want."
    ),
    RemarkKind.FOOTNOTE: _("A footnote is left out: write its text into the paragraph."),
    RemarkKind.COMMENT: _("A comment in the margin is left out."),
    RemarkKind.TEXT_BOX: _("A text box is left out: put its text into a paragraph."),
    RemarkKind.PICTURE: _(
        "A picture is left out: add it to the chapter as a figure, with what it shows in words."
    ),
    RemarkKind.DRAWING: _(
        "A drawing or chart is left out: save it as a picture, and add it as a figure."
    ),
    RemarkKind.FORMULA: _("A formula is left out: write it in words."),
    RemarkKind.OBJECT: _("Something embedded from another program is left out."),
    RemarkKind.HIDDEN: _("Hidden text is left out."),
    RemarkKind.CONTENTS: _("The table of contents is left out: the plan makes its own."),
    RemarkKind.LINK: _("The words of a link are taken, its address is left out."),
    RemarkKind.MERGED_CELLS: _(
        "The table has merged cells, which are single ones here: look whether each figure "
        "stands in its column."
    ),
    RemarkKind.TABLE_IN_TABLE: _("A table within a table is taken as the text of its cell."),
    RemarkKind.FRAME: _("A table of a single cell is taken as a paragraph."),
    RemarkKind.CUT: _("The text is too long for one block, and becomes several."),
    RemarkKind.NUMBERED_ANEW: _(
        "The numbers of this list begin with 1 again; in the document they go on from before."
    ),
    RemarkKind.LIKE_A_HEADING: _(
        "A line in bold is taken as a paragraph. If it is a heading, give it the style "
        "“Heading” in the document, and choose it anew."
    ),
    RemarkKind.MARGINS: _("What stands at the top and foot of each page is left out."),
}


def sentence_of_fault(fault: Fault) -> str:
    """Why a document cannot be taken, and the remedy."""
    return str(FAULTS[fault.kind]) % {"most": MOST_BLOCKS, "place": fault.place}


def place_of(remark: Remark) -> str:
    """Where in the document a remark belongs."""
    place: str = (
        gettext("Paragraph %(number)s", number=remark.place)
        if remark.place
        else gettext("The whole document")
    )
    return place
