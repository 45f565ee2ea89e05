"""The PDF says what the department published: read back with pdfplumber, which shares no code with the writer.

Each printed fact answers for one published fact.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from discgen.load.target import Target
from tests.printed_facts import NARRATED, Printed
from tests.published_facts import (
    CUT,
    Erratum,
    Fact,
    Key,
    cell_key,
    errata,
    facts_folder,
    published_amounts,
    published_cells,
    published_prose,
    published_rows,
    records,
    row_key,
)
from tests.readback import (
    EDITIONS,
    LVLIANG_2023,
    LVLIANG_2024,
    PUTUO_2024,
    PUTUO_2025,
    ROOT,
    SHANGHAI_2025,
    WANLI_2023,
    WANLI_2025,
    XIAOYI_2024,
    XINZHOU_2022,
    Edition,
    build,
    copied,
)
from tools.published.evaluations import SCORES, VALUES
from tools.published.text import plain

MOST_ROWS = {XINZHOU_2022: 0.36, PUTUO_2024: 0.013, WANLI_2025: 0.012}
"""The share of rows that are errata, where it is more than a hundredth: whole tables that were mixed up, sums off by 1."""

SHEET_KINDS = {"name", "unit", "attribute", "period", "funds", "indicator", "target", "date"}
REPORT_KINDS = {"name", "source", "funds", "indicator", *VALUES, *SCORES, "execution", "indicators", "total", "grade"}
KINDS: dict[Target, set[str]] = {
    PUTUO_2024: set(),
    PUTUO_2025: set(),
    SHANGHAI_2025: set(),
    WANLI_2023: set(),
    WANLI_2025: set(),
    XIAOYI_2024: REPORT_KINDS,
    XINZHOU_2022: SHEET_KINDS - {"date"},
}
"""The kinds of cells of the documents whose sheets are not as usual: none, reports, without a date."""

CATALOGUE = ROOT / "templates" / "annexes" / "shanxi-purchase-catalogue-2023.csv"


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
    lengths = [len(part) for part in parts(key) if part.endswith(CUT)]
    return -min(lengths) + 1000 if lengths else 0


def parts(key: object) -> list[str]:
    """The texts in a key."""
    if isinstance(key, tuple):
        return [part for inner in key for part in parts(inner)]
    return [key] if isinstance(key, str) else []


def candidates(key: Key, printed: Iterable[Key]) -> list[Key]:
    """What may answer for the key: itself, or what begins alike where it was cut."""
    return [other for other in printed if begins_alike(key, other)] if cut_length(key) else [key]


def begins_alike(published: object, printed: object) -> bool:
    if isinstance(published, tuple) and isinstance(printed, tuple) and len(published) == len(printed):
        return all(map(begins_alike, published, printed))
    if isinstance(published, str) and published.endswith(CUT):
        return isinstance(printed, str | Decimal) and str(printed).startswith(published.removesuffix(CUT))
    return published == printed


def told(facts: Iterable[Fact]) -> str:
    return "\n".join(f"line {fact.line}, {fact.kind} in {fact.place}: {fact.shown}" for fact in facts)


# --- the tests ---


@cache
def read(edition: Edition) -> Printed:
    return Printed(edition)


@pytest.fixture(params=EDITIONS, ids=str, scope="module")
def edition(request: pytest.FixtureRequest, editions: dict[Target, Edition]) -> Iterator[Edition]:
    """Each published document in turn, be its pages of a kind of their own or not."""
    edition = editions[request.param]
    yield edition
    edition.let_go()


@pytest.fixture
def printed(edition: Edition) -> Printed:
    return read(edition)


@pytest.mark.slow
def test_published_rows_are_printed_but_for_the_errata(edition: Edition, printed: Printed) -> None:
    assert_printed(published_rows(edition.target), printed.rows)


@pytest.mark.slow
def test_published_cells_are_printed_but_for_the_errata(edition: Edition, printed: Printed) -> None:
    assert_printed(published_cells(edition.target), printed.cells)


@pytest.mark.slow
def test_published_amounts_are_printed_in_their_section_but_for_the_errata(edition: Edition, printed: Printed) -> None:
    assert_printed(published_amounts(edition.target), printed.amounts)


def assert_printed(facts: Iterable[Fact], printed: dict[str, Counter[Key]]) -> None:
    lost = [fact for fact in missing(facts, printed) if not fact.known]
    assert not lost, told(lost)


@pytest.mark.slow
def test_errata_are_few(edition: Edition, printed: Printed) -> None:
    """At least 99 % of the rows and 97 % of the cells are printed, the errata counted as missing."""
    rows, cells = published_rows(edition.target), published_cells(edition.target)
    assert len(missing(rows, printed.rows)) <= MOST_ROWS.get(edition.target, 0.01) * len(rows)
    assert len(missing(cells, printed.cells)) <= 0.03 * len(cells)


@pytest.mark.slow
def test_a_figure_off_by_its_last_digit_is_not_found(edition: Edition, printed: Printed) -> None:
    groups = (
        (published_rows(edition.target), printed.rows),
        (published_cells(edition.target), printed.cells),
        (published_amounts(edition.target), printed.amounts),
    )
    for facts, places in groups:
        found = [
            fact for fact in facts if not fact.known for key in spoilt(fact.key) if key in places.get(fact.place, ())
        ]
        assert not found, told(found)


def spoilt(key: Key) -> Iterator[Key]:
    """The key with one of its figures off by its last digit, each in turn."""
    for position, part in enumerate(key):
        if isinstance(part, tuple):
            others: Iterable[object] = spoilt(part)
        else:
            others = [next_after(part)] if isinstance(part, Decimal) else []
        for other in others:
            yield (*key[:position], other, *key[position + 1 :])


def next_after(figure: Decimal) -> Decimal:
    return figure + Decimal((0, (1,), int(figure.as_tuple().exponent)))


@pytest.mark.slow
def test_a_changed_project_amount_is_missed_in_its_table_and_its_sheet(
    editions: dict[Target, Edition], tmp_path: Path
) -> None:
    target = LVLIANG_2023
    printed = read(editions[target])
    edition = Edition(target, tmp_path)
    projects = copied(tmp_path, target) / "departments" / target.department / str(target.year) / "projects"
    replace(projects / "29-service-center-assets.yaml", "150000}", "160000}")
    replace(projects / "30-training.yaml", "100000}", "90000}")  # what keeps the sums as they were
    edition.pdf = build(tmp_path, target)
    changed = Printed(edition)
    facts = published_rows(target)
    rows = set(missing(facts, changed.rows)) - set(missing(facts, printed.rows))
    facts = published_cells(target)
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


def test_a_cut_figure_stands_for_one_that_begins_so() -> None:
    cut = row_key(["其他支出"], [(2, "118.4…"), (3, "118.44")])
    others = [row_key(["其他支出"], [(2, text), (3, "118.44")]) for text in ("118.44", "118.54")]
    assert candidates(cut, others) == others[:1]


@pytest.mark.slow
def test_catalogue_is_printed_entry_by_entry(editions: dict[Target, Edition]) -> None:
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        entries = [
            (row["department"], row["code"], int(row["level"]) if row["name"] else 0, plain(row["name"]))
            for row in csv.DictReader(file)
        ]
    assert len(entries) > 1800
    assert read(editions[LVLIANG_2024]).catalogue == entries


# --- errata ---


@pytest.mark.slow
@pytest.mark.parametrize(
    ("target", "erratum"),
    [pytest.param(target, it, id=f"{target}-{it.kind}-{it.line}") for target in EDITIONS for it in errata(target)],
)
def test_an_erratum_is_still_one(editions: dict[Target, Edition], target: Target, erratum: Erratum) -> None:
    printed = read(editions[target])
    if erratum.kind == "text":
        assert plain(erratum.published) not in printed.text
    else:
        assert (erratum.kind, erratum.line, erratum.published) in known_and_missing(target, printed)
    assert plain(erratum.derived) in printed.text


@cache
def known_and_missing(target: Target, printed: Printed) -> set[tuple[str, int, str]]:
    groups = [
        (published_rows(target), printed.rows),
        (published_cells(target), printed.cells),
        (published_amounts(target), printed.amounts),
        (published_prose(target), printed.prose),
    ]
    lost = [fact for facts, keys in groups for fact in missing(facts, keys) if fact.known]
    return {(fact.kind, fact.line, fact.shown) for fact in lost}


@pytest.mark.parametrize("target", EDITIONS, ids=str)
def test_errata_md_names_every_erratum_with_its_line(target: Target) -> None:
    path = ROOT / "departments" / target.department / str(target.year) / "ERRATA.md"
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [plain(line) for line in lines if re.match(r"\|.*\d", line)]
    named = {erratum for erratum in errata(target) for row in rows if names(row, erratum)}
    named_lines = {erratum.line for erratum in named}
    unnamed = [erratum for erratum in errata(target) if erratum not in named]
    # A cell of a row of a sheet is named with another of its row, as a target is with its indicator.
    assert [erratum for erratum in unnamed if erratum.kind == "text" or erratum.line not in named_lines] == []


def names(row: str, erratum: Erratum) -> bool:
    """Whether a row of ERRATA.md, without its spaces, names the line and says what was published there.

    Of a row of a table the line is enough, of an amount its figure.
    """
    _, ranges, said = row.split("|", 2)
    if not covers(ranges, erratum.line):
        return False
    if erratum.kind == "row":
        return True
    words = plain(erratum.published).removesuffix(CUT)
    if erratum.kind == "amount":
        words = "".join(NARRATED.findall(words)[-1])
    return words in said


def covers(ranges: str, line: int) -> bool:
    """Whether a cell like `86、903–905` names the line."""
    return any(
        int(match[1]) <= line <= int(match[2] or match[1]) for match in re.finditer(r"(\d+)(?:[–—-](\d+))?", ranges)
    )


@pytest.mark.parametrize("target", EDITIONS, ids=str)
def test_fixtures_hold_facts_of_every_kind(target: Target) -> None:
    assert published_rows(target)
    assert published_amounts(target)
    kinds = {record["kind"] for record in records(target, "cells.tsv")}
    assert kinds == KINDS.get(target, SHEET_KINDS)


@pytest.mark.parametrize("target", EDITIONS, ids=str)
def test_fixtures_hold_no_telephone_numbers_and_no_sentences(target: Target) -> None:
    for path in facts_folder(target).glob("*.tsv"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"1[3-9]\d{9}|经办人|联系电话", text), path
    assert not [record for record in records(target, "cells.tsv") if "。" in record["text"]]
    assert not [record for record in records(target, "amounts.tsv") if len(record["context"]) > 12]
