"""What of a document differs from another: its tables, sentences, goal sheets and reports, and charts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import TypeVar

from msgspec import Struct

from discgen.compare.change import Amounts, Change, Consequences, Mark, mark_of
from discgen.compare.facts import Ids
from discgen.compare.texts import pair_texts, without_number, without_year
from discgen.document import Document
from discgen.explain.places import Shown, places_of_table
from discgen.narrative.blocks import Chart, Heading, Paragraph
from discgen.tables.heads import column_labels
from discgen.tables.table import Table
from discgen.view.evaluations import EvaluationView, evaluations
from discgen.view.goal_sheets import GoalSheetView, goal_sheets
from discgen.view.page import cover_lines
from discgen.view.table import view_table

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_LEAST_ALIKE_SENTENCES = 0.3
"""Sentences of one section that share less are not one sentence changed."""
_ONE_SHEET = "1份"
_NO_BAR = "无"
_Sheet = TypeVar("_Sheet", bound=GoalSheetView | EvaluationView)


def compare_documents(old: Document, new: Document, ids: Ids) -> Consequences:
    """What a reader of the document sees changed. `ids` are the new names of files of projects and the like by their old ones."""
    cells, totals = compare_tables(old, new, ids)
    sheets = [
        *_sheets(_by_file(goal_sheets(old), ids), _by_file(goal_sheets(new), {}), "绩效目标表"),
        *_sheets(_by_file(evaluations(old), ids), _by_file(evaluations(new), {}), "自评报告"),
    ]
    return Consequences(
        tuple(cells), tuple(totals), tuple(_sentences(old, new)), tuple(sheets), tuple(_charts(old, new))
    )


def _sentences(old: Document, new: Document) -> Iterator[Change]:
    """Sentences by their section: those that went or came, and pairs of those that are most alike."""
    before, after = _by_section(old), _by_section(new)
    for key in before | after:
        section = (after.get(key) or before[key]).heading
        gone, come = _unlike(*(sections[key].sentences if key in sections else {} for sections in (before, after)))
        pairs = [(gone[left], come[right]) for left, right in pair_texts(gone, come, _LEAST_ALIKE_SENTENCES)]
        for left, right in pairs:
            yield Change(section, "", left, right, Mark.CHANGED, is_text=True)
        for left in (Counter(gone) - Counter(left for left, _ in pairs)).elements():
            yield Change(section, "", left, "", Mark.REMOVED, is_text=True)
        for right in (Counter(come) - Counter(right for _, right in pairs)).elements():
            yield Change(section, "", "", right, Mark.ADDED, is_text=True)


class _Section(Struct, frozen=True):
    """A heading as it is printed, and the sentences under it, by what they are without number and year."""

    heading: str
    sentences: dict[str, list[str]]


def _by_section(document: Document) -> dict[tuple[str, int], _Section]:
    """The sections by their headings without number, and by their rank where several have the same; the cover is the first."""
    year = document.disclosure.year
    section = _Section("封面", defaultdict(list))
    sections = {("封面", 1): section}
    for line in cover_lines(document):
        section.sentences[without_year(line.text, year)].append(line.text)
    seen: Counter[str] = Counter()
    for block in document.text.blocks:
        if isinstance(block, Heading):
            heading = without_year(block.text, year)
            key = without_number(heading)
            seen[key] += 1
            section = sections[key, seen[key]] = _Section(heading, defaultdict(list))
        elif isinstance(block, Paragraph):
            for sentence in _SENTENCE.findall(block.text):
                section.sentences[without_year(without_number(sentence), year)].append(sentence)
    return sections


def _unlike(before: Mapping[str, list[str]], after: Mapping[str, list[str]]) -> tuple[list[str], list[str]]:
    """The sentences that are there more often before than after, and the other way round."""
    gone = [sentence for key, same in before.items() for sentence in same[len(after.get(key, ())) :]]
    come = [sentence for key, same in after.items() for sentence in same[len(before.get(key, ())) :]]
    return gone, come


def _by_file(sheets: Iterable[_Sheet], ids: Ids) -> dict[tuple[str, str], _Sheet]:
    """Sheets or reports by the folder and the name of their file, the new name where it has been renamed."""
    paths = ((PurePosixPath(sheet.place.file), sheet) for sheet in sheets)
    return {(path.parent.name, ids.get((path.parent.name, path.stem), path.stem)): sheet for path, sheet in paths}


def _sheets(
    before: Mapping[tuple[str, str], _Sheet], after: Mapping[tuple[str, str], _Sheet], noun: str
) -> Iterator[Change]:
    """The sheets that went or came, and those of which a part differs."""
    for key in {**before, **after}:
        left, right = before.get(key), after.get(key)
        page = right or left
        assert page is not None
        if left is None or right is None:
            yield Change(noun, page.name, _ONE_SHEET if left else "", _ONE_SHEET if right else "", mark_of(left, right))
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
"""The parts of sheets and reports that are named where they differ, by their fields; the year and the labels are the form's."""


