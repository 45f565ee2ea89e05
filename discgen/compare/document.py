"""What of a document differs from another: cells of tables, sentences, goal sheets and reports, charts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from discgen.compare.change import Amounts, Change, Consequences, Mark, mark_of
from discgen.compare.likeness import likeness, pair_alike
from discgen.explain.places import Shown, places_of_table
from discgen.narrative.blocks import Chart, Heading, Paragraph
from discgen.narrative.evaluations import EvaluationPage
from discgen.narrative.goal_sheets import GoalSheetPage
from discgen.pipeline import Document
from discgen.tables.table import Table

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_LEAST_ALIKE = 0.3
"""Sentences of one section that share less are not one sentence changed."""
_Sheet = TypeVar("_Sheet", bound=GoalSheetPage | EvaluationPage)


def compare_documents(old: Document, new: Document, names: Mapping[str, str]) -> Consequences:
    """What a reader sees otherwise. `names` are the new names of projects by their old ones."""
    cells: list[Change] = []
    totals: list[Change] = []
    before, after = ({table.id: table for table in document.tables} for document in (old, new))
    for key in [*before, *(key for key in after if key not in before)]:
        for change, is_total in _cells(before.get(key), after.get(key)):
            (totals if is_total else cells).append(change)
    sheets = [
        *_sheets(old.text.goal_sheets, new.text.goal_sheets, "绩效目标表", names),
        *_sheets(old.text.evaluations, new.text.evaluations, "自评报告", names),
    ]
    return Consequences(
        tuple(cells), tuple(totals), tuple(_sentences(old, new)), tuple(sheets), tuple(_charts(old, new))
    )


def _cells(old: Table | None, new: Table | None) -> Iterator[tuple[Change, bool]]:
    """The amounts of a table that are shown otherwise, each with whether it is a total of the table."""
    before, after = _amounts(old), _amounts(new)
    table = new or old
    assert table is not None
    whole = {one.name for side in (old, new) if side for one in side.sums}
    for key in [*before, *(key for key in after if key not in before)]:
        left, right = before.get(key), after.get(key)
        place = right or left
        assert place is not None
        if left and right and left.text == right.text:
            continue
        if (left is None or right is None) and place.value == 0:
            continue
        shown_in = new if new and right else old
        assert shown_in is not None
        amounts = Amounts(left.value if left else None, right.value if right else None, shown_in.unit)
        old_text, new_text = (side.text if side else "" for side in (left, right))
        if old and left and old.unit != shown_in.unit:
            old_text += old.unit  # the one of the amounts is the new table's
        change = Change(_name(table), place.title, old_text, new_text, mark_of(left, right), amounts)
        yield change, "/".join(key[:2]) in whole


def _name(table: Table) -> str:
    return f"{table.label or f'表{table.number}'} {table.title}"


def _amounts(table: Table | None) -> dict[tuple[str, str, int], Shown]:
    """The amounts by row and column; by their count where a row is printed twice."""
    seen: Counter[tuple[str, str]] = Counter()
    found: dict[tuple[str, str, int], Shown] = {}
    for cell, place in places_of_table(table) if table else ():
        seen[cell.row, cell.column] += 1
        found[cell.row, cell.column, seen[cell.row, cell.column]] = place
    return found


def _sentences(old: Document, new: Document) -> Iterator[Change]:
    """Sentences by their section: those of one side only, the most alike of both sides beside each other."""
    before, after = _by_section(old), _by_section(new)
    for section in [*before, *(section for section in after if section not in before)]:
        gone, come = _unlike(before.get(section, {}), after.get(section, {}))
        pairs = pair_alike(gone, come, likeness, _LEAST_ALIKE)
        for left, right in pairs:
            yield Change(section, "", left, right, Mark.CHANGED, is_text=True)
        for left in (Counter(gone) - Counter(left for left, _ in pairs)).elements():
            yield Change(section, "", left, "", Mark.REMOVED, is_text=True)
        for right in (Counter(come) - Counter(right for _, right in pairs)).elements():
            yield Change(section, "", "", right, Mark.ADDED, is_text=True)


def _by_section(document: Document) -> dict[str, dict[str, list[str]]]:
    """The sentences under each heading, by what they are without the year."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    section = ""
    for block in document.text.blocks:
        if isinstance(block, Heading):
            section = _without_year(block.text, document)
        elif isinstance(block, Paragraph):
            for sentence in _SENTENCE.findall(block.text):
                found[section][_without_year(sentence, document)].append(sentence)
    return found


def _without_year(text: str, document: Document) -> str:
    """The text with its years told from the document's own: what only a new year changes is no change."""
    year = document.disclosure.year
    return text.replace(str(year), "本年").replace(str(year - 1), "上年")


def _unlike(before: Mapping[str, list[str]], after: Mapping[str, list[str]]) -> tuple[list[str], list[str]]:
    """The sentences that one side has more often than the other."""
    gone = [one for key, said in before.items() for one in said[len(after.get(key, ())) :]]
    come = [one for key, said in after.items() for one in said[len(before.get(key, ())) :]]
    return gone, come


def _sheets(old: Sequence[_Sheet], new: Sequence[_Sheet], noun: str, names: Mapping[str, str]) -> Iterator[Change]:
    """The sheets that are on one side only, and those of which a part differs."""
    before = _numbered([names.get(page.name, page.name) for page in old], old)
    after = _numbered([page.name for page in new], new)
    for key in [*before, *(key for key in after if key not in before)]:
        left, right = before.get(key), after.get(key)
        if left is None or right is None:
            yield Change(noun, key[0], "有" if left else "", "有" if right else "", mark_of(left, right))
        elif parts := [title for name, title in _PARTS.items() if _part(left, name) != _part(right, name)]:
            yield Change(noun, key[0], "", "、".join(dict.fromkeys(parts)), Mark.CHANGED)


def _numbered(names: Sequence[str], pages: Sequence[_Sheet]) -> dict[tuple[str, int], _Sheet]:
    seen: Counter[str] = Counter()
    found = {}
    for name, page in zip(names, pages, strict=True):
        seen[name] += 1
        found[name, seen[name]] = page
    return found


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
            yield Change("图", title, gone, come, mark_of(left, right))


def _by_title(document: Document) -> dict[str, list[str]]:
    style = document.form.numbers["text"]
    charts = (block for block in document.text.blocks if isinstance(block, Chart))
    return {
        _without_year(chart.title, document): [
            f"{part.title}{style.show(part.value)}{style.unit}" for part in chart.parts if part.value is not None
        ]
        for chart in charts
    }
