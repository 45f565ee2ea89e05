"""Decimal amounts in 元: reading, rounding once, showing, and telling a 尾差 from an error.

Rounding is half up to two places of 万元, done when a figure is shown and never before.
The bound of a rounding tail is that of XBRL Calculations 1.1: each shown figure stands
for an interval of half a unit to either side, and figures agree where intervals can meet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

YUAN_PER_UNIT = {"元": Decimal(1), "万元": Decimal(10000)}
"""元 in one of each unit that a file may declare."""
YUAN_PER_WORD = {**YUAN_PER_UNIT, "亿元": Decimal(100_000_000)}
"""元 in one of each unit that a text may name."""

FEN = Decimal("0.01")
ZERO = Decimal(0)
_AMOUNT = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_MOST_CHARACTERS = 24
"""Longer than any budget in 分: what exceeds it is a slip of the keyboard."""
# An amount of a whole country's budget in 分 has 17 digits; 50 leaves every quotient exact
# far beyond the two places that are shown.
_CONTEXT = Context(prec=50, rounding=ROUND_HALF_UP)


MINUS_SIGNS = "−–—‐‑‒﹣"
"""What people and programs write for the minus sign of a keyboard."""
_TO_PLAIN_MINUS = str.maketrans(dict.fromkeys(MINUS_SIGNS, "-"))


class AmountError(ValueError):
    """A scalar that is not an amount; `str()` says why, in Chinese."""


def parse_amount(text: str, unit: str) -> Decimal:
    """Read a plain scalar written in `unit` (元 or 万元) as 元, exact to the 分.

    Raises AmountError for thousands separators, units, and anything finer than a 分.
    """
    if not _AMOUNT.fullmatch(text):
        if "," in text or "，" in text:
            raise AmountError("金额不写千分位逗号")
        raise AmountError("金额只写数字")
    if len(text) > _MOST_CHARACTERS:
        raise AmountError("金额的位数太多")
    with localcontext(_CONTEXT):
        yuan = Decimal(text) * YUAN_PER_UNIT[unit]
        if yuan != yuan.quantize(FEN):
            raise AmountError("金额精确到分，不能更细")
    return yuan


def with_plain_minus(text: str) -> str:
    """A text in which every minus sign is that of a keyboard."""
    return text.translate(_TO_PLAIN_MINUS)


def round_half_up(value: Decimal, places: int) -> Decimal:
    """Round to `places` decimals, halves away from zero; zero is never negative."""
    rounded = _CONTEXT.quantize(value, _unit_of(places))
    return abs(rounded) if rounded == 0 else rounded


@cache
def _unit_of(places: int) -> Decimal:
    return Decimal(1).scaleb(-places)


def exact_in_unit(yuan: Decimal, unit: str, *, thousands: bool = False) -> str:
    """All the digits of an amount: 1860.4266 for 18604266元 in 万元, never rounded and never an exponent."""
    with localcontext(_CONTEXT):
        return _trimmed(f"{yuan / YUAN_PER_UNIT[unit]:{',' if thousands else ''}f}")


def in_yuan(amount: Decimal) -> str:
    """An amount as messages show it: 645,000元, 0.5元, never with noughts at the end of its decimals."""
    return f"{exact_in_unit(amount, '元', thousands=True)}元"


def _trimmed(digits: str) -> str:
    """The digits without noughts at the end of their decimals."""
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


class NumberStyle(Struct, frozen=True):
    """How a form shows figures: unit of amounts, places, separators, and what stands for zero.

    With `trim` noughts at the end of the decimals are dropped: 15.00 is 15, 4619.40 is 4619.4.
    With `fen` all its figures have two places where a document has amounts that are not whole 元 (`in_fen`).
    """

    unit: str
    places: int
    thousands: bool
    zero: str
    """What a zero amount is shown as; the empty string leaves the place blank."""
    trim: bool = False
    fen: bool = False

    def in_fen(self) -> NumberStyle:
        """The style with two places, a zero that is shown among them."""
        return replace(self, places=2, zero="0.00") if self.zero else replace(self, places=2)

    def rounded(self, yuan: Decimal) -> Decimal:
        """The figure as shown, in `unit`."""
        return round_half_up(_CONTEXT.divide(yuan, YUAN_PER_UNIT[self.unit]), self.places)

    def show(self, yuan: Decimal) -> str:
        """The figure as text, in `unit` and without naming it."""
        if yuan == 0:
            return self.zero
        shown = f"{self.rounded(yuan):{',' if self.thousands else ''}f}"
        return _trimmed(shown) if self.trim else shown


class PercentStyle(Struct, frozen=True):
    """How a form shows percentages: places, and what stands for zero."""

    places: int
    zero: str

    def show(self, hundredths: Decimal) -> str:
        """The percentage as text, with its sign."""
        return f"{self.zero if hundredths == 0 else round_half_up(hundredths, self.places)}%"


def percent(part: Decimal, whole: Decimal) -> Decimal | None:
    """`part` of `whole` in hundredths, exact enough to be rounded once; None where there is no whole."""
    if whole == 0:
        return None
    with localcontext(_CONTEXT):
        return part / whole * 100


def is_rounding_tail(shown_total: Decimal, shown_parts: Sequence[Decimal], places: int) -> bool:
    """Whether the shown parts can miss the shown total by rounding alone.

    With n parts, each rounded to `places`, the difference is at most half a unit for each
    of the n + 1 figures.
    """
    half = Decimal(5).scaleb(-places - 1)
    return abs(shown_total - sum(shown_parts, ZERO)) <= half * (len(shown_parts) + 1)
