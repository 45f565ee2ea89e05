"""What a built PDF says, read page by page into the same facts as what was published."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from tests.published_facts import Key, amount_key, cell_key, row_key
from tests.readback import Edition, ReadPage
from tools.published.evaluations import EXECUTION, RESULT, SCORES, VALUES
from tools.published.prose import LABELS, TEXT, stated
from tools.published.sheets import SIDES
from tools.published.tables import figures
from tools.published.text import numbered, plain

NARRATED = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)(万元|%)")
SECTION = re.compile(r"([一二三四五六七八九十]+)、[^。:]+")
NARRATIVE = re.compile(r"第三部分.*|.*(编制说明|其他相关情况说明)")
"""The headings of the parts with the sentences that were published as facts."""

UNNUMBERED = "编制说明"
"""A part that has no numbered sections, and so is one itself."""

REPORT = re.compile(r"项目名称:(.+?)项目单位:")
DATE = re.compile(r"填报日期:(\d+)年(\d+)月(\d+)日")

Entry = tuple[str, str, int, str]
"""Department, code, level and name of an entry of the catalogue; without a name, no level is seen."""


class Printed:
    """The facts of a PDF by place: table numbers, projects with a sheet or report, sections of the third part, `TEXT`."""

    def __init__(self, edition: Edition) -> None:
        self.rows: dict[str, Counter[Key]] = defaultdict(Counter)
        self.cells: dict[str, Counter[Key]] = defaultdict(Counter)
        self.amounts: dict[str, Counter[Key]] = defaultdict(Counter)
        self.prose: dict[str, Counter[Key]] = defaultdict(Counter)
        self.catalogue: list[Entry] = []
        self.text = ""
        self._tables = {plain(title): str(number) for title, number in edition.tables.items()}
        self._parts = {plain(title) for title in edition.parts}
        self._sections: dict[str, str] = defaultdict(str)
        self._reports: dict[str, str] = defaultdict(str)
        self._table = self._section = self._sheet = self._department = self._line = ""
        self._sheets: Counter[str] = Counter()
        for page in edition.pages:
            self._read(page)
        for section, text in self._sections.items():
            self.amounts[section].update(_narrated(text))
        for name, text in self._reports.items():
            self.cells[name].update(_result(text))
        self._read_prose(edition.target.year)

    def _read(self, page: ReadPage) -> None:
        lines = [plain(line.text) for line in page.lines]
        text = "".join(lines)
        self.text += text + "".join(plain(cell) for table in page.tables for row in table for cell in row)
        for line in lines:
            self._follow(line)
        if report := REPORT.search(text):
            self._sheet = numbered(report[1], self._sheets)
            self.cells[self._sheet][cell_key("", "项目名称", report[1])] += 1
        if self._sheet:
            self._reports[self._sheet] += text
        for table in page.tables:
            self._read_table(table)
        if date := DATE.search(text):
            said = f"{date[1]}-{int(date[2]):02}-{int(date[3]):02}"
            self.cells[self._sheet][cell_key("", "填报日期", said)] += 1

    def _read_prose(self, year: int) -> None:
        """What is stated in prose: in text outside tables, in reports, and in the rows of sheets that hold prose."""
        reports = {name: text for name, text in self._reports.items() if RESULT.search(text)}
        texts = {TEXT: "".join(self._sections.values()), **reports}
        labels = {plain(label) for label in LABELS}
        for name, cells in self.cells.items():
            said = [str(text) for _, label, text in cells if label in labels]
            texts[name] = "。".join([texts.get(name, ""), *said])
        for place, text in texts.items():
            self.prose[place].update((fact,) for fact in stated(text, year))

    def _follow(self, line: str) -> None:
        """Keep track of the table or section the lines have come to; the heading of a part may take two of them."""
        part = next((said for said in (line, self._line + line) if said in self._parts), "")
        self._line = line
        if line in self._tables:
            self._table = self._tables[line]
        elif part:
            start = UNNUMBERED if part.endswith(UNNUMBERED) else ""
            self._table, self._section = "", start if NARRATIVE.fullmatch(part) else "outside"
        elif (heading := SECTION.fullmatch(line)) and self._section != "outside":
            self._section = heading[1]
        self._sections[self._section] += line

    def _read_table(self, rows: list[list[str]]) -> None:
        first = rows[0][0]
        if self._table:
            self.rows[self._table].update(_table_rows(rows))
        elif first == "代码":
            self._read_catalogue(rows[1:])
        elif first == "资金来源":
            self.cells[self._sheet].update(_execution(rows))
        elif first == "一级指标":
            self.cells[self._sheet].update(_scores(rows))
        else:
            if first == "项目名称":
                self._sheet = numbered(next(plain(cell) for cell in rows[0][1:] if cell), self._sheets)
            self.cells[self._sheet].update(_sheet_cells(rows))

    def _read_catalogue(self, rows: Iterable[list[str]]) -> None:
        """The entries, each with the department under whose name it stands."""
        for code, *names in rows:
            if not re.fullmatch(r"[A-Z]?\d*", code):
                self._department = code
                continue
            level = next((level for level, name in enumerate(names, start=1) if name), 0)
            self.catalogue.append((self._department, code, level, plain("".join(names))))


def _table_rows(rows: Iterable[Sequence[str]]) -> Iterator[Key]:
    """The rows of a table, those without an amount among them."""
    for row in rows:
        found = figures(row)
        yield row_key([cell for column, cell in enumerate(row) if cell and column not in found], found.items())


def _sheet_cells(rows: Iterable[Sequence[str]]) -> Iterator[Key]:
    """The cells above the indicators beside their labels; then the indicators under their heads."""
    columns: list[tuple[int, int]] = []
    for row in rows:
        if "三级指标" in row:
            names, targets = (
                [column for column, cell in enumerate(row) if cell == head] for head in ("三级指标", "指标值")
            )
            columns = list(zip(names, targets, strict=True))
        elif columns:
            yield from _indicators(row, columns)
        else:
            yield from _labelled([cell for cell in row if cell and not cell.startswith("项目资金")])


def _indicators(row: Sequence[str], columns: Sequence[tuple[int, int]]) -> Iterator[Key]:
    """The indicators of a row; a sheet with one side is that of the year."""
    for side, (name, target) in zip(SIDES[-len(columns) :], columns, strict=True):
        if row[name]:
            yield cell_key(side, "", row[name])
            yield cell_key(side, row[name], row[target])


def _labelled(cells: Sequence[str]) -> Iterator[Key]:
    """Label and cell by turns; two amounts beside each other are those of the two sides, as are two goals."""
    pairs = list(zip(cells[::2], cells[1::2], strict=False))
    is_funds = len(pairs) == len(SIDES) and all(re.fullmatch(r"[\d,]+", text) for _, text in pairs)
    for side, (label, text) in zip(SIDES if is_funds else ("", ""), pairs, strict=False):
        yield cell_key(side, label, text)
    if len(cells) == 1 + len(SIDES):  # a goal of either side beside one label
        yield cell_key("", cells[0], cells[-1])


def _execution(rows: Sequence[Sequence[str]]) -> Iterator[Key]:
    """The amounts of each source of funds, under two rows of heads."""
    for source, *amounts in rows[2:]:
        yield cell_key("", "", source)
        for side, text in zip(EXECUTION, amounts, strict=True):
            yield cell_key(side, source, text)


def _scores(rows: Sequence[Sequence[str]]) -> Iterator[Key]:
    """The indicators of a report, under two rows of heads, with what was wanted, reached and scored."""
    for _, _, name, _, target, actual, _, weight, score, _ in rows[2:]:
        yield cell_key("", "", name)
        for kind, text in zip((*VALUES, *SCORES), (target, actual, weight, score), strict=True):
            yield cell_key(kind, name, text)


def _result(text: str) -> Iterator[Key]:
    if result := RESULT.search(text):
        for said in result.groups():
            yield cell_key("", "", said)


def _narrated(text: str) -> Iterator[Key]:
    for match in NARRATED.finditer(text):
        yield amount_key(match[1], match[2], text[max(0, match.start() - 12) : match.start()])