def _part(page: GoalSheetView | EvaluationView, name: str) -> object:
    """A part of a page; rows as their texts, whatever their order. None for what such a page does not have."""
    value = getattr(page, name, None)
    if name == "indicators":
        return _rows(value, "sides")
    return _rows(value, "cells") if name == "scores" else value


def _rows(rows: object, cells: str) -> object:
    if not isinstance(rows, tuple):
        return None
    return sorted((row.dimension, row.aspect, getattr(row, cells)) for row in rows)


def _charts(old: Document, new: Document) -> Iterator[Change]:
    """Charts that went or came, and those with bars of another length: each with the bars that differ.

    Of documents of two years last year's bars are left out: they show what the older one shows.
    """
    with_last_year = old.disclosure.year == new.disclosure.year
    before, after = _bars_by_title(old, with_last_year), _bars_by_title(new, with_last_year)
    for title in [*before, *(title for title in after if title not in before)]:
        left, right = before.get(title, []), after.get(title, [])
        if left != right:
            gone, come = (
                "、".join(bar for bar in bars if bar not in others) for bars, others in ((left, right), (right, left))
            )
            if left and right:
                yield Change("图", title, gone or _NO_BAR, come or _NO_BAR, Mark.CHANGED)
            else:
                yield Change("图", title, gone, come, mark_of(left, right))


def _bars_by_title(document: Document, with_last_year: bool) -> dict[str, list[str]]:  # noqa: FBT001
    style = document.form.numbers["text"]
    charts = (block for block in document.text.blocks if isinstance(block, Chart))
    return {
        without_year(chart.title, document.disclosure.year): [
            f"{part.title}{style.show(part.value)}{style.unit}"
            for part in chart.parts
            if part.value is not None and (with_last_year or not part.is_last_year)
        ]
        for chart in charts
    }


_PROJECT_ROWS = "project"
"""How the ids of rows begin that are projects; behind the colon is the name of the project's file."""
_Row = tuple[str, str, int]
"""A row's id, a column, and which of the rows of that id: a row may be printed twice."""


def compare_tables(old: Document, new: Document, ids: Ids) -> tuple[list[Change], list[Change]]:
    """Cells, then totals, that a reader sees otherwise. Words count where the form is the same: another has others."""
    cells: list[Change] = []
    totals: list[Change] = []
    before, after = ({table.id: table for table in document.tables} for document in (old, new))
    for key in before | after:
        left, right = before.get(key), after.get(key)
        if left and right and old.form.name == new.form.name:
            cells += _compare_words(_words(left, old, ids), _words(right, new, {}), _name(right))
        for change, is_total in _compare_amounts(left, right, ids):
            (totals if is_total else cells).append(change)
    return cells, totals


