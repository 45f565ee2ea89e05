"""Read the facts of a published document out of its text, as fixtures for the tests.

Input: the text of a published 部门预算 (tabs separate cells). Output, in the folder named:
    rows.tsv     every row of the budget tables that carries an amount
    cells.tsv    the short factual cells of the goal sheets
    amounts.tsv  every number with 万元 or % in the sentences of 第三部分
Each fact has the line of the text it stands on. Sentences are never written, nor the names
and telephone numbers of staff: of the last row of a sheet only the date is read.

Run:
    python tools/published_facts.py /path/to/000_42e953339da5f97c.txt tests/published/lvliang-xzsp-2023
    python tools/published_facts.py /path/to/004_890d6941a50c7db7.txt tests/published/lvliang-xzsp-2024 \
        departments/lvliang-xzsp/2024 departments/lvliang-xzsp/2023

Amounts of a row keep their column, counted from 0 (`2:3,930.20`): an amount in the wrong
column is a wrong amount. `side` is the column of a goal sheet, 实施期 or 年度; `label` says what
a cell belongs to: a target to its indicator, an amount to its level of funds. A second sheet
of the same name is `name#2`.

Where the extraction cut cells at the page edge, name the folder of our department-year, and
of the year before: an indicator that is the beginning of a name in the other column, or in our
sheet of that project, or in any of last year's, is marked as cut with a final `…`.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, takewhile
from pathlib import Path
from typing import NamedTuple

import yaml

SIDES = ("实施期", "年度")
FUNDS = ("实施期资金总额", "年度资金总额", "中央财政资金", "省级财政资金", "市县（区）财政资金", "单位自筹", "其他资金")
DIMENSIONS = {"绩效指标", "一级指标", "产出指标", "效益指标", "满意度指标"}
ASPECTS = {
    *("二级指标", "数量指标", "质量指标", "时效指标", "成本指标", "经济效益指标", "社会效益指标"),
    *("生态效益指标", "可持续影响指标", "服务对象满意度指标"),
}
HEADS = {"三级指标", "指标值"}
SATISFACTION = "服务对象满意度"
"""How 服务对象满意度指标 begins where it is cut; an indicator may have this name too."""

CUT = "…"
FULL_ROW = 4
"""A row of indicators names one and its target on either side."""

ANNUAL_COLUMN = 5
"""The first column that the annual side may begin at."""

_AMOUNT = re.compile(r"-?[\d,]+\.\d\d")
_NARRATED = re.compile(r"(?P<number>-?\d[\d,]*(?:\.\d+)?)\s*(?P<unit>万元|%)")
_TABLE_TITLE = re.compile(r"\d{4}年[^\t。]*表(（[^\t）]*）)?")
_SECTION_TITLE = re.compile(r"(?P<number>[一二三四五六七八九十]+)、[^。：]+")
_MARKS = re.compile(r"^#+ |\*\*|</?b>")
"""Headings and bold type, as the extraction marks them."""

_MERGED = re.compile(r"(?P<label>\D+) ?(?P<amount>[\d,]+)")
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
    lines = enumerate(text.split("\n"), start=1)
    return [Line(number, _MARKS.sub("", line)) for number, line in lines if line.strip()]


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
    section = said = ""
    for line in lines:
        if "\t" in line.text:
            continue
        heading = _SECTION_TITLE.fullmatch(line.text.strip())
        section = heading["number"] if heading else section
        # A paragraph that a page break cut in two goes on in the next line.
        before = "" if said.endswith(tuple("。：:；;")) else said[-_CONTEXT:]
        said = "" if heading else re.sub(r"\s", "", line.text)
        text = before + said
        for match in _NARRATED.finditer(text):
            if match.end() > len(before):
                context = text[max(0, match.start() - _CONTEXT) : match.start()]
                yield Amount(line.number, section, match["number"], match["unit"], context)


def sheet_cells(lines: Iterable[Line]) -> Iterator[Cell]:
    """The factual cells of all goal sheets; a sheet begins with its 项目名称 and ends with the names of staff."""
    project = ""
    in_indicators = False
    seen: Counter[str] = Counter()
    for line in (line for line in lines if "\t" in line.text):
        first = line.filled[0]
        if first == "项目名称":
            project, in_indicators = numbered(line.filled[1], seen), False
        in_indicators = in_indicators or first == "绩效指标"
        if first.startswith("负责人"):
            yield from _date(line, project)
            project = ""
        elif not project:
            continue
        elif in_indicators:
            yield from _indicators(line, project)
        else:
            yield from _head(line, project)


def numbered(name: str, seen: Counter[str]) -> str:
    """The name, with a number from the second time it is seen."""
    seen[name] += 1
    return name if seen[name] == 1 else f"{name}#{seen[name]}"


def _head(line: Line, project: str) -> Iterator[Cell]:
    """What stands above the indicators; rows of prose give nothing."""
    kinds = {
        "项目名称": "name",
        "主管部门及代码": "unit",
        "实施单位": "unit",
        "项目属性": "attribute",
        "项目期": "period",
        "项目日期": "period",
    }
    filled = line.filled
    if filled[0] in kinds:
        for label, text in zip(filled[::2], filled[1::2], strict=True):
            yield Cell(line.number, project, kinds[label], "", label, text)
    else:
        yield from _funds(line, project)


def _funds(line: Line, project: str) -> Iterator[Cell]:
    filled = [part for cell in line.filled if not cell.startswith("项目资金") for part in _unmerged(cell)]
    sides = iter(SIDES)
    for label, text in pairwise(filled):
        level = _fund_level(label)
        if level and re.fullmatch(r"[\d,]+", text):
            yield Cell(line.number, project, "funds", next(sides), level, text)


def _unmerged(cell: str) -> tuple[str, ...]:
    """Label and amount, which the extraction may put into one cell."""
    merged = _MERGED.fullmatch(cell)
    return (merged["label"], merged["amount"]) if merged and _fund_level(merged["label"]) else (cell,)


def _fund_level(label: str) -> str:
    """The level a label names, which may be cut short or spaced out at the page edge."""
    said = re.sub(r"\s", "", label).translate(str.maketrans("(:", "（：")).replace(")", "）")
    said = said.removeprefix("其中：").rstrip("：")
    return next((level for level in FUNDS if said and level.startswith(said)), "")


def _indicators(line: Line, project: str) -> Iterator[Cell]:
    """An indicator and its target for each side that the row has."""
    named = [cell for before, cell in pairwise(["", *line.filled]) if not _is_label(cell, before)]
    if len(named) > FULL_ROW and named[1] == named[2]:  # a merged cell, printed twice by the extraction
        del named[2]
    sides = SIDES[1:] if len(named) < FULL_ROW and _is_annual(line, named) else SIDES
    pairs = [named[start : start + 2] for start in range(0, len(named), 2)]
    for side, (name, *target) in zip(sides, pairs, strict=len(pairs) == len(SIDES)):
        yield Cell(line.number, project, "indicator", side, "", name)
        for text in target:
            yield Cell(line.number, project, "target", side, name, text)


def _is_label(cell: str, before: str) -> bool:
    cut = cell in {SATISFACTION, SATISFACTION + "指"} and not before.startswith(SATISFACTION)
    return cut or cell in DIMENSIONS | ASPECTS | HEADS


def _is_annual(line: Line, named: list[str]) -> bool:
    """Whether the first side is empty: two aspects are labelled before the indicator, or it stands far right."""
    before = list(takewhile(lambda cell: cell not in named, line.cells))
    return sum(cell in ASPECTS for cell in before) > 1 or (not any(before) and len(before) >= ANNUAL_COLUMN)


def _date(line: Line, project: str) -> Iterator[Cell]:
    """The date of the last row, and nothing else of it."""
    stamp = re.search(r"填报日期[：:]\t+(\d{4})(\d\d)(\d\d)\d{6}\t*$", line.text.rstrip(" "))
    if stamp:
        yield Cell(line.number, project, "date", "", "填报日期", "-".join(stamp.groups()))


def our_names(year: Path) -> dict[str, set[str]]:
    """The names of the indicators in the project files of a department-year, by project."""
    result: dict[str, set[str]] = {}
    seen: Counter[str] = Counter()
    for path in sorted((year / "projects").glob("*.yaml")):
        facts = yaml.safe_load(path.read_text(encoding="utf-8"))
        groups = facts["goal_sheet"]["indicators"].values()
        result[numbered(facts["name"], seen)] = {item["name"] for group in groups for item in group}
    return result


def with_cuts(cells: Sequence[Cell], ours: Mapping[str, set[str]], past: set[str]) -> Iterator[Cell]:
    """The cells, with the names that were cut marked, also where a target names them."""
    columns = defaultdict(set)
    for cell in cells:
        if cell.kind == "indicator":
            columns[cell.project, cell.side].add(cell.text)
    for cell in cells:
        own = ours.get(cell.project, set())
        whole = own | past | columns[cell.project, SIDES[cell.side == SIDES[0]]]
        if cell.kind == "indicator":
            yield cell._replace(text=_with_cut(cell.text, own, whole))
        elif cell.kind == "target":
            yield cell._replace(label=_with_cut(cell.label, own, whole))
        else:
            yield cell


def _with_cut(name: str, own: set[str], whole: set[str]) -> str:
    is_cut = name not in own and any(other != name and other.startswith(name) for other in whole)
    return name + CUT if is_cut else name


def write(path: Path, fields: Sequence[str], facts: Iterable[Sequence[object]]) -> None:
    """Write facts as tab-separated values under a line of field names."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None, lineterminator="\n")
        writer.writerows([fields, *facts])


def main(source: str, folder: str, *years: str) -> None:
    """Write the three files; `years` are the folders of our department-year and of the one before."""
    lines = read_lines(Path(source))
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    narrative = part(lines, "第三部分")
    write(out / "rows.tsv", Row._fields, table_rows(part(lines, "第二部分")))
    ours, *before = [our_names(Path(year)) for year in years] or [{}]
    past = {name for names in before for project in names.values() for name in project}
    cells = list(sheet_cells(narrative))
    write(out / "cells.tsv", Cell._fields, with_cuts(cells, ours, past) if years else cells)
    write(out / "amounts.tsv", Amount._fields, narrated_amounts(narrative))


if __name__ == "__main__":
    main(*sys.argv[1:])
