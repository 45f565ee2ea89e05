"""The PDF says what the department published: read back with pdfplumber, which shares no code with the writer.

`tests/published/` holds the facts of the published document, read from its text by
`tools/published_facts.py`, and `errata.tsv`, the published facts that our document
contradicts on purpose. Figures compare as numbers, texts without spaces and without regard
to full and half width, and texts that were cut at the page edge by their beginning. Each
printed fact answers for one published fact.
"""

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.readback import DEPARTMENT, ROOT, YEARS, Edition, ReadPage, build, copied, read_pages

CATALOGUE = ROOT / "templates" / "annexes" / "shanxi-purchase-catalogue-2023.csv"

SIDES = ("实施期", "年度")
AMOUNT = re.compile(r"-?[\d,]+\.\d\d")
NARRATED = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)(万元|%)")
SECTION = re.compile(r"([一二三四五六七八九十]+)、[^。:]+")
CUT = "..."
"""The end of a text that was cut at the page edge, once it is plain."""

Key = tuple[object, ...]
"""What makes two facts the same."""


class Fact(NamedTuple):
    """A published fact: its line, its kind, how it was printed, where it must be found again, and as what.

    `known` says that it is an erratum.
    """

    line: int
    kind: str
    shown: str
    place: str
    key: Key
    known: bool = False


Entry = tuple[str, str, int, str]
"""Department, code, level and name of an entry of the catalogue; without a name, no level is seen."""


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


def facts_folder(year: int) -> Path:
    return ROOT / "tests" / "published" / f"{DEPARTMENT}-{year}"


