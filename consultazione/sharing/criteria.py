"""The criteria by which municipalities share what they pay (L. 328/2000 art. 19, spending).

Each basis says how much a body weighs: by its inhabitants, by the users of its services, or by
fixed parts that were agreed on. A mixed criterion adds bases up, each with a percentage; the
percentages make 100. All is counted in whole numbers, so nothing is rounded before the end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from math import prod

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Invalid
from consultazione.core.money import CENT

HUNDRED = Decimal(100)


class CriterionKind(StrEnum):
    """The kinds of criterion."""

    POPULATION = "population"
    USERS = "users"
    FIXED = "fixed"
    MIXED = "mixed"


BASES = (CriterionKind.POPULATION, CriterionKind.USERS, CriterionKind.FIXED)


@dataclass(frozen=True)
class Payer:
    """A body that shares, with its figures of one year; None for a figure that nobody gave."""

    id: int
    name: str
    population: int | None = None
    users: int | None = None


@dataclass(frozen=True)
class Criterion:
    """A criterion. parts: fixed parts by body id. percentages: of a mixed one, by basis."""

    kind: CriterionKind
    parts: Mapping[int, int] = field(default_factory=dict)
    percentages: Mapping[CriterionKind, Decimal] = field(default_factory=dict)


def weights_of(criterion: Criterion, payers: Sequence[Payer]) -> dict[int, int]:
    """How much each body weighs, by id.

    Invalid names the field that lacks something: `population` or `users` with the body's name,
    `parts`, or `percentages`.
    """
    if not payers:
        raise Invalid.at("bodies", _("The zone has no municipality yet: enter them first."))
    mixture = _mixture(criterion)
    bases = {basis: _BASIS[basis](criterion, payers) for basis in mixture}
    totals = {basis: _total(basis, by_body) for basis, by_body in bases.items()}
    factors = {
        basis: share * prod(total for other, total in totals.items() if other is not basis)
        for basis, share in mixture.items()
    }
    return {p.id: sum(factors[basis] * bases[basis][p.id] for basis in mixture) for p in payers}


def check_percentages(percentages: Mapping[CriterionKind, Decimal]) -> None:
    """Refuse percentages of a mixed criterion that do not make 100.

    Invalid on `percentage_<basis>` for one that is out of bounds or too fine, and on
    `percentages` for their sum.
    """
    for basis, percentage in percentages.items():
        if not 0 <= percentage <= HUNDRED:
            raise Invalid.at(f"percentage_{basis}", _("Write a percentage from 0 to 100."))
        if percentage != percentage.quantize(CENT):
            raise Invalid.at(
                f"percentage_{basis}", _("Write the percentage with two decimals at most.")
            )
    if (total := sum(percentages.values())) != HUNDRED:
        sentence = _(
            "The percentages make %(total)s: change them until they make 100.", total=total
        )
        raise Invalid.at("percentages", sentence)


def _mixture(criterion: Criterion) -> dict[CriterionKind, int]:
    """How much each basis counts, in hundredths of a percent; bases that count nothing left out."""
    if criterion.kind is not CriterionKind.MIXED:
        return {criterion.kind: 1}
    check_percentages(criterion.percentages)
    return {
        basis: int(percentage * 100)
        for basis, percentage in criterion.percentages.items()
        if percentage
    }


def _population(_criterion: Criterion, payers: Sequence[Payer]) -> dict[int, int]:
    if missing := [payer.name for payer in payers if payer.population is None]:
        names = ", ".join(missing)
        sentence = _("Give the inhabitants of %(bodies)s: the criterion counts them.", bodies=names)
        raise Invalid.at("population", sentence)
    return {payer.id: payer.population or 0 for payer in payers}


def _users(_criterion: Criterion, payers: Sequence[Payer]) -> dict[int, int]:
    if missing := [payer.name for payer in payers if payer.users is None]:
        names = ", ".join(missing)
        sentence = _("Give the users of %(bodies)s: the criterion counts them.", bodies=names)
        raise Invalid.at("users", sentence)
    return {payer.id: payer.users or 0 for payer in payers}


def _fixed(criterion: Criterion, payers: Sequence[Payer]) -> dict[int, int]:
    parts = {payer.id: criterion.parts.get(payer.id, 0) for payer in payers}
    if min(parts.values()) < 0:
        raise Invalid.at("parts", _("Write parts of zero or more."))
    return parts


def _total(basis: CriterionKind, by_body: Mapping[int, int]) -> int:
    if total := sum(by_body.values()):
        return total
    name = "parts" if basis is CriterionKind.FIXED else basis.value
    raise Invalid.at(name, _("Give at least one body more than zero: else nobody would pay."))


_BASIS: dict[CriterionKind, Callable[[Criterion, Sequence[Payer]], dict[int, int]]] = {
    CriterionKind.POPULATION: _population,
    CriterionKind.USERS: _users,
    CriterionKind.FIXED: _fixed,
}
