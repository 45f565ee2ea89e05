"""What of a document differs from another: its tables, sentences, goal sheets and reports, charts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeVar

from discgen.compare.change import Change, Consequences, Mark, mark_of
from discgen.compare.likeness import pair_texts
from discgen.compare.projects import Ids
from discgen.compare.tables import compare_tables
from discgen.compare.words import without_number, without_year
from discgen.document import Document
from discgen.narrative.blocks import Chart, Heading, Paragraph
from discgen.narrative.evaluations import EvaluationPage
from discgen.narrative.goal_sheets import GoalSheetPage
from discgen.view.page import cover_lines

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_LEAST_ALIKE = 0.3
"""Sentences of one section that share less are not one sentence changed."""
_ONE = "1份"
_NO_BAR = "无"
_Sheet = TypeVar("_Sheet", bound=GoalSheetPage | EvaluationPage)


def compare_documents(old: Document, new: Document, ids: Ids) -> Consequences:
    """What a reader sees otherwise. `ids` are the new names of files of projects and the like by their old ones."""
    cells, totals = compare_tables(old, new, ids)
    sheets = [
        *_sheets(_goal_sheets(old, ids), _goal_sheets(new, {}), "绩效目标表"),
        *_sheets(_evaluations(old, ids), _evaluations(new, {}), "自评报告"),
    ]
    return Consequences(
        tuple(cells), tuple(totals), tuple(_sentences(old, new)), tuple(sheets), tuple(_charts(old, new))
    )


def _sentences(old: Document, new: Document) -> Iterator[Change]:
    """Sentences by their section: those of one side only, the most alike of both sides beside each other."""
    before, after = _by_section(old), _by_section(new)
    for key in before | after:
        section = (after.get(key) or before[key]).heading
        gone, come = _unlike(*(side[key].sentences if key in side else {} for side in (before, after)))
        pairs = [(gone[left], come[right]) for left, right in pair_texts(gone, come, _LEAST_ALIKE)]
        for left, right in pairs:
            yield Change(section, "", left, right, Mark.CHANGED, is_text=True)
        for left in (Counter(gone) - Counter(left for left, _ in pairs)).elements():
            yield Change(section, "", left, "", Mark.REMOVED, is_text=True)
        for right in (Counter(come) - Counter(right for _, right in pairs)).elements():
            yield Change(section, "", "", right, Mark.ADDED, is_text=True)


@dataclass(frozen=True, slots=True)
class _Section:
    """A heading as it is printed, and the sentences under it, by what they are without number and year."""

    heading: str
    sentences: dict[str, list[str]]


def _by_section(document: Document) -> dict[tuple[str, int], _Section]:
    """The sections by their headings without number, and by their rank where one heads more; the cover is the first."""
    year = document.disclosure.year
    section = _Section("封面", defaultdict(list))
    found = {("封面", 1): section}
    for line in cover_lines(document):
        section.sentences[without_year(line.text, year)].append(line.text)
    seen: Counter[str] = Counter()
    for block in document.text.blocks:
        if isinstance(block, Heading):
            heading = without_year(block.text, year)
            key = without_number(heading)
            seen[key] += 1
            section = found[key, seen[key]] = _Section(heading, defaultdict(list))
        elif isinstance(block, Paragraph):
            for sentence in _SENTENCE.findall(block.text):
                section.sentences[without_year(without_number(sentence), year)].append(sentence)
    return found


def _unlike(before: Mapping[str, list[str]], after: Mapping[str, list[str]]) -> tuple[list[str], list[str]]:
    """The sentences that one side has more often than the other."""
    gone = [one for key, said in before.items() for one in said[len(after.get(key, ())) :]]
    come = [one for key, said in after.items() for one in said[len(before.get(key, ())) :]]
    return gone, come


def _goal_sheets(document: Document, ids: Ids) -> dict[tuple[str, str], GoalSheetPage]:
    """The pages by the folder and the name of their file."""
    paths = ((PurePosixPath(page.place.file), page) for page in document.text.goal_sheets)
    return {(path.parent.name, ids.get((path.parent.name, path.stem), path.stem)): page for path, page in paths}


def _evaluations(document: Document, ids: Ids) -> dict[tuple[str, str], EvaluationPage]:
    """The reports by the folder and the name of their file. A form without reports has none, whatever files there are."""
    named = zip((one.id for one in document.disclosure.evaluations), document.text.evaluations, strict=False)
    return {("evaluations", ids.get(("evaluations", name), name)): page for name, page in named}


def _sheets(
    before: Mapping[tuple[str, str], _Sheet], after: Mapping[tuple[str, str], _Sheet], noun: str
) -> Iterator[Change]:
    """The sheets that are on one side only, and those of which a part differs."""
    for key in {**before, **after}:
        left, right = before.get(key), after.get(key)
        page = right or left
        assert page is not None
        if left is None or right is None:
            yield Change(noun, page.name, _ONE if left else "", _ONE if right else "", mark_of(left, right))
        elif parts := [title for name, title in _PARTS.items() if _part(left, name) != _part(right, name)]:
            yield Change(noun, f"{page.name}的{'、'.join(dict.fromkeys(parts))}", "", "", Mark.CHANGED)


_PARTS = {
    "name": "名称",
    "department": "主管部门",
    "unit": "单位",
    "attribute": "项目属性",
    "period": "项目期",
    "totals": "资金",
    "funds": "资金",
    "prose": "文字",
    "goals": "目标",
    "indicators": "指标",
    "filled_on": "填报日期",
    "background": "文字",
    "plan": "文字",
    "spending": "预算执行",
    "scores": "指标完成情况",
    "conclusion": "结论",
    "results": "分析",
    "closing": "文字",
}
"""The parts of sheets and reports that are told apart, by their fields; the year and the labels are the form's."""


def _part(page: GoalSheetPage | EvaluationPage, name: str) -> object:
    """A part of a page; rows as what they say, whatever their order. None for what such a page does not have."""
    value = getattr(page, name, None)
    if name == "indicators":
        return _rows(value, "sides")
    return _rows(value, "cells") if name == "scores" else value


def _rows(rows: object, cells: str) -> object:
    if not isinstance(rows, tuple):
        return None
    said, dimension, aspect = [], "", ""
    for row in rows:
        dimension, aspect = row.dimension or dimension, row.aspect or aspect
        said.append((dimension, aspect, getattr(row, cells)))
    return sorted(said)


def _charts(old: Document, new: Document) -> Iterator[Change]:
    """Charts on one side only, and those with bars of another length: each with the bars that differ."""
    before, after = _by_title(old), _by_title(new)
    for title in [*before, *(title for title in after if title not in before)]:
        left, right = before.get(title, []), after.get(title, [])
        if left != right:
            gone, come = (
                "、".join(bar for bar in one if bar not in other) for one, other in ((left, right), (right, left))
            )
            if left and right:
                yield Change("图", title, gone or _NO_BAR, come or _NO_BAR, Mark.CHANGED)
            else:
                yield Change("图", title, gone, come, mark_of(left, right))


def _by_title(document: Document) -> dict[str, list[str]]:
    style = document.form.numbers["text"]
    charts = (block for block in document.text.blocks if isinstance(block, Chart))
    return {
        without_year(chart.title, document.disclosure.year): [
            f"{part.title}{style.show(part.value)}{style.unit}" for part in chart.parts if part.value is not None
        ]
        for chart in charts
    }