def records(year: int, name: str) -> list[dict[str, str]]:
    with (facts_folder(year) / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def errata(year: int) -> list[Erratum]:
    return [
        Erratum(record["kind"], int(record["line"]), record["published"], record["derived"], record["reason"])
        for record in records(year, "errata.tsv")
    ]


def with_errata(year: int, facts: Iterable[Fact]) -> list[Fact]:
    known = {(erratum.kind, erratum.line, erratum.published) for erratum in errata(year)}
    return [fact._replace(known=(fact.kind, fact.line, fact.shown) in known) for fact in facts]


def published_rows(year: int) -> list[Fact]:
    return with_errata(year, map(_row, records(year, "rows.tsv")))


def _row(record: dict[str, str]) -> Fact:
    amounts = [amount.split(":") for amount in record["amounts"].split()]
    key = row_key(record["names"].split("|"), [(int(column), text) for column, text in amounts])
    return Fact(int(record["line"]), "row", record["names"] + " " + record["amounts"], record["table"], key)


def published_cells(year: int) -> list[Fact]:
    """The cells of the sheets; a sheet that was published under another name is looked for under ours."""
    ours = {erratum.published: erratum.derived for erratum in errata(year) if erratum.kind == "name"}
    facts = (
        Fact(
            int(record["line"]),
            record["kind"],
            record["text"],
            plain(ours.get(record["project"], record["project"])),
            cell_key(record["side"], record["label"], record["text"]),
        )
        for record in records(year, "cells.tsv")
    )
    return with_errata(year, facts)


def published_amounts(year: int) -> list[Fact]:
    facts = (
        Fact(
            int(record["line"]),
            "amount",
            record["context"] + record["number"] + record["unit"],
            record["section"],
            amount_key(record["number"], record["unit"], record["context"]),
        )
        for record in records(year, "amounts.tsv")
    )
    return with_errata(year, facts)


# --- what is printed ---


class Printed:
    """The facts of a PDF by place: table numbers, projects with a goal sheet, sections of the third part."""

    def __init__(self, pages: Iterable[ReadPage]) -> None:
        self.rows: dict[str, Counter[Key]] = defaultdict(Counter)
        self.cells: dict[str, Counter[Key]] = defaultdict(Counter)
        self.amounts: dict[str, Counter[Key]] = defaultdict(Counter)
        self.catalogue: list[Entry] = []
        self.text = ""
        self._sections: dict[str, str] = defaultdict(str)
        self._table = self._sheet = self._section = self._department = ""
        self._sheets: Counter[str] = Counter()
        for page in pages:
            self._read(page)
        for section, text in self._sections.items():
            self.amounts[section].update(_narrated(text))

    def _read(self, page: ReadPage) -> None:
        lines = [plain(line.text) for line in page.lines]
        self.text += "".join(lines) + "".join(plain(cell) for table in page.tables for row in table for cell in row)
        for line in lines:
            self._follow(line)
        for table in page.tables:
            self._read_table(table)
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
        if rows[0][0] == "代码":
            self._read_catalogue(rows[1:])
            return
        if rows[0][0] == "项目名称":
            name = plain(rows[0][2])
            self._sheets[name] += 1
            self._sheet = name if self._sheets[name] == 1 else f"{name}#{self._sheets[name]}"
        self.cells[self._sheet].update(_sheet_cells(rows))

    def _read_catalogue(self, rows: Iterable[list[str]]) -> None:
        """The entries, each with the department under whose name it stands."""
        for code, *names in rows:
            if not re.fullmatch(r"[A-Z]?\d*", code):
                self._department = code
                continue
            level = next((level for level, name in enumerate(names, start=1) if name), 0)
            self.catalogue.append((self._department, code, level, plain("".join(names))))

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


def missing(facts: Iterable[Fact], printed: dict[str, Counter[Key]]) -> list[Fact]:
    """The facts that are not printed; those that were cut, then known errata, get what the others leave."""
    left = {place: Counter(keys) for place, keys in printed.items()}
    result = []
    for fact in sorted(facts, key=lambda fact: (fact.known, cut_length(fact.key))):
        keys = left.get(fact.place, Counter())
        found = next((key for key in candidates(fact.key, keys) if keys[key] > 0), None)
        if found is None:
            result.append(fact)
        else:
            keys[found] -= 1
    return result


def cut_length(key: Key) -> int:
    """Nothing for what is whole; of what was cut, the longest comes first."""
    lengths = [len(part) for part in key if isinstance(part, str) and part.endswith(CUT)]
    return -min(lengths) + 1000 if lengths else 0


def candidates(key: Key, printed: Iterable[Key]) -> list[Key]:
    """What may answer for the key: itself, or what begins alike where it was cut."""
    return [other for other in printed if all(map(begins_alike, key, other))] if cut_length(key) else [key]


def begins_alike(published: object, printed: object) -> bool:
    if isinstance(published, str) and isinstance(printed, str) and published.endswith(CUT):
        return printed.startswith(published.removesuffix(CUT))
    return published == printed


def told(facts: Iterable[Fact]) -> str:
    return "\n".join(f"line {fact.line}, {fact.kind} in {fact.place}: {fact.shown}" for fact in facts)


def found_share(facts: Sequence[Fact], lost: Sequence[Fact]) -> float:
    return 1 - len(lost) / len(facts)


# --- the tests ---


@cache
def read(edition: Edition) -> Printed:
    return Printed(edition.pages)


@pytest.fixture
def printed(edition: Edition) -> Printed:
    return read(edition)


@pytest.mark.slow
def test_99_percent_of_the_published_rows_are_printed(edition: Edition, printed: Printed) -> None:
    facts = published_rows(edition.year)
    lost = missing(facts, printed.rows)
    assert found_share(facts, lost) >= 0.99, told(lost)


@pytest.mark.slow
def test_97_percent_of_the_published_cells_are_printed(edition: Edition, printed: Printed) -> None:
    facts = published_cells(edition.year)
    lost = missing(facts, printed.cells)
    assert found_share(facts, lost) >= 0.97, told(lost)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["name", "unit", "attribute", "period", "funds", "indicator", "target", "date"])
def test_cells_of_each_kind_are_printed_but_for_the_errata(edition: Edition, printed: Printed, kind: str) -> None:
    facts = [fact for fact in published_cells(edition.year) if fact.kind == kind]
    assert facts
    lost = [fact for fact in missing(facts, printed.cells) if not fact.known]
    assert not lost, told(lost)


@pytest.mark.slow
def test_published_rows_are_printed_but_for_the_errata(edition: Edition, printed: Printed) -> None:
    lost = [fact for fact in missing(published_rows(edition.year), printed.rows) if not fact.known]
    assert not lost, told(lost)


@pytest.mark.slow
def test_published_amounts_are_printed_in_their_section_but_for_the_errata(edition: Edition, printed: Printed) -> None:
    lost = [fact for fact in missing(published_amounts(edition.year), printed.amounts) if not fact.known]
    assert not lost, told(lost)


@pytest.mark.slow
def test_an_amount_off_by_a_hundredth_is_not_found(edition: Edition, printed: Printed) -> None:
    for fact in published_rows(edition.year):
        names, amounts = fact.key
        assert isinstance(amounts, tuple)
        for position, (column, amount) in enumerate(amounts):
            wrong = (*amounts[:position], (column, amount + Decimal("0.01")), *amounts[position + 1 :])
            assert not printed.rows[fact.place][(names, wrong)], told([fact])
    for fact in published_amounts(edition.year):
        amount, *rest = fact.key
        assert isinstance(amount, Decimal)
        assert not printed.amounts[fact.place][(amount + Decimal("0.01"), *rest)], told([fact])


