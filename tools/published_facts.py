"""Read the facts of a published document out of its text, as fixtures for the tests.

Input: the text of a published 部门预算 or 部门决算 (tabs separate cells). Output, in the folder named:
    rows.tsv     every row of the tables that carries a figure
    cells.tsv    the short factual cells of the goal sheets, or of the self-evaluation reports
    amounts.tsv  every number with 万元 or % in the sentences of 第三部分
    prose.tsv    every other number, date and 文号 in sentences, those of the sheets and reports included,
                 and the titles of documents that the sheets and reports name
The name of the folder ends in the year. Each fact has the line of the text it stands on, in prose
the first of its sheet. Sentences are never written, nor the names
and telephone numbers of staff: of the last row of a sheet only the date is read.

Run in the folder above `tools/`, with the text, the folder of the fixtures, and where the extraction
cut cells at the page edge, the folder of our department-year and of the year before:
    python -m tools.published_facts 000_42e953339da5f97c.txt tests/published/lvliang-xzsp-2023
    python -m tools.published_facts 004_890d6941a50c7db7.txt tests/published/lvliang-xzsp-2024 \
        departments/lvliang-xzsp/2024 departments/lvliang-xzsp/2023
    python -m tools.published_facts 001_d8c48317b61f5f39.txt tests/published/xinzhou-xzsp-2022
    python -m tools.published_facts 002_4e01ce28b13e0aa4.txt tests/published/xiaoyi-xzsp-2024 \
        departments/xiaoyi-xzsp/2024
    python -m tools.published_facts 003_4cf549d8e949f1ac.txt tests/published/shanxi-zgq-xzsp-2025 \
        departments/shanxi-zgq-xzsp/2025

Figures of a row keep their column, counted from 0 (`2:3,930.20`): an amount in the wrong
column is a wrong amount. `side` is the column of a goal sheet, 实施期 or 年度, or of a report; `label`
says what a cell belongs to: a target to its indicator, an amount to its level of funds. A second
sheet of the same name is `name#2`. What was cut ends with `…`: a figure that another of its row
continues, a text that is the beginning of one in the other column, or in our sheet of that project,
or in any of last year's. A label that is `…` and no more may be any: its row was displaced.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tools.published.cuts import our_texts, with_cuts
from tools.published.evaluations import evaluation_cells
from tools.published.prose import Stated, narrative_prose, report_prose, sheet_prose
from tools.published.sheets import sheet_cells
from tools.published.tables import Amount, Row, narrated_amounts, table_rows
from tools.published.text import Cell, part, read_lines, write


def main(source: str, folder: str, *years: str) -> None:
    """Write the four files; `years` are the folders of our department-year and of the one before."""
    lines = read_lines(Path(source))
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    narrative, reports = part(lines, "第三部分"), part(lines, "第五部分")
    write(out / "rows.tsv", Row._fields, table_rows(part(lines, "第二部分")))
    cells = [*sheet_cells(narrative), *evaluation_cells(reports)]
    ours, *before = [our_texts(Path(year)) for year in years] or [{}]
    past = {text for texts in before for project in texts.values() for text in project}
    write(out / "cells.tsv", Cell._fields, with_cuts(cells, ours, past) if years else cells)
    write(out / "amounts.tsv", Amount._fields, narrated_amounts(narrative))
    text = [line for number in "一二三四" for line in part(lines, f"第{number}部分")]
    year = int(out.name[-4:])
    prose = (*narrative_prose(text, year), *sheet_prose(narrative, year), *report_prose(reports, year))
    first = {(it.place, it.fact): it for it in reversed(prose)}
    write(out / "prose.tsv", Stated._fields, sorted(first.values()))


if __name__ == "__main__":
    main(*sys.argv[1:])
