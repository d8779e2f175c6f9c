"""Funds and earmarks of a programme: what there is, what is spent, and what may not be.

The database's triggers keep the same rules; these say beforehand what is wrong, and where.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from consultazione.core.errors import Invalid
from consultazione.programme.amounts import money
from consultazione.programme.models import (
    AnnualProgramme,
    Earmark,
    Fund,
    FundAmount,
    Intervention,
    Share,
)

_NOTHING = Decimal(0)


@dataclass(frozen=True)
class FundBalance:
    """A fund in a programme. has: its amount, if one was stated; used: the sum of its shares;
    spent: what was spent of these in the end.
    """

    fund: Fund
    has: Decimal | None
    used: Decimal
    spent: Decimal

    @property
    def base(self) -> Decimal:
        """The amount of which earmarks take their percentage."""
        return self.used if self.has is None else self.has

    @property
    def left(self) -> Decimal | None:
        """What is not shared out yet; None if the fund's amount is not known."""
        return None if self.has is None else self.has - self.used


@dataclass(frozen=True)
class EarmarkBalance:
    """An earmark in a programme. served: what its fund gives to the purpose; elsewhere: the
    rest of what it gives; base: the fund's amount.
    """

    earmark: Earmark
    served: Decimal
    elsewhere: Decimal
    base: Decimal

    @property
    def limit(self) -> Decimal:
        """What may be spent elsewhere, to the fraction of a cent."""
        return self.base * (100 - self.earmark.percent) / 100

    @property
    def is_kept(self) -> bool:
        """True unless more is spent elsewhere than may be."""
        return self.elsewhere <= self.limit


def fund_balances(session: Session, programme_id: int) -> list[FundBalance]:
    """Every fund that has or gives something in a programme, by code."""
    of_programme = select(AnnualProgramme.zone_id).where(AnnualProgramme.id == programme_id)
    zone_id = of_programme.scalar_subquery()
    query = (
        select(
            Fund,
            FundAmount.amount,
            func.coalesce(func.sum(Share.amount), 0),
            func.sum(Share.spent),
        )
        .outerjoin(Share, and_(Share.fund_id == Fund.id, Share.programme_id == programme_id))
        .outerjoin(
            FundAmount, and_(FundAmount.fund_id == Fund.id, FundAmount.programme_id == programme_id)
        )
        .where(Fund.zone_id == zone_id, or_(Share.id.is_not(None), FundAmount.fund_id.is_not(None)))
        .group_by(Fund.id, FundAmount.amount)
        .order_by(Fund.code)
    )
    rows = session.execute(query).all()
    return [FundBalance(fund, has, used, spent or _NOTHING) for fund, has, used, spent in rows]


def earmark_balances(
    session: Session, programme_id: int, funds: list[FundBalance]
) -> list[EarmarkBalance]:
    """The earmarks of these funds in a programme, by fund and id."""
    serves = _serves()
    bases = {balance.fund.id: balance.base for balance in funds}
    query = (
        select(Earmark, _sum(serves), _sum(~serves))
        .join(Earmark.fund)
        .outerjoin(Share, and_(Share.fund_id == Fund.id, Share.programme_id == programme_id))
        .outerjoin(
            Intervention,
            and_(
                Intervention.id == Share.intervention_id, Intervention.programme_id == programme_id
            ),
        )
        .where(Earmark.fund_id.in_(bases))
        .options(contains_eager(Earmark.fund))
        .group_by(Earmark.id, Fund.id)
        .order_by(Fund.code, Earmark.id)
    )
    return [
        EarmarkBalance(mark, served, elsewhere, bases[mark.fund_id])
        for mark, served, elsewhere in session.execute(query)
    ]


def refuse_misspending(session: Session, programme_id: int, field: str) -> None:
    """Invalid on the field if a programme takes more from a fund than it has, or breaks an
    earmark; the sentence says by how much, and the remedy.
    """
    funds = fund_balances(session, programme_id)
    for sentence in faults_of(funds, earmark_balances(session, programme_id, funds)):
        raise Invalid.at(field, sentence)


def faults_of(funds: list[FundBalance], marks: list[EarmarkBalance]) -> Iterator[Any]:
    """Sentences on the funds that give more than they have, and on earmarks that are broken."""
    for balance in funds:
        if balance.left is not None and balance.left < 0:
            yield _too_much(balance)
    for mark in marks:
        if not mark.is_kept:
            yield _misspent(mark)


def _too_much(balance: FundBalance) -> Any:
    return _(
        "%(fund)s has %(has)s in this programme, and %(used)s would be taken from it: take "
        "%(excess)s from another fund.",
        fund=balance.fund.name,
        has=money(balance.base),
        used=money(balance.used),
        excess=money(balance.used - balance.base),
    )


def _misspent(mark: EarmarkBalance) -> Any:
    return _(
        "At least %(percent)s%% of %(fund)s must go to “%(purpose)s”: %(elsewhere)s would be "
        "spent elsewhere, and at most %(limit)s may. Take the rest from another fund, or give "
        "more of this one to its purpose.",
        percent=f"{mark.earmark.percent.normalize():f}",
        fund=mark.earmark.fund.name,
        purpose=mark.earmark.purpose,
        elsewhere=money(mark.elsewhere),
        limit=money(mark.limit),
    )


def _serves() -> ColumnElement[bool]:
    """True where an intervention lies in all that an earmark names."""
    return and_(
        or_(Earmark.level.is_(None), Earmark.level == Intervention.level),
        or_(Earmark.area.is_(None), Earmark.area == Intervention.area),
        or_(Earmark.policy.is_(None), Earmark.policy == func.any(Intervention.policies)),
    )


def _sum(condition: ColumnElement[bool]) -> ColumnElement[Decimal]:
    return func.coalesce(func.sum(Share.amount).filter(condition), _NOTHING)


def earmarks(session: Session, zone_id: int) -> list[Earmark]:
    """The earmarks of a zone's funds, by fund and id."""
    query = (
        select(Earmark)
        .join(Earmark.fund)
        .options(joinedload(Earmark.fund))
        .where(Fund.zone_id == zone_id)
        .order_by(Fund.code, Earmark.id)
    )
    return list(session.scalars(query))
