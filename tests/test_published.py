"""The PDF says what the department published: read back with pdfplumber, which shares no code with the writer.

`tests/published/` holds the facts of the published document, read from its text by
`tools/published_facts.py`, and `errata.tsv`, the published facts that our document
contradicts on purpose. Figures compare as numbers, texts without spaces and without regard
to full and half width. Each printed fact answers for one published fact.
"""

import csv
import re
import shutil
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pdfplumber
import pytest
from pdfplumber.page import Page

from discgen.load.workspace import Target, Workspace
from discgen.publish import publish

ROOT = Path(__file__).parents[1]
TARGET = Target("lvliang-xzsp", 2023, "budget")
FACTS = ROOT / "tests" / "published" / "lvliang-xzsp-2023"
ERRATA = ROOT / "departments" / "lvliang-xzsp" / "2023" / "ERRATA.md"

SIDES = ("实施期", "年度")
AMOUNT = re.compile(r"-?[\d,]+\.\d\d")
NARRATED = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)(万元|%)")
SECTION = re.compile(r"([一二三四五六七八九十]+)、[^。:]+")
FOOTER = re.compile(r"—\d+—")

Key = tuple[object, ...]
"""What makes two facts the same."""


class Fact(NamedTuple):
    """A published fact: its line, its kind, how it was printed, where it must be found again, and as what."""

    line: int
    kind: str
    shown: str
    place: str
    key: Key


class Erratum(NamedTuple):
    """A published fact our document contradicts. Of kind `text`, words that must not be printed anywhere."""

    kind: str
    line: int
    published: str
    derived: str
    reason: str


def plain(text: object) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", str(text or "")))


def number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


# --- the keys, made alike from what was published and from what is printed ---


def row_key(names: Iterable[str], amounts: Iterable[tuple[int, str]]) -> Key:
    """Names in order, and amounts with the column each stands in."""
    return tuple(plain(name) for name in names), tuple((column, number(text)) for column, text in amounts)


def cell_key(side: str, label: str, text: str) -> Key:
    """A cell with the side of the sheet it stands on and the name it stands beside."""
    label = plain(label).removeprefix("其中:").rstrip(":")
    text = plain(text)
    return side, label, number(text) if re.fullmatch(r"[\d,]+", text) else text


def amount_key(figure: str, unit: str, context: str) -> Key:
    """A number with its unit and the words right before it."""
    words = re.sub(r"[^\w]", "", plain(context))
    said = re.search(r"\D*$", words)
    return number(figure), unit, said[0][-4:] if said else ""


# --- what was published ---


def records(name: str) -> list[dict[str, str]]:
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def published_rows() -> list[Fact]:
    return [_row(record) for record in records("rows.tsv")]


def _row(record: dict[str, str]) -> Fact:
    amounts = [amount.split(":") for amount in record["amounts"].split()]
    key = row_key(record["names"].split("|"), [(int(column), text) for column, text in amounts])
    return Fact(int(record["line"]), "row", record["names"] + " " + record["amounts"], record["table"], key)


def published_cells() -> list[Fact]:
    """The cells of the sheets; a sheet that was published under another name is looked for under ours."""
    ours = {erratum.published: erratum.derived for erratum in errata() if erratum.kind == "name"}
    return [
        Fact(
            int(record["line"]),
            record["kind"],
            record["text"],
            plain(ours.get(record["project"], record["project"])),
            cell_key(record["side"], record["label"], record["text"]),
        )
        for record in records("cells.tsv")
    ]


def published_amounts() -> list[Fact]:
    return [
        Fact(
            int(record["line"]),
            "amount",
            record["context"] + record["number"] + record["unit"],
            record["section"],
            amount_key(record["number"], record["unit"], record["context"]),
        )
        for record in records("amounts.tsv")
    ]


@cache
def errata() -> list[Erratum]:
    return [
        Erratum(record["kind"], int(record["line"]), record["published"], record["derived"], record["reason"])
        for record in records("errata.tsv")
    ]


# --- what is printed ---


