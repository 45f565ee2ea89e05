"""The numbers, dates, 文号 and titles of documents that the prose of a published document states, without its sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tools.published.text import Line, numbered, plain

LABELS = ("项目概况", "立项依据", "项目设立必要性", "保证项目实施的制度、措施", "项目实施计划", "总体目标")
"""The rows of a goal sheet that hold prose, as they are labelled."""

TEXT = "正文"
"""The place of what stands outside sheets, reports and tables."""

_ENOUGH = 5
"""How many characters of a label tell it from others where it is cut."""

_NUMBERING = re.compile(r"(?<![\d.])\d{1,2}(?:[、)](?!\d)|\.(?!\d)|\.(?=\d{4}年))|\(\d{1,2}\)")
_SAME = str.maketrans({"【": "〔", "】": "〕", "[": "〔", "]": "〕", "—": "-", "~": "-"})
_UNITS = (
    *("亿元", "万元", "元", "万平方米", "平方米", "万人", "万户", "万卷", "万件", "万", "%", "米", "吨", "度", "兆"),
    *("个工作日", "工作日", "小时", "分钟", "秒", "个月", "天", "周", "年", "月", "日", "岁", "分", "次", "期", "届"),
    *("名", "人", "户", "家", "个", "项", "件", "枚", "套", "台", "辆", "把", "张", "组", "卷", "册", "本", "份", "类"),
    *("种", "场", "间", "层", "级", "星", "餐", "点", "倍", "号令", "号", "条", "科室"),
)
_NUMBER = r"〔\d{4}〕第?\d+号"
_FACT = re.compile(
    rf"[^\W\d]{{0,2}}{_NUMBER}"
    r"|\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}日"
    r"|GB/?T?\d[\d.]*(?:-\d{4})?"
    rf"|\d[\d,.]*(?:[-至]\d[\d,.]*)?[余多]?(?:{'|'.join(sorted(_UNITS, key=len, reverse=True))})"
    r"|\d[\d,.:*]*\d"
)
_TITLE = re.compile(rf"《(?![^\W\d]+{_NUMBER}》)([^《》]+)》")
"""A title, but for a 文号 that was set in its marks."""

_MARKS = re.compile(r"\W")
_OTHERWISE_TOLD = ("万元", "%", "》", *"0123456789")
_HOTLINE = "12345"
"""A number that is a name."""


class Stated(NamedTuple):
    """A number with its unit, a date, a 文号 or a title in prose, with its sheet, report or `TEXT`."""

    line: int
    place: str
    fact: str


def stated(text: str, year: int) -> Iterator[str]:
    """What a text states, in its order, then the titles it names; but for the bare year of the document, which says nothing."""
    said = _NUMBERING.sub("、", plain(text).translate(_SAME)).replace("m2", "平方米").replace(_HOTLINE, "")
    for match in _FACT.finditer(said):
        fact = _normal(match[0])
        if fact != f"{year}年":
            yield fact
    yield from (f"《{_MARKS.sub('', title)}》" for title in _TITLE.findall(said))


def _normal(fact: str) -> str:
    """One way of writing for `1,200.50万`, `1200.5万元` and `1至3月`, `1-3月`."""
    said = re.sub(r"(?<=\d)至", "-", fact.rstrip(",.:").replace(",", ""))
    said = re.sub(r"\.(?!\d)", "", re.sub(r"(\.\d*?)0+(?=\D|$)", r"\1", said))
    return said + "元" if said.endswith("万") else said


def sheet_prose(lines: Iterable[Line], year: int) -> Iterator[Stated]:
    """What the prose of the goal sheets states; each fact of a sheet once."""
    place = name = ""
    seen: Counter[str] = Counter()
    for line in lines:
        first = line.filled[0].replace(" ", "")
        if "\t" not in line.text:
            continue
        if first == "项目名称":
            place = place if line.filled[1] == name else numbered(line.filled[1], seen)
            name = line.filled[1]
        elif first.startswith("负责人"):
            name = ""
        elif name and any(first.startswith(label[:_ENOUGH]) for label in LABELS):
            yield from _once(line, place, " ".join(line.filled[1:]), year)


def report_prose(lines: Iterable[Line], year: int) -> Iterator[Stated]:
    """What the prose of the self-evaluation reports states."""
    name = ""
    for line in lines:
        text = line.text.strip()
        if title := re.fullmatch(r"项目名称：(.+)", text):
            name = title[1]
        elif name and "\t" not in line.text:
            yield from _once(line, name, text, year)


def narrative_prose(lines: Sequence[Line], year: int) -> Iterator[Stated]:
    """What the text of the parts states, but for titles, what has no unit, and amounts, which have a file of their own."""
    for line in lines:
        if "\t" not in line.text:
            yield from (it for it in _once(line, TEXT, line.text, year) if not it.fact.endswith(_OTHERWISE_TOLD))


def _once(line: Line, place: str, text: str, year: int) -> Iterator[Stated]:
    yield from (Stated(line.number, place, fact) for fact in dict.fromkeys(stated(text, year)))
