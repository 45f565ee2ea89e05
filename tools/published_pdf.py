"""Read the facts of a published document out of its PDF, as fixtures for the tests: those of `published_facts.py`.

For a PDF whose tables are drawn with lines, so that pdfplumber finds their cells, and that either has 第一 to 第四部分, the
tables being the second, or the parts of a budget of Shanghai, 主要职能 to 项目经费情况说明. Lines are those of `pdftotext -layout`; sentences are read by `pdftotext -raw`, which keeps their
order. Of the tables every row below the heads is written, those without an amount too. `cells.tsv` is not written: such
a document has no sheets.

Run in the folder above `tools/`, with the PDF and the folder of the fixtures:
    python -m tools.published_pdf putuo-caizheng-2024-accounts.pdf tests/published/putuo-caizheng-2024
    python -m tools.published_pdf shanghai-caizheng-2025-budget.pdf tests/published/shanghai-caizheng-2025
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import pdfplumber

from tools.published.prose import Stated, narrative_prose
from tools.published.tables import Amount, Row, figures, narrated_amounts
from tools.published.text import Line, part, plain, write

T = TypeVar("T")
_TABLES = re.compile("第二部分|财务收支预算总表")
"""What the first page with tables says."""
_SHEET = "绩效目标填报表"
"""What a goal sheet is called: its cells hold prose."""
_TABLE_TITLE = re.compile(r"\S+(?:决算|预算)\S*表")
_BUDGET_PARTS = re.compile(
    r"(?P<told>.{0,30}(?:主要职能|机构设置)|名词解释)|(?P<projects>项目经费情况说明)|(?P<compilation>(?:\d{4}年)?(?:部门|单位)预算编制说明)"
    r"|(?P<situation>其他相关情况说明)|(?P<tables>\d{4}年\S*预算\S*表)"
)
"""The headings of the parts of a budget of Shanghai; in the contents they are numbered."""
_HEADS = re.compile(
    "项目|本年收入|财政拨款收入|收入|人员经费|(支出|部门预算)?(功能分类|经济分类)?(科目编码)?|类|小计|合计"
    r"|财政拨款“三公”经费|(\d{4}年)?“三公”经费预算数|预算数"
)
"""What a row of heads says in its first cell that is filled."""
_RANKS = ["类", "款", "项"]
"""Heads that stand beside 合计 in its row."""
_PARAGRAPH_ENDS = re.compile(r"[。：；]$")
_HEADING = re.compile(r"(?:第[一二三四]部分|[一二三四五六七八九十]+、[^。：]{2,30}$|（[一二三]）[^。：]{2,30}$)")


def main(source: str, folder: str) -> None:
    """Write the three files."""
    layout, raw = (_text(source, way) for way in ("-layout", "-raw"))
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    write(out / "rows.tsv", Row._fields, _rows(source, layout))
    text = [
        Line(number, line) for number, line in enumerate(raw.replace("\f", "").split("\n"), start=1) if line.strip()
    ]
    parts = _budget_parts(text) if not part(text, "第二部分") else {}
    narrated = list(narrated_amounts(_paragraphs(parts.get("situation", part(text, "第三部分")))))
    compiled = narrated_amounts(_paragraphs(parts.get("compilation", ())))
    narrated[:0] = [fact._replace(section="编制说明") for fact in compiled]
    amounts = _on_lines([(fact.number + fact.unit, fact) for fact in narrated], layout)
    write(out / "amounts.tsv", Amount._fields, [fact._replace(line=line) for line, fact in amounts])
    told = [parts.get(name, []) for name in ("told", "compilation", "situation", "projects")]
    told += [part(text, name) for name in ("第一部分", "第三部分", "第四部分")]
    said = [line for lines in told for line in _paragraphs(lines)]
    prose = list(narrative_prose(said, int(out.name[-4:])))
    stated = _on_lines([(fact.fact, fact) for fact in prose], layout)
    first = {(fact.place, fact.fact): fact._replace(line=line) for line, fact in reversed(stated)}
    write(out / "prose.tsv", Stated._fields, sorted(first.values()))


def _budget_parts(text: Sequence[Line]) -> dict[str, list[Line]]:
    """The lines below the headings of a budget of Shanghai, by the names of `_BUDGET_PARTS`."""
    parts: dict[str, list[Line]] = {}
    name = ""
    for line in text:
        if _SHEET in line.text:
            break
        if heading := _BUDGET_PARTS.fullmatch(re.sub(r"\s", "", line.text)):
            name = str(heading.lastgroup)
        elif name:
            parts.setdefault(name, []).append(line)
    return parts


def _text(source: str, way: str) -> str:
    return subprocess.run(["pdftotext", way, source, "-"], check=True, capture_output=True, text=True).stdout


def _paragraphs(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines of the page put together to paragraphs."""
    begun = ""
    for line in lines:
        text = re.sub(r"\s", "", line.text)
        if begun and _HEADING.match(text):
            yield Line(line.number, begun)
            begun = ""
        begun += text
        if _HEADING.match(begun) or _PARAGRAPH_ENDS.search(begun):
            yield Line(line.number, begun)
            begun = ""
    if begun:
        yield Line(lines[-1].number, begun)