def _name(table: Table) -> str:
    return f"{table.label or f'表{table.number}'} {table.title}"


def _row_id(row: str, ids: Ids) -> str:
    """The row's id in the new document: a project that has moved to another file is still the same row."""
    maker, colon, name = row.partition(":")
    if not maker.startswith(_PROJECT_ROWS):
        return row
    return f"{maker}{colon}{ids.get(('projects', name), name)}"


def _compare_amounts(old: Table | None, new: Table | None, ids: Ids) -> Iterator[tuple[Change, bool]]:
    """The amounts of a table that are shown otherwise, each with whether it is a total of the table."""
    before, after = _amounts(old, ids), _amounts(new, {})
    table = new or old
    assert table is not None
    for key in before | after:
        left, left_is_total = before.get(key, (None, False))
        right, right_is_total = after.get(key, (None, False))
        place = right or left
        assert place is not None
        if left and right and _looks(left, old) == _looks(right, new):
            continue
        if (left is None or right is None) and place.value == 0:
            continue
        shown_in = new if new and right else old
        assert shown_in is not None
        amounts = Amounts(left.value if left else None, right.value if right else None, shown_in.unit)
        old_text, new_text = (shown.text if shown else "" for shown in (left, right))
        if old and left and old.unit != shown_in.unit:
            old_text += old.unit  # that of the amounts is the new table's
        change = Change(_name(table), place.title, old_text, new_text, mark_of(left, right), amounts)
        yield change, left_is_total or right_is_total


def _looks(shown: Shown, table: Table | None) -> tuple[str, str]:
    """What is read in a cell: another form may write the same amount without separators."""
    return shown.text.replace(",", ""), table.unit if table else ""


def _amounts(table: Table | None, ids: Ids) -> dict[_Row, tuple[Shown, bool]]:
    """The amounts by row and column, each with whether it is a sum that a reader can check."""
    seen: Counter[tuple[str, str]] = Counter()
    amounts: dict[_Row, tuple[Shown, bool]] = {}
    sums = {addition.name for addition in table.sums} if table else set()
    for cell, place in places_of_table(table) if table else ():
        row = _row_id(cell.row, ids)
        seen[row, cell.column] += 1
        amounts[row, cell.column, seen[row, cell.column]] = place, f"{cell.row}/{cell.column}" in sums
    return amounts


def _compare_words(before: Mapping[_Row, str], after: Mapping[_Row, str], topic: str) -> Iterator[Change]:
    """The words that stand at the same place and differ. Of a row that came or went its amounts are compared."""
    for key, right in after.items():
        left = before.get(key)
        if left is not None and left != right:
            yield Change(topic, key[1], left, right, Mark.CHANGED)


def _words(table: Table, document: Document, ids: Ids) -> dict[_Row, str]:
    """What is read over, in the rows of, and under a table, but for its amounts and its own year."""
    view, year = view_table(table, document), document.disclosure.year
    around = {
        "表名": view.title,
        "表头": view.department,
        **{f"第{at}条注": note for at, note in enumerate(view.notes, 1)},
    }
    words = {("", title, 1): without_year(text, year) for title, text in around.items()}
    seen: Counter[tuple[str, str]] = Counter()
    for row, label, text in _texts(table):
        own = _row_id(row, ids)
        seen[own, label] += 1
        words[own, label, seen[own, label]] = without_year(text, year)
    return words


def _texts(table: Table) -> Iterator[tuple[str, str, str]]:
    """The texts of rows with the row's id and the column's label: those to the left of its amounts. 行次 moves on."""
    labels = column_labels(table)
    for row in table.rows:
        held: list[tuple[str, str]] = []
        for at, (cell, column) in enumerate(zip(row.cells, table.columns, strict=False)):
            if cell.answer is not None:
                yield from ((cell.row, label, text) for label, text in held)
                held = []
            elif cell.text and column.show != "line_number":
                held.append((labels[at], cell.text))
