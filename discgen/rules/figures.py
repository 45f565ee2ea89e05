"""Figures as rules weigh them: two sides of a sum and the slip between them, targets read as numbers, bounds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from discgen.diagnostics import Place
from discgen.model.line import Line, total
from discgen.money import FEN, YUAN_PER_WORD, ZERO, in_yuan
from discgen.reference.decode import decode_mapping
from discgen.reference.folders import cache_shipped, data_folder
from discgen.validate.shipped import read_shipped_tree

Key = tuple[str, ...]
Amount = tuple[Decimal, Place]
"""An amount in 元 and where it is written."""

_UNITS_APART = Decimal(10_000)
"""万元 written as 元, or 元 as 万元."""
_NAMED = 2
"""How many lines that could hold the slip are named; more would be a guess."""


def grouped(lines: Iterable[Line], *dimensions: str) -> dict[Key, list[Line]]:
    """The lines by their values of the dimensions."""
    groups: dict[Key, list[Line]] = {}
    for line in lines:
        groups.setdefault(tuple(str(getattr(line, dimension)) for dimension in dimensions), []).append(line)
    return groups


def difference(left: Iterable[Line], right: Iterable[Line]) -> str:
    """How far the sides differ, for a message."""
    return f"相差{in_yuan(abs(total(left) - total(right)))}"


def with_slip(left: Iterable[Line], right: Iterable[Line], hint: str) -> str:
    """The hint, preceded by the slip that would explain the difference."""
    slip = likely_slip(_amounts(left), _amounts(right))
    return f"{slip}；{hint}" if slip else hint


def _amounts(lines: Iterable[Line]) -> list[Amount]:
    return [(line.amount, line.place) for line in lines]


def likely_slip(left: Sequence[Amount], right: Sequence[Amount]) -> str:
    """The one slip that would explain the difference, and its line; empty where none does.

    A line is named only if the sides would be equal exactly with that line as it was meant.
    """
    if not left or not right:
        return ""
    sums = [sum((amount for amount, _ in side), ZERO) for side in (left, right)]
    if mixed := mixed_units(sums[0], sums[1]):
        return mixed
    gap = sums[0] - sums[1]
    meant = [(amount, amount - gap, place) for amount, place in left]
    meant += [(amount, amount + gap, place) for amount, place in right]
    for is_slip, text in _SLIPS:
        places = [place for written, wanted, place in meant if written and is_slip(written, wanted)]
        if places:
            return text.format(_names(places))
    return ""


def mixed_units(left: Decimal, right: Decimal) -> str:
    """A message about two amounts that are one figure in 元 and in 万元; empty for any others."""
    is_mixed = left and right and _is_times(left, right, _UNITS_APART)
    return "两边正好差一万倍，多半是元和万元写混了" if is_mixed else ""


def significant(amount: Decimal) -> str:
    """The digits of an amount without the zeros at either end."""
    return f"{amount:f}".replace(".", "").strip("0")


def _is_times(left: Decimal, right: Decimal, factor: Decimal) -> bool:
    return left == right * factor or right == left * factor


def _is_in_other_unit(written: Decimal, wanted: Decimal) -> bool:
    return wanted > 0 and _is_times(written, wanted, _UNITS_APART)


def _is_too_many(_: Decimal, wanted: Decimal) -> bool:
    return wanted == 0


def _is_a_place_off(written: Decimal, wanted: Decimal) -> bool:
    return wanted > 0 and _is_times(written, wanted, Decimal(10))


def _is_swapped(written: Decimal, wanted: Decimal) -> bool:
    """Whether two digits side by side have changed places. Zeros at either end do not count."""
    if wanted <= 0 or written <= 0 or written == wanted:
        return False
    digits, meant = (str(int(amount / FEN)) for amount in (written, wanted))
    return any(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :] == meant for at in range(len(digits) - 1))


_SLIPS: tuple[tuple[Callable[[Decimal, Decimal], bool], str], ...] = (
    (_is_in_other_unit, "{}多半是元和万元写混了"),
    (_is_too_many, "差额正好是{}，多半是多写或漏写了"),
    (_is_swapped, "多半是{}相邻两个数字颠倒了"),
    (_is_a_place_off, "多半是{}少写或多写了一位"),
)


def _names(places: Sequence[Place]) -> str:
    lines = list(dict.fromkeys(f"{place.file.rpartition('/')[2]}第{place.line}行" for place in places))
    return "其中一行" if len(lines) > _NAMED else "或".join(lines)


_FIGURE = re.compile(r"([≥≤>＞<＜=＝]?)\s*(\d[\d,，]*(?:\.\d+)?)\s*((?![余多])[^\d\s]*)")
_SIGNS = {"＞": ">", "＜": "<", "＝": "="}
_PRICE = re.compile(r"(元|万元|亿元)(?:(?:/|／|每)(.+))?")


class Figure(Struct, frozen=True):
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
    """The figure that a text consists of; None where there is more or less in it."""
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


class Bound(Struct, frozen=True):
    """From `least` to `most`, both included; None where it is open. What is counted is for who asks to know."""

    unit: str
    reason: str
    least: Decimal | None = None
    most: Decimal | None = None

    def holds(self, value: Decimal) -> bool:
        """Whether a value is within."""
        return not self.is_below(value) and not self.is_beyond(value)

    def is_below(self, value: Decimal) -> bool:
        """Whether a value is less than `least`."""
        return self.least is not None and value < self.least

    def is_beyond(self, value: Decimal) -> bool:
        """Whether a value is more than `most`."""
        return self.most is not None and value > self.most


def bound(name: str) -> Bound:
    """The bound of this name. Raises KeyError where there is none."""
    return load_bounds()[name]


@cache_shipped
def load_bounds() -> Mapping[str, Bound]:
    """All bounds by name. Raises ShippedDataError where the file is not as its schema asks."""
    return decode_mapping(Bound, read_shipped_tree(data_folder("schema"), "bounds.yaml", "bounds"), "bounds")
