"""The factual cells of the self-evaluation reports: 预算执行情况, 指标完成情况, scores and grade."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from tools.published.sheets import COMPARED, DIMENSIONS
from tools.published.tables import CUT
from tools.published.text import Cell, Line, plain

EXECUTION = ("目标申报", "预算编制", "全年预算数", "全年执行数", "资金结余", "执行率", "得分", "偏差原因")
ASPECTS = (
    *("数量指标", "质量指标", "时效指标", "成本指标", "经济效益", "社会效益", "生态效益", "可持续影响"),
    *("服务对象满意度", "经济效率", "经济效果"),  # the last two as the extraction misread 经济效益
)
SCORES = ("weight", "score")
VALUES = ("target", "actual")
FUNDS = "财政资金"
"""How the label of the row of 财政资金 ends, whose beginning names the level."""

_NAME = re.compile(r"项目名称：(.+)")
RESULT = re.compile(r"预算执行情况得分(\d+)分.*指标完成情况得分(\d+)分.*总得分(\d+)分.*属于[“\"](.)[”\"]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def evaluation_cells(lines: Iterable[Line]) -> Iterator[Cell]:
    """The factual cells of all reports; a report begins with its 项目名称."""
    name = where = ""
    scores: list[Line] = []
    for line in lines:
        text = line.text.strip()
        first = plain(line.filled[0])
        if title := _NAME.fullmatch(text):
            name = title[1]
            yield Cell(line.number, name, "name", "", "项目名称", name)
        elif first in {"资金来源", "一级指标"}:
            where = first
        elif result := RESULT.search(plain(text)):
            yield from _scores(scores, name)
            where, scores = "", []
            for kind, said in zip(("execution", "indicators", "total", "grade"), result.groups(), strict=True):
                yield Cell(line.number, name, kind, "", "", said)
        elif "\t" in line.text and where == "资金来源" and "目标申报" not in first:
            yield from _execution(line, name)
        elif "\t" in line.text and where == "一级指标" and "年初指" not in first:
            scores.append(line)


def _execution(line: Line, name: str) -> Iterator[Cell]:
    """The amounts of a source of funds, or of all together; the source itself unless it is the sum."""
    source = plain(line.cells[0])
    label = FUNDS if source.endswith(FUNDS) else source
    if label == FUNDS:
        yield Cell(line.number, name, "source", "", "", source)
    for side, text in zip(EXECUTION, line.cells[1:], strict=False):
        if text:
            yield Cell(line.number, name, "funds", side, label, text)


class _Row:
    """A row of indicators: its name and its values, either of which the extraction may have put elsewhere."""

    def __init__(self, line: Line) -> None:
        self.line = line.number
        before = takewhile(_is_label, line.filled)
        said = line.filled[len(list(before)) :]
        has_name = bool(said) and not said[0].startswith(COMPARED)
        self.name = said[0] if has_name else ""
        values = said[has_name:]
        if values and plain(values[0]) == plain(self.name):  # a merged cell, printed twice by the extraction
            del values[0]
        numbers = list(takewhile(_NUMBER.fullmatch, reversed(values)))
        self.scores = values[len(VALUES) :][: len(SCORES)]
        self.values = values[: len(VALUES)] if numbers else []


def _scores(lines: Sequence[Line], name: str) -> Iterator[Cell]:
    """The indicators of a report; what stands on displaced rows may belong to any indicator."""
    rows = [row for row in map(_Row, lines) if row.values or len(row.name) > 1]
    displaced = [at for at, row in enumerate(rows) if not (row.name and row.values)]
    first, last = (displaced[0], displaced[-1]) if displaced else (0, -1)
    for at, row in enumerate(rows):
        if row.name:
            yield Cell(row.line, name, "indicator", "", "", row.name)
        label = CUT if first <= at <= last else row.name
        for kind, text in zip((*VALUES, *SCORES), (*row.values, *row.scores), strict=False):
            yield Cell(row.line, name, kind, kind, label, text)


def _is_label(cell: str) -> bool:
    """Whether a cell is a label of a dimension or of an aspect, or a piece of one."""
    return any(plain(cell) in label for label in (*DIMENSIONS, *ASPECTS))
