"""The workspace's tables of codes, `codes/function.csv` and its like: bytes to codes, and a finding for each line that is none.

They are written as those in `schema/codes/` are; `discgen codes import` writes them from a bureau's list.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import partial
from io import StringIO

from msgspec import Struct

from discgen.diagnostics import Diagnostic, Place, did_you_mean, error, warning
from discgen.errors import Refusal
from discgen.load.own_files import CODES, OwnFiles
from discgen.reference.codes import ALWAYS, Classification, OwnCode, known_codes
from discgen.reference.folders import cache_shipped
from discgen.yamltext.text import decode

HEADS = ("code", "name", "first_year", "last_year", "source")
"""The columns of such a table, the first two of which it must have."""
_NEEDED = HEADS[:2]
_CODE = re.compile(r"[0-9]{3}(?:[0-9]{2}){0,2}")
_YEAR = re.compile(r"(?:20[0-9]{2})?")
_NAME = re.compile(r"[^\x00-\x1f]{1,100}")
_TABLES = tuple(f"{of.value}.csv" for of in Classification)
_MOST_KEPT = 8


class OwnCodes(Struct, frozen=True):
    """The codes of a workspace, and what is wrong with its tables."""

    codes: tuple[OwnCode, ...]
    findings: tuple[Diagnostic, ...]


NO_CODES = OwnCodes((), ())


@partial(cache_shipped, most=_MOST_KEPT)
def own_codes(own: OwnFiles) -> OwnCodes:
    """What the tables say."""
    codes: list[OwnCode] = []
    findings = own.unread_of(CODES)
    for path, data in own.files.items():
        folder, _, name = path.partition("/")
        if folder == CODES and name not in _TABLES:
            near = did_you_mean(name, _TABLES, f"能用的有：{'、'.join(_TABLES)}；用不着的移走")
            findings.append(warning("L018", "没有叫这个名称的科目表，没有读入", Place(path), near))
        elif folder == CODES:
            found = list(_read(data, path, Classification(name.removesuffix(".csv"))))
            codes += [code for code in found if isinstance(code, OwnCode)]
            findings += [finding for finding in found if isinstance(finding, Diagnostic)]
    return OwnCodes(tuple(codes), tuple(findings))


def codes_in_order(own: OwnFiles) -> tuple[OwnCode, ...]:
    """The codes of a workspace whose tables are in order. Raises Refusal with the first of what is wrong."""
    codes = own_codes(own)
    for finding in codes.findings:
        raise Refusal(f"先改好{finding.place}：{finding.message}")
    return codes.codes


def codes_there(own: OwnFiles, classification: Classification) -> frozenset[str]:
    """The codes that the workspace or the shipped dictionary has in any year."""
    added = {code.code for code in own_codes(own).codes if code.classification is classification}
    return known_codes(classification) | added


def _read(data: bytes, file: str, classification: Classification) -> Iterator[OwnCode | Diagnostic]:
    text, undecodable = decode(data, file)
    if undecodable:
        yield from undecodable
        return
    reader = csv.DictReader(StringIO(text, newline=""))
    if lacking := [head for head in _NEEDED if head not in (reader.fieldnames or ())]:
        yield _finding(f"第一行没有{'、'.join(lacking)}", Place(file), f"第一行写{','.join(HEADS)}")
        return
    known: dict[str, list[OwnCode]] = {}
    try:
        for row in reader:
            place = Place(file, reader.line_num)
            code = _code(row, classification, place)
            if isinstance(code, OwnCode):
                others = known.setdefault(code.code, [])
                if any(code.first_year <= other.last_year and other.first_year <= code.last_year for other in others):
                    code = _finding(f"{code.code}在同一年里有两行", place, "删去一行，或用first_year、last_year分开")
                else:
                    others.append(code)
            yield code
    except csv.Error as wrong:
        yield _finding(f"这一行读不下去：{wrong}", Place(file, reader.line_num), "核对引号和逗号")


def _code(row: Mapping[str, str | None], classification: Classification, place: Place) -> OwnCode | Diagnostic:
    code, name, first, last = ((row.get(head) or "").strip() for head in HEADS[:4])
    if not _CODE.fullmatch(code):
        return _finding(f"“{code}”不是科目编码", place, "类三位、款五位、项七位数字")
    if not _NAME.fullmatch(name):
        return _finding(f"{code}没有名称，或名称太长", place, "写科目的名称，不超过100个字")
    if not (_YEAR.fullmatch(first) and _YEAR.fullmatch(last)) or (first and last and first > last):
        return _finding(f"{code}的年度{first}至{last}不对", place, "写四位数的年度，不限的空着")
    return OwnCode(classification, code, name, int(first or 0), int(last or ALWAYS))


def _finding(message: str, place: Place, hint: str) -> Diagnostic:
    return error("C003", message, place, hint)
