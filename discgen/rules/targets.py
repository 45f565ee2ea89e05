"""指标值 read as a figure: ≥12000份 to a sign, a number and its unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from discgen.money import YUAN_PER_WORD

_FIGURE = re.compile(r"([≥≤>＞<＜=＝]?)\s*(\d[\d,，]*(?:\.\d+)?)\s*((?![余多])[^\d\s]*)")
_SIGNS = {"＞": ">", "＜": "<", "＝": "="}
_PRICE = re.compile(r"(元|万元|亿元)(?:(?:/|／|每)(.+))?")


@dataclass(frozen=True, slots=True)
class Figure:
    """A target or a result that is one number. The sign is empty where none is written."""

    sign: str
    number: Decimal
    unit: str

    @property
    def yuan(self) -> Decimal | None:
        """An amount of money in 元; None for anything else, a price (元/人) included."""
        return self.number * YUAN_PER_WORD[self.unit] if self.unit in YUAN_PER_WORD else None

    @property
    def price(self) -> tuple[Decimal, str] | None:
        """An amount of money in 元 and what it is for: (180, "人") of 180元/人, (180, "") of 180元; None for no money."""
        match = _PRICE.fullmatch(self.unit)
        return (self.number * YUAN_PER_WORD[match[1]], match[2] or "") if match else None


def read_figure(text: str | None) -> Figure | None:
    """The figure that a text is; None where it is more than that, or none."""
    match = _FIGURE.fullmatch((text or "").strip())
    if match is None:
        return None
    number = Decimal(match[2].replace(",", "").replace("，", ""))
    return Figure(_SIGNS.get(match[1], match[1]), number, match[3].replace("％", "%"))


def is_missed(target: str, actual: str) -> bool:
    """Whether a result is known to miss its target: both are numbers of one unit, and the target says which way."""
    wanted, reached = read_figure(target), read_figure(actual)
    if wanted is None or reached is None or reached.unit not in ("", wanted.unit):
        return False
    if wanted.unit == "%" and not reached.unit and reached.number <= 1:
        return False  # 0.98 for 98 %, perhaps
    return {
        "≥": reached.number < wanted.number,
        ">": reached.number <= wanted.number,
        "≤": reached.number > wanted.number,
        "<": reached.number >= wanted.number,
    }.get(wanted.sign, wanted.unit == "%" and reached.number < wanted.number)
