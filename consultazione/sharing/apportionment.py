"""Dividing an amount by weights so that the parts always add up to it.

The method is that of the largest remainder: each body first gets its exact part rounded down to
the cent; the cents left over go, one each, to the bodies whose parts were cut most. Between
equal cuts the larger weight comes first, and between equal weights the body that was registered
first (the smaller id). So a body never gets a cent less than another with a smaller weight, and
nobody's part differs from the exact one by a whole cent. What the method does not promise: a
larger amount can cost somebody one cent (M. Balinski and H. P. Young, *Fair Representation*,
1982, "the Alabama paradox").
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Invalid
from consultazione.core.money import CENT, MOST


def apportion(amount: Decimal, weights: Mapping[int, int]) -> dict[int, Decimal]:
    """The part of each body, in euro, in the order of their ids.

    amount: in euro. weights: by the body's id, whole numbers of any unit.
    Invalid on the field `amount` if it is negative or finer than a cent; Invalid on `criterion`
    if nobody has a weight, or one is negative.
    """
    cents, total = cents_of(amount), sum(weights.values())
    if total <= 0 or min(weights.values()) < 0:
        raise Invalid.at("criterion", _("By this criterion no body would pay anything."))
    parts = {body: divmod(cents * weight, total) for body, weight in weights.items()}
    left = cents - sum(whole for whole, _cut in parts.values())
    first = sorted(weights, key=lambda body: (-parts[body][1], -weights[body], body))[:left]
    return {body: CENT * (parts[body][0] + (body in first)) for body in sorted(weights)}


def cents_of(amount: Decimal) -> int:
    """An amount in euro as whole cents; Invalid on `amount` if it is none that can be paid."""
    if not amount.is_finite() or not 0 <= amount <= MOST:
        raise Invalid.at("amount", _("Write an amount of zero euro or more."))
    if amount != (rounded := amount.quantize(CENT)):
        raise Invalid.at("amount", _("Write the amount with two decimals at most."))
    return int(rounded / CENT)
