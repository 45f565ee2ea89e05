"""The factual cells of the goal sheets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from tools.published.text import Cell, Line, numbered

SIDES = ("实施期", "年度")
FUNDS = ("实施期资金总额", "年度资金总额", "中央财政资金", "省级财政资金", "市县（区）财政资金", "单位自筹", "其他资金")
KINDS = {
    "项目名称": "name",
    "主管部门及代码": "unit",
    "实施单位": "unit",
    "项目属性": "attribute",
    "项目期": "period",
    "项目日期": "period",
}
DIMENSIONS = {"绩效指标", "一级指标", "产出指标", "效益指标", "满意度指标"}
CUT_DIMENSIONS = {"产出指", "标"}
ASPECTS = {
    *("二级指标", "数量指标", "质量指标", "时效指标", "成本指标", "经济效益指标", "社会效益指标"),
    *("生态效益指标", "可持续影响指标", "服务对象满意度指标"),
}
HEADS = {"三级指标", "指标值"}
SATISFACTION = "服务对象满意度"
"""How 服务对象满意度指标 begins where it is cut; an indicator may have this name too."""

COMPARED = ("=", "≥", "≤", "<", ">")
"""What a target may begin with, and a name does not."""

FULL_ROW = 4
"""A row of indicators names one and its target on either side."""

ANNUAL_COLUMN = 5
"""The first column that the annual side may begin at."""

_MERGED_AMOUNT = re.compile(r"(?P<label>\D+) ?(?P<text>[\d,]+)")
_MERGED_LABEL = re.compile(r"(?P<label>实施单位|项目期) (?P<text>.+)")
_NO_TARGETS = re.compile(r"第[一二三四五]部分|[一二三四五六七八九十]+、")
_DATE = re.compile(r"填报日期[：:]\s*(\d{4})(\d\d)(\d\d)\d{6}\s*$")


def sheet_cells(lines: Sequence[Line]) -> Iterator[Cell]:
    """The factual cells of all goal sheets.

    A sheet begins with its 项目名称 and ends with the names of staff; where they are not printed,
    with the next sheet. A sheet that is named again before it has ended goes on on its next page.
    Where no sheet speaks of the 实施期, all indicators are those of the year.
    """
    sides = SIDES if any(line.filled[0] == "实施期目标" for line in lines) else SIDES[1:]
    name = project = ""
    in_head = in_indicators = False
    seen: Counter[str] = Counter()
    for line in lines:
        first = line.filled[0].replace(" ", "")
        if "\t" not in line.text:
            in_indicators = in_indicators and not _NO_TARGETS.match(first)
            continue
        if first == "项目名称":
            in_head, in_indicators = line.filled[1] != name, False
            name = line.filled[1]
            project = numbered(name, seen) if in_head else project
        elif first in {"绩效指标", "一级指标"} and name:
            in_head, in_indicators = False, True
        if first.startswith("负责人"):
            yield from _date(line, project)
            name = ""
        elif name and in_indicators:
            yield from _indicators(line, project, sides)
        elif name and in_head:
            yield from _head(line, project)


def _head(line: Line, project: str) -> Iterator[Cell]:
    """What stands above the indicators; rows of prose give nothing."""
    filled = [part for cell in line.filled for part in _unmerged(cell)]
    if filled[0] in KINDS:
        for label, text in zip(filled[::2], filled[1::2], strict=True):
            yield Cell(line.number, project, KINDS[label], "", label, text)
    else:
        yield from _funds(line, project, filled)


def _funds(line: Line, project: str, filled: Sequence[str]) -> Iterator[Cell]:
    """The amounts beside the levels that the row names, the first of the whole period, the second of the year."""
    sides = iter(SIDES)
    for label, text in pairwise([*filled, ""]):
        level = _fund_level(label)
        side = next(sides) if level else ""
        if level and re.fullmatch(r"[\d,]+", text):
            yield Cell(line.number, project, "funds", side, level, text)


def _unmerged(cell: str) -> tuple[str, ...]:
    """Label and text, which the extraction may put into one cell."""
    if merged := _MERGED_LABEL.fullmatch(cell):
        return merged["label"], merged["text"]
    merged = _MERGED_AMOUNT.fullmatch(cell)
    return (merged["label"], merged["text"]) if merged and _fund_level(merged["label"]) else (cell,)


def _fund_level(label: str) -> str:
    """The level a label names, which may be cut short or spaced out at the page edge."""
    said = re.sub(r"\s", "", label).translate(str.maketrans("(:", "（：")).replace(")", "）")
    said = said.removeprefix("其中：").rstrip("：")
    return next((level for level in FUNDS if said and level.startswith(said)), "")


def _indicators(line: Line, project: str, sides: Sequence[str]) -> Iterator[Cell]:
    """An indicator and its target for each side that the row has."""
    filled = line.filled
    beside = zip(["", *filled], filled, [*filled[1:], ""], strict=False)
    named = [cell for before, cell, after in beside if not _is_label(cell, before, after)]
    if len(named) > FULL_ROW and named[1] == named[2]:  # a merged cell, printed twice by the extraction
        del named[2]
    shown = sides[-1:] if len(named) < FULL_ROW and _is_annual(line, named) else sides
    pairs = [named[start : start + 2] for start in range(0, len(named), 2)]
    for side, (name, *target) in zip(shown, pairs, strict=len(pairs) == len(sides)):
        yield Cell(line.number, project, "indicator", side, "", name)
        for text in target:
            yield Cell(line.number, project, "target", side, name, text)


def _is_label(cell: str, before: str, after: str) -> bool:
    said = cell.replace(" ", "")
    is_name = before.startswith(SATISFACTION) or after.startswith(COMPARED)
    cut = said in {SATISFACTION, SATISFACTION + "指"} and not is_name
    return cut or said in DIMENSIONS | ASPECTS | HEADS or (not before and said in CUT_DIMENSIONS)


def _is_annual(line: Line, named: list[str]) -> bool:
    """Whether the first side is empty: two aspects are labelled before the indicator, or it stands far right."""
    before = list(takewhile(lambda cell: cell not in named, line.cells))
    return sum(cell in ASPECTS for cell in before) > 1 or (not any(before) and len(before) >= ANNUAL_COLUMN)


def _date(line: Line, project: str) -> Iterator[Cell]:
    """The date of the last row, and nothing else of it."""
    if stamp := _DATE.search(line.text):
        yield Cell(line.number, project, "date", "", "填报日期", "-".join(stamp.groups()))