@pytest.mark.slow
def test_a_changed_project_amount_is_missed_in_its_table_and_its_sheet(
    editions: dict[int, Edition], tmp_path: Path
) -> None:
    year = 2023
    printed = read(editions[year])
    root = copied(tmp_path)
    projects = root / "departments" / DEPARTMENT / str(year) / "projects"
    replace(projects / "29-service-center-assets.yaml", "150000}", "160000}")
    replace(projects / "30-training.yaml", "100000}", "90000}")  # what keeps the sums as they were
    changed = Printed(read_pages(build(root, year)))
    facts = published_rows(year)
    rows = set(missing(facts, changed.rows)) - set(missing(facts, printed.rows))
    facts = published_cells(year)
    cells = set(missing(facts, changed.cells)) - set(missing(facts, printed.cells))
    assert {fact.shown for fact in rows} == {"资产设备购置 1:15.00 2:15.00", "培训会 1:10.00 2:10.00"}
    assert sorted((fact.line, fact.shown) for fact in cells) == [
        *[(line, "100,000") for line in (1226, 1229)],
        *[(line, "150,000") for line in (1339, 1342)],
    ]


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_cut_name_stands_for_one_that_begins_so_and_its_target_is_whole() -> None:
    cut = cell_key("年度", "办公用品质量合格…", "100%")
    others = [
        cell_key("年度", name, target)
        for name in ("办公用品合格率", "办公用品质量合格率")
        for target in ("10%", "100%")
    ]
    assert candidates(cut, others) == others[-1:]
    assert candidates(others[0], others) == others[:1]


@pytest.mark.slow
def test_catalogue_is_printed_entry_by_entry(editions: dict[int, Edition]) -> None:
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        entries = [
            (row["department"], row["code"], int(row["level"]) if row["name"] else 0, plain(row["name"]))
            for row in csv.DictReader(file)
        ]
    assert len(entries) > 1800
    assert read(editions[2024]).catalogue == entries


# --- errata ---


@pytest.mark.slow
@pytest.mark.parametrize(
    ("year", "erratum"),
    [pytest.param(year, it, id=f"{year}-{it.kind}-{it.line}") for year in YEARS for it in errata(year)],
)
def test_an_erratum_is_still_one(editions: dict[int, Edition], year: int, erratum: Erratum) -> None:
    printed = read(editions[year])
    if erratum.kind == "text":
        assert plain(erratum.published) not in printed.text
    else:
        assert (erratum.kind, erratum.line, erratum.published) in known_and_missing(year, printed)
    assert plain(erratum.derived) in printed.text


@cache
def known_and_missing(year: int, printed: Printed) -> set[tuple[str, int, str]]:
    groups = [
        (published_rows(year), printed.rows),
        (published_cells(year), printed.cells),
        (published_amounts(year), printed.amounts),
    ]
    lost = [fact for facts, keys in groups for fact in missing(facts, keys) if fact.known]
    return {(fact.kind, fact.line, fact.shown) for fact in lost}


@pytest.mark.parametrize("year", YEARS)
def test_errata_md_names_every_erratum_with_its_line(year: int) -> None:
    path = ROOT / "departments" / DEPARTMENT / str(year) / "ERRATA.md"
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.split("|")] for line in lines if line.startswith("|")]
    for erratum in errata(year):
        named = [row for row in rows if covers(row[1], erratum.line) and erratum.published in "|".join(row)]
        assert named, erratum


def covers(ranges: str, line: int) -> bool:
    """Whether a cell like `86、903–905` names the line."""
    return any(
        int(match[1]) <= line <= int(match[2] or match[1]) for match in re.finditer(r"(\d+)(?:[–—-](\d+))?", ranges)
    )


@pytest.mark.parametrize("year", YEARS)
def test_fixtures_hold_no_telephone_numbers_and_no_sentences(year: int) -> None:
    for path in facts_folder(year).glob("*.tsv"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"1[3-9]\d{9}|经办人|联系电话", text), path
    assert not [record for record in records(year, "cells.tsv") if "。" in record["text"]]
    assert not [record for record in records(year, "amounts.tsv") if len(record["context"]) > 12]
