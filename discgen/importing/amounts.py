"""Amounts as cells have them, to exact 元."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from discgen.money import AmountError, parse_amount

_NIL = re.compile(r"[-—–－/]*")
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_IN_BRACKETS = re.compile(r"\([0-9,.]+\)")
_LEADING = re.compile(r"^(-?)0+(?=[0-9])")


def read_amount(text: str, unit: str) -> Decimal | None:
    """A cell in 元; None where it is empty or holds the strokes that stand for nothing. Raises AmountError."""
    bare = unicodedata.normalize("NFKC", text).replace(" ", "").replace("￥", "").replace("¥", "")
    bare = bare.replace("−", "-")
    if _NIL.fullmatch(bare):
        return None
    if _THOUSANDS.fullmatch(bare):
        bare = bare.replace(",", "")
    if _IN_BRACKETS.fullmatch(bare):
        raise AmountError("负数写负号，不写括号")
    if "," in bare:
        raise AmountError("千分位的逗号不在每三位一个")
    return parse_amount(_LEADING.sub(r"\1", bare), unit)


def is_number(text: str) -> bool:
    """Whether a cell holds a number, in whatever unit."""
    try:
        return read_amount(text, "万元") is not None
    except AmountError:
        return bool(re.fullmatch(r"-?[0-9][0-9,]*(\.[0-9]+)?", text))
