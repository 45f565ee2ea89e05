"""Amounts as programs read them: exact, in a table's unit, without separators."""

from __future__ import annotations

from decimal import Context, Decimal, localcontext

from discgen.money import YUAN_PER_UNIT

# 元 to the 分 have four more decimals in 万元: nothing is ever rounded.
_EXACT = Context(prec=50)


def in_unit(yuan: Decimal, unit: str) -> str:
    """All the digits of an amount: 1860.4266 for 18604266元 in 万元, never an exponent."""
    with localcontext(_EXACT):
        digits = f"{yuan / YUAN_PER_UNIT[unit]:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
