"""Amounts as cells have them, to exact 元."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from discgen.importing.sheet import Sheet
from discgen.money import YUAN_PER_UNIT, AmountError, parse_amount, round_half_up

_NIL = re.compile(r"[-—–－/]*")
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_IN_BRACKETS = re.compile(r"\([0-9,.]+\)")
_DECIMALS = re.compile(r"-?[0-9]+\.[0-9]+")
_NOISE = Decimal("0.00001")
"""元, a thousandth of a 分. The sum of some thousand amounts up to 10^8元 misses by less, as doubles round each addition;
a decimal that somebody wrote on purpose, a tenth of a 分, is a hundred times as much."""
_NOISE_DIGITS = 12
"""How many significant digits a number has at least that noise has changed; who writes 0.000001 means it."""
_LEADING = re.compile(r"^(-?)0+(?=[0-9])")


def amount_at(sheet: Sheet, row: int, column: int, unit: str) -> Decimal | None:
    """The amount of a cell in 元, as its column's unit and its own format say together; None as in `read_amount`.

    Raises AmountError, whose text follows the name of the cell.
    """
    text, shown = sheet.rows[row][column], sheet.shown.get((row, column))
    if shown and text != "0":
        unit = shown.stored_in(unit)
    try:
        return read_amount(text, unit)
    except AmountError as trouble:
        raise AmountError(f"“{text}”不是金额：{trouble}") from trouble


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
    return parse_amount(_without_noise(_LEADING.sub(r"\1", bare), unit), unit)


def _without_noise(text: str, unit: str) -> str:
    """A number without what only the binary arithmetic of a spreadsheet has added to whole 分."""
    if not _DECIMALS.fullmatch(text) or len(text.lstrip("-0.").replace(".", "")) < _NOISE_DIGITS:
        return text
    yuan = Decimal(text) * YUAN_PER_UNIT[unit]
    exact = round_half_up(yuan, 2)
    return f"{exact / YUAN_PER_UNIT[unit]:f}" if abs(exact - yuan) <= _NOISE else text


def is_number(text: str) -> bool:
    """Whether a cell holds a number, in whatever unit."""
    try:
        return read_amount(text, "万元") is not None
    except AmountError:
        return bool(re.fullmatch(r"-?[0-9][0-9,]*(\.[0-9]+)?", text))
