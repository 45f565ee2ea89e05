"""Read the facts of a published document out of its text, as fixtures for the tests.

Input: the text of a published 部门预算 (tabs separate cells). Output, in the folder named:
    rows.tsv     every row of the budget tables that carries an amount
    cells.tsv    the short factual cells of the goal sheets
    amounts.tsv  every number with 万元 or % in the sentences of 第三部分
Each fact has the line of the text it stands on. Sentences are never written, nor the names
and telephone numbers of staff: of the last row of a sheet only the date is read.

Run:
    python tools/published_facts.py /path/to/000_42e953339da5f97c.txt tests/published/lvliang-xzsp-2023

Amounts of a row keep their column, counted from 0 (`2:3,930.20`): an amount in the wrong
column is a wrong amount. `side` is the column of a goal sheet, 实施期 or 年度; `label` says what
a cell belongs to: a target to its indicator, an amount to its level of funds.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, takewhile
from pathlib import Path
from typing import NamedTuple

SIDES = ("实施期", "年度")
FUNDS = ("实施期资金总额", "年度资金总额", "中央财政资金", "省级财政资金", "市县（区）财政资金", "单位自筹", "其他资金")
DIMENSIONS = {"绩效指标", "一级指标", "产出指标", "效益指标", "满意度指标"}
ASPECTS = {
    *("二级指标", "数量指标", "质量指标", "时效指标", "成本指标", "经济效益指标", "社会效益指标"),
    *("生态效益指标", "可持续影响指标", "服务对象满意度指标"),
}
HEADS = {"三级指标", "指标值"}
FULL_ROW = 4
"""A row of indicators names one and its target on either side."""

_AMOUNT = re.compile(r"-?[\d,]+\.\d\d")
_NARRATED = re.compile(r"(?P<number>-?\d[\d,]*(?:\.\d+)?)\s*(?P<unit>万元|%)")
_TABLE_TITLE = re.compile(r"\d{4}年[^\t。]*表(（[^\t）]*）)?")
_SECTION_TITLE = re.compile(r"(?P<number>[一二三四五六七八九十]+)、[^。：]+")
_CONTEXT = 12
"""How many characters before an amount are kept to recognise it by."""


class Line(NamedTuple):
    """A line of the text, with its number counted from 1."""

    number: int
    text: str

    @property
    def cells(self) -> list[str]:
        """The cells of a row, trimmed."""
        return [cell.strip() for cell in self.text.split("\t")]

    @property
    def filled(self) -> list[str]:
        """The cells that say something: of a shifted row the order is right where the columns are not."""
        return [cell for cell in self.cells if cell]


class Row(NamedTuple):
    """A table row that carries amounts."""

    line: int
    table: int
    names: str
    amounts: str


class Cell(NamedTuple):
    """A factual cell of a goal sheet."""

    line: int
    project: str
    kind: str
    side: str
    label: str
    text: str


class Amount(NamedTuple):
    """A number in a sentence, with its section and the few characters before it."""

    line: int
    section: str
    number: str
    unit: str
    context: str


def read_lines(path: Path) -> list[Line]:
    """The lines that are not empty."""
    text = path.read_text(encoding="utf-8")
    return [Line(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]


def part(lines: Sequence[Line], name: str) -> list[Line]:
    """The lines of one part, its heading first; the contents, which names the parts before they come, is no part."""
    starts = {
        line.text.strip()[:4]: index for index, line in enumerate(lines) if re.match(r"第[一二三四]部分", line.text)
    }
    ends = sorted([*starts.values(), len(lines)])
    start = starts[name]
    return list(lines[start : ends[ends.index(start) + 1]])


def table_rows(lines: Iterable[Line]) -> Iterator[Row]:
    """The rows with an amount; a title begins the next table."""
    table = 0
    for line in lines:
        if _TABLE_TITLE.fullmatch(line.text.strip()):
            table += 1
        amounts = [f"{column}:{cell}" for column, cell in enumerate(line.cells) if _AMOUNT.fullmatch(cell)]
        if amounts:
            names = [cell for cell in line.filled if not _AMOUNT.fullmatch(cell)]
            yield Row(line.number, table, "|".join(names), " ".join(amounts))


def narrated_amounts(lines: Iterable[Line]) -> Iterator[Amount]:
    """The amounts of the sentences, by section; rows of goal sheets have tabs and are passed over."""
    section = ""
    for line in lines:
        if "\t" in line.text:
            continue
        heading = _SECTION_TITLE.fullmatch(line.text.strip())
        section = heading["number"] if heading else section
        text = re.sub(r"\s", "", line.text)
        for match in _NARRATED.finditer(text):
            before = text[max(0, match.start() - _CONTEXT) : match.start()]
            yield Amount(line.number, section, match["number"], match["unit"], before)


def sheet_cells(lines: Iterable[Line]) -> Iterator[Cell]:
    """The factual cells of all goal sheets; a sheet begins with its 项目名称."""
    project = ""
    in_indicators = False
    for line in (line for line in lines if "\t" in line.text):
        first = line.filled[0]
        if first == "项目名称":
            project, in_indicators = line.filled[1], False
        in_indicators = in_indicators or first == "绩效指标"
        if first.startswith("负责人"):
            yield from _date(line, project)
        elif in_indicators:
            yield from _indicators(line, project)
        else:
            yield from _head(line, project)


def _head(line: Line, project: str) -> Iterator[Cell]:
    """What stands above the indicators; rows of prose give nothing."""
    kinds = {
        "项目名称": "name",
        "主管部门及代码": "unit",
        "实施单位": "unit",
        "项目属性": "attribute",
        "项目期": "period",
    }
    filled = line.filled
    if filled[0] in kinds:
        for label, text in zip(filled[::2], filled[1::2], strict=True):
            yield Cell(line.number, project, kinds[label], "", label, text)
    else:
        yield from _funds(line, project)


def _funds(line: Line, project: str) -> Iterator[Cell]:
    filled = [cell for cell in line.filled if not cell.startswith("项目资金")]
    sides = iter(SIDES)
    for label, text in pairwise(filled):
        level = _fund_level(label)
        if level and re.fullmatch(r"[\d,]+", text):
            yield Cell(line.number, project, "funds", next(sides), level, text)


def _fund_level(label: str) -> str:
    """The level a label names, which may be cut short or spaced out at the page edge."""
    said = re.sub(r"\s", "", label).translate(str.maketrans("(:", "（：")).replace(")", "）")
    said = said.removeprefix("其中：").rstrip("：")
    return next((level for level in FUNDS if said and level.startswith(said)), "")


def _indicators(line: Line, project: str) -> Iterator[Cell]:
    """An indicator and its target for each side that the row has."""
    named = [cell for cell in line.filled if cell not in DIMENSIONS | ASPECTS | HEADS]
    if len(named) > FULL_ROW and named[1] == named[2]:  # a merged cell, printed twice by the extraction
        del named[2]
    sides = SIDES[1:] if len(named) < FULL_ROW and _aspects_before(line, named) > 1 else SIDES
    pairs = [named[start : start + 2] for start in range(0, len(named), 2)]
    for side, (name, *target) in zip(sides, pairs, strict=len(pairs) == len(SIDES)):
        yield Cell(line.number, project, "indicator", side, "", name)
        for text in target:
            yield Cell(line.number, project, "target", side, name, text)


def _aspects_before(line: Line, named: list[str]) -> int:
    """How many aspects are labelled before the first indicator: two where the first side is empty."""
    before = takewhile(lambda cell: cell not in named, line.filled)
    return sum(cell in ASPECTS for cell in before)


def _date(line: Line, project: str) -> Iterator[Cell]:
    """The date of the last row, and nothing else of it."""
    stamp = re.search(r"填报日期[：:]\t+(\d{4})(\d\d)(\d\d)\d{6}\t*$", line.text.rstrip(" "))
    if stamp:
        yield Cell(line.number, project, "date", "", "填报日期", "-".join(stamp.groups()))


def write(path: Path, fields: Sequence[str], facts: Iterable[Sequence[object]]) -> None:
    """Write facts as tab-separated values under a line of field names."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None, lineterminator="\n")
        writer.writerows([fields, *facts])


def main(source: str, folder: str) -> None:
    """Write the three files."""
    lines = read_lines(Path(source))
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    narrative = part(lines, "第三部分")
    write(out / "rows.tsv", Row._fields, table_rows(part(lines, "第二部分")))
    write(out / "cells.tsv", Cell._fields, sheet_cells(narrative))
    write(out / "amounts.tsv", Amount._fields, narrated_amounts(narrative))


if __name__ == "__main__":
    main(*sys.argv[1:])