def _rows(source: str, layout: str) -> Iterator[Row]:
    """The rows of the tables; a table begins on the page that has another title over it."""
    pages = layout.split("\f")
    starts = [sum(page.count("\n") for page in pages[:number]) for number in range(len(pages))]
    number, title, begun = 0, "", False
    with pdfplumber.open(source) as pdf:
        for page, text, start in zip(pdf.pages, pages, starts, strict=False):
            if _SHEET in plain(text):
                return
            begun |= bool(_TABLES.search(plain(text)) and "目录" not in plain(text) and page.find_tables())
            for table in page.find_tables() if begun else ():
                titled = _TABLE_TITLE.findall(page.crop((0, 0, page.width, max(table.bbox[1], 1))).extract_text())
                if titled and titled[-1] != title:
                    number, title = number + 1, titled[-1]
                cells = [[plain(cell) for cell in row] for row in table.extract()]
                yield from _below_heads(cells, number, text.split("\n"), start)


def _below_heads(rows: Sequence[Sequence[str]], table: int, lines: Sequence[str], start: int) -> Iterator[Row]:
    at = 0
    for written in rows:
        row = written if list(written[:3]) != _RANKS else ["", "", "", *written[3:]]
        found = figures(row)
        names = [cell for column, cell in enumerate(row) if cell and column not in found]
        if not any(row) or (names and not found and _HEADS.fullmatch(names[0])):
            continue
        below = range(at, len(lines))
        whole = (line for line in below if all(cell in plain(lines[line]) for cell in row))
        at = next(whole, next((line for line in below if _names(lines[line], row)), at))
        yield Row(
            start + at + 1, table, "|".join(names), " ".join(f"{column}:{cell}" for column, cell in found.items())
        )


def _names(line: str, row: Sequence[str]) -> bool:
    """Whether a line of the page has the beginning of the longest name of a row."""
    return max(row, key=len)[:8] in plain(line)


def _on_lines(facts: Sequence[tuple[str, T]], layout: str) -> list[tuple[int, T]]:
    """The facts with the line of the page each stands on, found in their order."""
    written = [plain(line) for line in layout.split("\n")]
    lines = [
        line + after[:2] for line, after in zip(written, [*written[1:], ""], strict=True)
    ]  # 万元 may be cut in two
    at = max((number for number, line in enumerate(lines) if line.startswith("第三部分")), default=0)
    used: set[tuple[int, int]] = set()
    result = []
    for words, fact in facts:
        sought = re.compile(rf"(?<![\d.,]){re.escape(plain(words))}")
        places = (
            (number, match.start())
            for number in range(max(at - 3, 0), len(lines))
            for match in sought.finditer(lines[number])
        )
        place = next((place for place in places if place not in used), (at, 0))
        used.add(place)
        at = place[0]
        result.append((at + 1, fact))
    return result


if __name__ == "__main__":
    main(*sys.argv[1:])