class Printed:
    """The facts of a PDF by place: table numbers, projects with a goal sheet, sections of the third part."""

    def __init__(self, path: Path) -> None:
        self.rows: dict[str, Counter[Key]] = defaultdict(Counter)
        self.cells: dict[str, Counter[Key]] = defaultdict(Counter)
        self.amounts: dict[str, Counter[Key]] = defaultdict(Counter)
        self.text = ""
        self._sections: dict[str, str] = defaultdict(str)
        self._table = self._sheet = self._section = ""
        with pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                self._read(page)
        for section, text in self._sections.items():
            self.amounts[section].update(_narrated(text))

    def _read(self, page: Page) -> None:
        tables = page.find_tables()
        beside = page
        for table in tables:
            beside = beside.outside_bbox(table.bbox)
        lines = [line for line in map(plain, beside.extract_text().splitlines()) if not FOOTER.fullmatch(line)]
        self.text += "".join(lines) + "".join(
            plain(cell) for table in tables for row in table.extract() for cell in row
        )
        for line in lines:
            self._follow(line)
        for table in tables:
            self._read_table([[str(cell or "") for cell in row] for row in table.extract()])
        self._read_date("".join(lines))

    def _follow(self, line: str) -> None:
        """Keep track of the table or section the lines have come to."""
        if label := re.fullmatch(r"预算公开表(\d+)", line):
            self._table = label[1]
        elif re.fullmatch(r"第[一二三四]部分.*\D", line):
            self._table, self._section = "", "" if "第三" in line else "outside"
        elif (heading := SECTION.fullmatch(line)) and self._section != "outside":
            self._section = heading[1]
        self._sections[self._section] += line

    def _read_table(self, rows: list[list[str]]) -> None:
        if self._table:
            self.rows[self._table].update(_amount_rows(rows))
            return
        if plain(rows[0][0]) == "项目名称":
            self._sheet = plain(rows[0][2])
        self.cells[self._sheet].update(_sheet_cells(rows))

    def _read_date(self, text: str) -> None:
        if date := re.search(r"填报日期:(\d+)年(\d+)月(\d+)日", text):
            said = f"{date[1]}-{int(date[2]):02}-{int(date[3]):02}"
            self.cells[self._sheet][cell_key("", "填报日期", said)] += 1


def _amount_rows(rows: Iterable[Sequence[str]]) -> Iterator[Key]:
    for row in rows:
        amounts = [(column, cell) for column, cell in enumerate(row) if AMOUNT.fullmatch(cell)]
        if amounts:
            yield row_key([cell for cell in row if cell and not AMOUNT.fullmatch(cell)], amounts)


def _sheet_cells(rows: Iterable[Sequence[str]]) -> Iterator[Key]:
    """The cells above the indicators beside their labels; then the indicators under their heads."""
    columns: list[int] = []
    for row in rows:
        if "三级指标" in row:
            columns = [column for column, cell in enumerate(row) if cell == "三级指标"]
        elif columns:
            yield from _indicators(row, columns)
        else:
            yield from _labelled([cell for cell in row if cell and not cell.startswith("项目资金")])


def _indicators(row: Sequence[str], columns: Sequence[int]) -> Iterator[Key]:
    for side, column in zip(SIDES, columns, strict=True):
        name, target = row[column], row[column + 1]
        if name:
            yield cell_key(side, "", name)
            yield cell_key(side, name, target)


def _labelled(cells: Sequence[str]) -> Iterator[Key]:
    """Label and cell by turns; two amounts beside each other are those of the two sides."""
    pairs = list(zip(cells[::2], cells[1::2], strict=False))
    is_funds = len(pairs) == len(SIDES) and all(re.fullmatch(r"[\d,]+", text) for _, text in pairs)
    for side, (label, text) in zip(SIDES if is_funds else ("", ""), pairs, strict=False):
        yield cell_key(side, label, text)


def _narrated(text: str) -> Iterator[Key]:
    for match in NARRATED.finditer(text):
        yield amount_key(match[1], match[2], text[max(0, match.start() - 12) : match.start()])


# --- comparing ---


def is_erratum(fact: Fact) -> bool:
    return any((known.kind, known.line, known.published) == (fact.kind, fact.line, fact.shown) for known in errata())


def missing(facts: Iterable[Fact], printed: dict[str, Counter[Key]]) -> list[Fact]:
    """The facts that are not printed, known errata last: those get what the others leave."""
    left = {place: Counter(keys) for place, keys in printed.items()}
    result = []
    for fact in sorted(facts, key=is_erratum):
        keys = left.get(fact.place, Counter())
        if keys[fact.key] <= 0:
            result.append(fact)
        keys[fact.key] -= 1
    return result


def told(facts: Iterable[Fact]) -> str:
    return "\n".join(f"line {fact.line}, {fact.kind} in {fact.place}: {fact.shown}" for fact in facts)


def found_share(facts: Sequence[Fact], lost: Sequence[Fact]) -> float:
    return 1 - len(lost) / len(facts)


# --- the document and its copies ---


def build(root: Path) -> Path:
    published = publish(Workspace(root), TARGET)
    assert published.path, published.findings
    return published.path


def copied(root: Path) -> Path:
    shutil.copytree(ROOT / "departments" / TARGET.department, root / "departments" / TARGET.department)
    return root


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    return Printed(build(copied(tmp_path_factory.mktemp("published"))))


