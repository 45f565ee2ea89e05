"""A number that is not written as files have it: what is in it that should not be, and the number that was meant."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from unicodedata import normalize

_MINUS = str.maketrans(dict.fromkeys("−–—‐‑‒﹣", "-"))
_WIDE = re.compile("[０-９．－−–—‐‑‒﹣]")
_DIGITS = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_SLIPS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"^[¥￥$]\s*"), "", "带了货币符号"),
    (re.compile(r"\s*(?:[百千]?[万亿]元?|[千百]?元)整?$"), "", "带了单位“{}”"),
    (re.compile(r"\s*[%‰]$"), "", "带了单位“{}”"),
    (re.compile(r"(?<=\d)[,、'’`_](?=\d{3}(?!\d))"), "", "带了千分位的“{}”"),
    (re.compile(r"(?<=\d)[。·](?=\d)"), ".", "小数点写成了“{}”"),
    (re.compile(r"(?<=[\dOoОо〇○])[OoОо〇○]|[OoОо〇○](?=\d)"), "0", "零写成了“{}”"),
    (re.compile(r"(?<=\d)\s+(?=\d)"), "", "中间有空格{}"),
)
"""What clerks and spreadsheets put into a number, what it becomes, and what it is called; signs are of single width here."""


@dataclass(frozen=True, slots=True)
class Misread:
    """What is wrong in a number, in Chinese, and the number that was meant. `is_certain` where only the width of its
    signs is wrong.
    """

    what: str
    right: str
    is_certain: bool
    says_all: bool = True
    """Whether nothing was left out that says how much the number is."""


def misread(written: str, is_right: Callable[[str], bool]) -> Misread | None:
    """What is wrong in a text that should be a number; None where no number that `is_right` can have been meant."""
    narrow = normalize("NFKC", written).translate(_MINUS)
    wide = _WIDE.search(written)
    found = [f"“{wide[0]}”不是英文的数字或符号"] if wide else []
    if wide and is_right(narrow):
        return Misread(found[0], narrow, is_certain=True)
    for pattern, new, what in _SLIPS:
        seen = pattern.search(narrow)
        if seen:
            narrow = pattern.sub(new, narrow)
            found.append(what.format(seen[0].strip()))
    if not found or not _DIGITS.fullmatch(narrow) or not is_right(narrow):
        return None
    what = "，".join(found)
    return Misread(what, narrow, is_certain=False, says_all="单位" not in what)
