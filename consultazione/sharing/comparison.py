"""What a change of amounts and criteria would do to each municipality: pure, exact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from consultazione.core.errors import Invalid
from consultazione.core.money import CENT
from consultazione.sharing.apportionment import apportion
from consultazione.sharing.criteria import Criterion, Payer, weights_of

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Division:
    """A criterion with the figures of its year: it divides any amount."""

    criterion: Criterion
    payers: Sequence[Payer]

    @cached_property
    def weights(self) -> Mapping[int, int]:
        """How much each body weighs, counted once for all amounts; Invalid as in `weights_of`."""
        return weights_of(self.criterion, self.payers)


@dataclass(frozen=True)
class Share:
    """What is shared: an amount in euro, and how it is divided.

    field: what the inputs of this item are called; refusals are named after it.
    """

    amount: Decimal
    division: Division
    field: str = ""

    def parts(self) -> dict[int, Decimal]:
        """What each body pays, by id. Invalid as in `weights_of` and `apportion`."""
        try:
            return apportion(self.amount, self.division.weights)
        except Invalid as refusal:
            if self.field and "amount" in refusal.fields:
                raise Invalid.at(f"amount-{self.field}", refusal.detail) from refusal
            raise


@dataclass(frozen=True)
class Effect:
    """What a change means to one body, in euro."""

    payer: Payer
    before: Decimal
    after: Decimal

    @property
    def difference(self) -> Decimal:
        """How much more it pays; negative if less."""
        return self.after - self.before

    def per_inhabitant(self, amount: Decimal) -> Decimal | None:
        """An amount for each of its inhabitants, half a cent rounded up; None if not known."""
        if not self.payer.population:
            return None
        return (amount / self.payer.population).quantize(CENT, ROUND_HALF_UP)


def compare(
    before: Sequence[Share], after: Sequence[Share], payers: Sequence[Payer]
) -> list[Effect]:
    """What each body pays in all before and after, in the order given.

    payers: with the inhabitants that amounts are divided by.
    """
    paid_before, paid_after = totals(before), totals(after)
    return [
        Effect(payer, paid_before.get(payer.id, ZERO), paid_after.get(payer.id, ZERO))
        for payer in payers
    ]


def totals(shares: Sequence[Share]) -> dict[int, Decimal]:
    """What each body pays for several items in all, by id."""
    paid: dict[int, Decimal] = {}
    for share in shares:
        for body, part in share.parts().items():
            paid[body] = paid.get(body, ZERO) + part
    return paid