@pytest.mark.slow
def test_99_percent_of_the_published_rows_are_printed(printed: Printed) -> None:
    facts = published_rows()
    lost = missing(facts, printed.rows)
    assert found_share(facts, lost) >= 0.99, told(lost)


@pytest.mark.slow
def test_97_percent_of_the_published_cells_are_printed(printed: Printed) -> None:
    facts = published_cells()
    lost = missing(facts, printed.cells)
    assert found_share(facts, lost) >= 0.97, told(lost)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["name", "unit", "attribute", "period", "funds", "indicator", "target", "date"])
def test_cells_of_each_kind_are_printed_but_for_the_errata(printed: Printed, kind: str) -> None:
    facts = [fact for fact in published_cells() if fact.kind == kind]
    lost = [fact for fact in missing(facts, printed.cells) if not is_erratum(fact)]
    assert not lost, told(lost)


@pytest.mark.slow
def test_published_rows_are_printed_but_for_the_errata(printed: Printed) -> None:
    lost = [fact for fact in missing(published_rows(), printed.rows) if not is_erratum(fact)]
    assert not lost, told(lost)


@pytest.mark.slow
def test_published_amounts_are_printed_in_their_section_but_for_the_errata(printed: Printed) -> None:
    lost = [fact for fact in missing(published_amounts(), printed.amounts) if not is_erratum(fact)]
    assert not lost, told(lost)


@pytest.mark.slow
def test_an_amount_off_by_a_hundredth_is_not_found(printed: Printed) -> None:
    for fact in published_rows():
        names, amounts = fact.key
        assert isinstance(amounts, tuple)
        for position, (column, amount) in enumerate(amounts):
            wrong = (*amounts[:position], (column, amount + Decimal("0.01")), *amounts[position + 1 :])
            assert not printed.rows[fact.place][(names, wrong)], told([fact])
    for fact in published_amounts():
        amount, *rest = fact.key
        assert isinstance(amount, Decimal)
        assert not printed.amounts[fact.place][(amount + Decimal("0.01"), *rest)], told([fact])


@pytest.mark.slow
def test_a_changed_project_amount_is_missed_in_its_table_and_its_sheet(printed: Printed, tmp_path: Path) -> None:
    root = copied(tmp_path)
    projects = root / "departments" / TARGET.department / str(TARGET.year) / "projects"
    replace(projects / "29-service-center-assets.yaml", "150000}", "160000}")
    replace(projects / "30-training.yaml", "100000}", "90000}")  # what keeps the sums as they were
    changed = Printed(build(root))
    rows = set(missing(published_rows(), changed.rows)) - set(missing(published_rows(), printed.rows))
    cells = set(missing(published_cells(), changed.cells)) - set(missing(published_cells(), printed.cells))
    assert {fact.shown for fact in rows} == {"资产设备购置 1:15.00 2:15.00", "培训会 1:10.00 2:10.00"}
    assert sorted((fact.line, fact.shown) for fact in cells) == [
        *[(line, "100,000") for line in (1226, 1229)],
        *[(line, "150,000") for line in (1339, 1342)],
    ]


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# --- errata ---


@pytest.mark.slow
@pytest.mark.parametrize("erratum", errata(), ids=lambda erratum: f"{erratum.kind}-{erratum.line}")
def test_an_erratum_is_still_one(printed: Printed, erratum: Erratum) -> None:
    if erratum.kind == "text":
        assert plain(erratum.published) not in printed.text
    else:
        groups = [(published_rows(), printed.rows), (published_cells(), printed.cells)]
        lost = [fact for facts, keys in groups for fact in missing(facts, keys) if is_erratum(fact)]
        assert (erratum.kind, erratum.line) in {(fact.kind, fact.line) for fact in lost}
    assert plain(erratum.derived) in printed.text


def test_errata_md_names_every_erratum_with_its_line() -> None:
    lines = ERRATA.read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.split("|")] for line in lines if line.startswith("|")]
    for erratum in errata():
        named = [row for row in rows if covers(row[1], erratum.line) and erratum.published in "|".join(row)]
        assert named, erratum


def covers(ranges: str, line: int) -> bool:
    """Whether a cell like `86、903–905` names the line."""
    return any(
        int(match[1]) <= line <= int(match[2] or match[1]) for match in re.finditer(r"(\d+)(?:[–—-](\d+))?", ranges)
    )


def test_fixtures_hold_no_telephone_numbers_and_no_sentences() -> None:
    for path in FACTS.glob("*.tsv"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"1[3-9]\d{9}|经办人|联系电话", text), path
    assert not [record for record in records("cells.tsv") if "。" in record["text"]]
    assert not [record for record in records("amounts.tsv") if len(record["context"]) > 12]
