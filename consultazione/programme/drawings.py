"""Which charts stand beside which tables of the programme, with the figures of these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from flask_babel import lazy_gettext as _

from consultazione.programme.balances import FundBalance
from consultazione.programme.charts import Chart, Row, chart
from consultazione.programme.kinds import AreaOfUse, MacroLevel
from consultazione.programme.labels import AREA_NAMES, LEVEL_NAMES
from consultazione.programme.sums import NOTHING, Matrix, Payer, Place, Year

_OTHERS = _("All others together")
_PLANNED_AND_SPENT = (_("Planned"), _("Spent"))


def drawings_of_programme(
    payers: Sequence[Payer],
    matrix: Matrix,
    places: Sequence[Place],
    funds: Sequence[FundBalance],
) -> dict[str, Chart]:
    """The charts of one year, by the name of the table beside each."""
    return {
        "payers": _against_spent([(p.body.name, p.sum.planned, p.sum.spent) for p in payers]),
        "levels": _against_spent(
            [
                (LEVEL_NAMES[level], matrix.of_level(level).planned, matrix.of_level(level).spent)
                for level in MacroLevel
            ]
        ),
        "areas": _against_spent(
            [
                (AREA_NAMES[area], matrix.of_area(area).planned, matrix.of_area(area).spent)
                for area in AreaOfUse
            ]
        ),
        "places": chart([_("Cost")], [Row(p.body.name, [p.cost]) for p in places], _OTHERS),
        "funds": _against_spent([(f.fund.name, f.used, f.spent) for f in funds]),
        "matrix": _cells(matrix),
    }


def drawings_of_years(
    years: Sequence[Year], by_level: Mapping[tuple[MacroLevel, int], Decimal]
) -> dict[str, Chart]:
    """The charts of a cycle, by the name of the table beside each."""
    rows = [
        Row(LEVEL_NAMES[level], [by_level.get((level, year.year), NOTHING) for year in years])
        for level in MacroLevel
    ]
    return {
        "years": _against_spent([(year.year, year.sum.planned, year.sum.spent) for year in years]),
        "levels": chart([str(year.year) for year in years], rows),
    }


def _against_spent(rows: Sequence[tuple[object, Decimal, Decimal]]) -> Chart:
    """Planned and spent below each other; where nothing is known to be spent, planned alone."""
    if any(spent for _label, _planned, spent in rows):
        pairs = [Row(label, [planned, spent]) for label, planned, spent in rows]
        return chart(_PLANNED_AND_SPENT, pairs, _OTHERS)
    alone = [Row(label, [planned]) for label, planned, _spent in rows]
    return chart(_PLANNED_AND_SPENT[:1], alone, _OTHERS)


def _cells(matrix: Matrix) -> Chart:
    rows = [
        Row(LEVEL_NAMES[level], [matrix.cell(level, area).planned for area in AreaOfUse])
        for level in MacroLevel
    ]
    return chart([AREA_NAMES[area] for area in AreaOfUse], rows)
