"""The sentence for each fault of a file: what is wrong, where, and the remedy."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

from consultazione.exchange.reading.faults import Fault, FaultKind
from consultazione.programme.amounts import written_money

SENTENCES: dict[FaultKind, Any] = {
    FaultKind.EMPTY: _("Nothing stands in the file: choose another."),
    FaultKind.NOT_A_SHEET: _("Choose a file of one of these kinds: XLSX, ODS, CSV."),
    FaultKind.OLD_OR_LOCKED: _(
        "The file has a password, or is in the old XLS format: save it as XLSX without a password."
    ),
    FaultKind.MACROS: _("The file has macros, which are programs: save it as XLSX without them."),
    FaultKind.BROKEN: _(
        "The file cannot be read: open it in your spreadsheet program, save it again as XLSX, "
        "and choose it anew."
    ),
    FaultKind.BOMB: _(
        "The file unpacks to far too much: copy the lines into a new file, and choose that one."
    ),
    FaultKind.TOO_LONG: _(
        "Reading the file took too long: copy the lines into a new file, or split it in two."
    ),
    FaultKind.TOO_MANY_ROWS: _("More than 50,000 lines: split the file in several."),
    FaultKind.TOO_MANY_FAULTS: _(
        "More than 500 things are wrong with the file, from this place on: look whether the "
        "columns are in their place."
    ),
    FaultKind.NOT_TEXT: _("This is no text: save the file as CSV, or choose the XLSX itself."),
    FaultKind.NO_ROWS: _("Only headings stand in the file: add the lines below them."),
    FaultKind.UNKNOWN_HEADING: _(
        "“%(value)s” is no heading that is known here: take one of the template, or remove the "
        "column."
    ),
    FaultKind.SIMILAR_HEADING: _(
        "“%(value)s” is no heading that is known here: write “%(known)s” if you mean that."
    ),
    FaultKind.TWICE_HEADING: _("The heading “%(value)s” stands there twice: remove one column."),
    FaultKind.MISSING_HEADING: _("The column “%(heading)s” is missing: add it to the first line."),
    FaultKind.NO_HEADING: _(
        "“%(value)s” stands in a column without a heading: give it one, or empty the cell."
    ),
    FaultKind.MERGED: _("Cells are merged (%(value)s): split them, and fill in each one."),
    FaultKind.FORMULA: _(
        "A formula is no figure: copy the cell and paste it as a value (Paste special)."
    ),
    FaultKind.ERROR_VALUE: _("An error stands here in place of a value: write the value."),
    FaultKind.NOT_FOR_HERE: _(
        "A date, a time or a truth value has no place here: format the cell as text or number."
    ),
    FaultKind.MISSING: _("Fill in “%(heading)s”."),
    FaultKind.LONG_TEXT: _("The text is too long: shorten it."),
    FaultKind.CONTROL_CHARACTERS: _("The text holds signs that cannot be stored: write it anew."),
    FaultKind.NO_AMOUNT: _("“%(value)s” is no amount: write one such as 1234,56."),
    FaultKind.NEGATIVE: _("An amount cannot be negative: write it without the minus."),
    FaultKind.ZERO: _("A share of nothing is none: write its amount, or remove the line."),
    FaultKind.DECIMALS: _("“%(value)s” has more than two decimals: round it to the cent."),
    FaultKind.AMBIGUOUS: _(
        "“%(value)s” can be read in two ways: write 1234,00 for thousands, 1,23 for cents."
    ),
    FaultKind.TOO_HIGH: _("The amount is too high: at most 999,999,999,999.99."),
    FaultKind.OVER_HUNDRED: _("A percentage is 100 at most: “%(value)s” is more."),
    FaultKind.NOT_WHOLE: _(
        "“%(value)s” is no number of an intervention: take the one of the export, or leave it open."
    ),
    FaultKind.NOT_YES_NO: _("Write sì or no in place of “%(value)s”."),
    FaultKind.NOT_IN_LIST: _("“%(value)s” is none of: %(known)s."),
    FaultKind.DIFFERS: _(
        "This is not what line %(known)s says of the same intervention: write it once, or alike."
    ),
    FaultKind.SHARE_TWICE: _(
        "“%(value)s” pays twice from the same fund for this intervention: add the two up."
    ),
    FaultKind.SUM: _(
        "The shares come to %(known)s, the total cost says %(value)s: correct one of them."
    ),
    FaultKind.PERCENT_OF_SUM: _(
        "The amount is %(known)s%% of the cost, the percentage says %(value)s: correct one."
    ),
    FaultKind.NO_SUCH_NUMBER: _(
        "The programme has no intervention number %(value)s: leave the number open for a new one."
    ),
    FaultKind.TITLE_OF_SEVERAL: _(
        "Several interventions are called “%(value)s”: write the number of the one that you mean."
    ),
    FaultKind.TWICE_IN_FILE: _("Line %(known)s is about the same intervention: put them together."),
    FaultKind.NEEDED_WHEN_NEW: _("A new intervention needs “%(heading)s”: fill it in."),
    FaultKind.UNKNOWN_NAME: _(
        "“%(value)s” is not registered here: correct the name, or register it first. There are: "
        "%(known)s."
    ),
}


def sentence_of(fault: Fault) -> LazyString:
    """What is wrong, and the remedy, in the reader's language."""
    return LazyString(lambda: str(SENTENCES[fault.kind]) % _values(fault))


def place_of(fault: Fault) -> LazyString:
    """Where it is: sheet, line, column; empty if the file as a whole is meant."""
    return LazyString(lambda: ", ".join(_parts(fault)))


def with_place(fault: Fault) -> LazyString:
    """Place and sentence in one."""
    both = place_of(fault), sentence_of(fault)
    return LazyString(lambda: ": ".join(str(part) for part in both if str(part)))


def _values(fault: Fault) -> Mapping[str, object]:
    """What fills a sentence in; sums as the reader's language writes them."""
    if fault.kind is not FaultKind.SUM:
        return vars(fault)
    sums = {name: written_money(Decimal(getattr(fault, name))) for name in ("value", "known")}
    return {**vars(fault), **sums}


def _parts(fault: Fault) -> list[str]:
    parts = []
    if fault.sheet:
        parts.append(gettext("sheet “%(name)s”", name=fault.sheet))
    if fault.row:
        parts.append(gettext("line %(number)s", number=fault.row))
    if fault.column:
        parts.append(gettext("column %(letter)s", letter=fault.column))
    if fault.heading and fault.row and fault.kind is not FaultKind.MISSING_HEADING:
        parts.append(gettext("“%(heading)s”", heading=fault.heading))
    return parts
