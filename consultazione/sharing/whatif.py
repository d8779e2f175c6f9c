"""A what-if: the items of a year as they are, a change of some, and the document of its effect.

The document holds every figure that the page shows, as text, so that what was shown can be
stored and voted on just as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TypedDict

from sqlalchemy.orm import Session

from consultazione.core.errors import Invalid
from consultazione.sharing import queries
from consultazione.sharing.comparison import ZERO, Division, Effect, Share
from consultazione.sharing.criteria import Criterion, CriterionKind, Payer
from consultazione.sharing.models import CriterionVersion, SharedItem
from consultazione.zones.models import Cycle


@dataclass(frozen=True)
class Rule:
    """A criterion as a what-if uses it: with the figures of its year.

    id, name, version: of the criterion. figures_year: the year of the payers' figures.
    """

    id: int
    name: str
    version: int
    figures_year: int
    division: Division


@dataclass(frozen=True)
class Basis:
    """What a what-if starts from.

    payers: with the inhabitants of the last year, up to the items' own, that has figures.
    """

    year: int
    items: Sequence[SharedItem]
    rules: Mapping[int, Rule]
    payers: Sequence[Payer]
    demo: bool = False


@dataclass(frozen=True)
class Change:
    """What somebody tries out: amounts and criteria by item, percentages by mixed criterion."""

    amounts: Mapping[int, Decimal] = field(default_factory=dict)
    criteria: Mapping[int, int] = field(default_factory=dict)
    percentages: Mapping[int, Mapping[CriterionKind, Decimal]] = field(default_factory=dict)


NO_CHANGE = Change()


class Side(TypedDict):
    """An item before or after; `parts`: what each body pays, by its id as text."""

    amount: str
    criterion: str
    criterion_id: int
    version: int
    kind: str
    figures_year: int
    percentages: dict[str, str]
    parts: dict[str, str]


class Line(TypedDict):
    """An item before and after the change."""

    id: int
    title: str
    before: Side
    after: Side


class Row(TypedDict):
    """A municipality: what it pays, and for each inhabitant if their number is known."""

    id: int
    name: str
    population: int | None
    before: str
    after: str
    difference: str
    before_each: str | None
    after_each: str | None
    difference_each: str | None


class Figures(TypedDict):
    """The whole effect of a change; amounts are in euro as text, such as "1234.50"."""

    year: int
    demo: bool
    items: list[Line]
    effects: list[Row]
    before: str
    after: str


def basis_of(session: Session, cycle: Cycle, year: int) -> Basis:
    """The items, criteria and municipalities of a year of a cycle, as they are now."""
    figures = queries.figures_by_year(session, cycle.zone_id)
    bodies = queries.municipalities(session, cycle.zone_id)
    rules = {
        row.id: _rule(
            row.current, queries.payers(bodies, figures.get(row.current.figures_year, {}))
        )
        for row in queries.criteria(session, cycle.id)
    }
    rows = queries.items(session, cycle.id, year)
    known = max((y for y in figures if y <= year), default=None)
    used = {} if known is None else figures[known]
    return Basis(
        year=year,
        items=rows,
        rules=rules,
        payers=queries.payers(bodies, used),
        demo=any(row.demo for row in rows) or any(row.demo for row in used.values()),
    )


def figures_of(basis: Basis, change: Change = NO_CHANGE) -> Figures:
    """The effect of a change, as JSON values; Invalid names the input that is wrong."""
    changed = {rule.id: _changed(rule, change) for rule in basis.rules.values()}
    lines = [_line(basis, changed, change, item) for item in basis.items]
    effects = [_effect(payer, lines) for payer in basis.payers]
    return {
        "year": basis.year,
        "demo": basis.demo,
        "items": lines,
        "effects": effects,
        "before": _sum(line["before"]["amount"] for line in lines),
        "after": _sum(line["after"]["amount"] for line in lines),
    }


def _rule(version: CriterionVersion, payers: Sequence[Payer]) -> Rule:
    return Rule(
        id=version.criterion_id,
        name=version.name,
        version=version.version,
        figures_year=version.figures_year,
        division=Division(_criterion(version), payers),
    )


def _criterion(version: CriterionVersion) -> Criterion:
    shares = version.percentages.items()
    return Criterion(
        kind=version.kind,
        parts={int(body): part for body, part in version.parts.items()},
        percentages={CriterionKind(basis): Decimal(share) for basis, share in shares},
    )


def _line(basis: Basis, changed: Mapping[int, Rule], change: Change, item: SharedItem) -> Line:
    """One item before and after the change, with what each body pays of it."""
    old = basis.rules[item.criterion_id]
    new = changed[change.criteria.get(item.id, item.criterion_id)]
    amount = change.amounts.get(item.id, item.amount)
    return {
        "id": item.id,
        "title": item.title,
        "before": _side(item.amount, old, ""),
        "after": _side(amount, new, str(item.id)),
    }


def _changed(rule: Rule, change: Change) -> Rule:
    percentages = change.percentages.get(rule.id)
    if percentages is None:
        return rule
    old = rule.division
    criterion = Criterion(old.criterion.kind, old.criterion.parts, percentages)
    return replace(rule, division=Division(criterion, old.payers))


def _side(amount: Decimal, rule: Rule, name: str) -> Side:
    share = Share(amount, rule.division, field=name)
    try:
        parts = share.parts()
    except Invalid as refusal:
        raise _named_after(rule, refusal) from refusal
    return {
        "amount": str(amount),
        "criterion": rule.name,
        "criterion_id": rule.id,
        "version": rule.version,
        "kind": rule.division.criterion.kind.value,
        "figures_year": rule.figures_year,
        "percentages": {
            basis.value: str(share) for basis, share in rule.division.criterion.percentages.items()
        },
        "parts": {str(body): str(part) for body, part in parts.items()},
    }


def _named_after(rule: Rule, refusal: Invalid) -> Invalid:
    """The same refusal; percentages are named after their criterion, as the inputs are."""
    (name,) = refusal.fields
    own = f"{name}-{rule.id}" if name.startswith("percentage") else name
    return Invalid.at(own, refusal.detail)


def _effect(payer: Payer, lines: Sequence[Line]) -> Row:
    before = _sum(line["before"]["parts"].get(str(payer.id), "0") for line in lines)
    after = _sum(line["after"]["parts"].get(str(payer.id), "0") for line in lines)
    effect = Effect(payer, Decimal(before), Decimal(after))
    return {
        "id": payer.id,
        "name": payer.name,
        "population": payer.population,
        "before": before,
        "after": after,
        "difference": str(effect.difference),
        "before_each": _text(effect.per_inhabitant(effect.before)),
        "after_each": _text(effect.per_inhabitant(effect.after)),
        "difference_each": _text(effect.per_inhabitant(effect.difference)),
    }


def _sum(amounts: Iterable[str]) -> str:
    return str(sum(map(Decimal, amounts), ZERO))


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)
