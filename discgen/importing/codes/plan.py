"""A list of codes to the tables in `codes/` of a workspace: what is new, renamed or missing, and the tables as they become.

A list is good from its year on, until the list of a later year says otherwise: a table keeps what its codes were called
before.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from discgen.errors import Refusal
from discgen.files import bytes_of, replace_files
from discgen.importing.codes.read import ListedCode, read_codes, year_in
from discgen.importing.sheets.read import read_sheets
from discgen.importing.sheets.words import bare
from discgen.load.destinations import inside
from discgen.load.own_codes import HEADS, codes_in_order
from discgen.load.own_files import CODES, own_files
from discgen.load.workspace import Workspace
from discgen.phrases import few
from discgen.reference.codes import ALWAYS, Classification, Dictionary, load_dictionary

_MOST_NAMED = 8


class Row(Struct, frozen=True):
    """A line of a table; years from which and until which, 0 and 9999 where there is no bound."""

    code: str
    name: str
    first_year: int
    last_year: int
    source: str


class Difference(Struct, frozen=True):
    """How a list of one classification differs from what the year's dictionary has: codes, with their names."""

    classification: Classification
    count: int
    new: tuple[str, ...]
    renamed: tuple[str, ...]
    """`2010306 政务公开审批（原名：……）`."""
    missing: tuple[str, ...]
    orphans: tuple[str, ...]
    """Codes above which there is none, neither in the list nor in the dictionary."""

    def describe(self) -> Iterator[str]:
        """Lines for a person."""
        label = self.classification.label
        yield f"{label}：{self.count}个" + (
            "，与程序带的相同" if not (self.new or self.renamed or self.missing) else ""
        )
        for said, codes in (
            ("新的", self.new),
            ("改名的", self.renamed),
            ("程序带的有、这里没有的（照旧能用）", self.missing),
            ("没有上级的，用到时会报错", self.orphans),
        ):
            if codes:
                yield f"  {said}：{few(codes, _MOST_NAMED, '个')}"


class CodesImport(Struct, frozen=True):
    """What is to be written, and what there is to say."""

    year: int
    differences: tuple[Difference, ...]
    tables: Mapping[Path, bytes]


def plan_codes(workspace: Workspace, file: Path, year: int | None) -> CodesImport:
    """Read a list; nothing is written. Raises Refusal, ImportProblemsError and UnwritableError."""
    sheets = read_sheets(file)
    year = year or year_in(sheets, file.name)
    if year is None:
        raise Refusal("看不出是哪一年的科目，用--year说明，例如--year 2026")
    listed = read_codes(sheets)
    codes_in_order(own_files(workspace))
    tables: dict[Path, bytes] = {}
    differences = []
    for classification in Classification:
        codes = [code for code in listed if code.classification is classification]
        if codes:
            shipped = load_dictionary(classification, year)
            codes = [_as_shipped(code, shipped) for code in codes]
            differences.append(_difference(classification, codes, shipped))
            path = inside(workspace, workspace.root / CODES / f"{classification.value}.csv")
            rows = _merged(_rows(bytes_of(path)), codes, year, f"{file.name}（{year}年）")
            tables[path] = _written(rows)
    return CodesImport(
        year, tuple(differences), {path: data for path, data in tables.items() if bytes_of(path) != data}
    )


def write_codes(plan: CodesImport) -> None:
    """Write all tables, or none. Raises UnwritableError."""
    replace_files(plan.tables)


def _as_shipped(code: ListedCode, shipped: Dictionary) -> ListedCode:
    """The code with its name as the dictionary writes it, where only the width of brackets or blanks differ."""
    known = shipped.names.get(code.code, "")
    return replace(code, name=known) if bare(known) == bare(code.name) else code


def _difference(classification: Classification, codes: Sequence[ListedCode], shipped: Dictionary) -> Difference:
    listed = {code.code: code.name for code in codes}
    known = shipped.names
    return Difference(
        classification,
        len(listed),
        tuple(f"{code} {name}" for code, name in listed.items() if code not in known),
        tuple(
            f"{code} {name}（程序带的是{known[code]}）"
            for code, name in listed.items()
            if code in known and known[code] != name
        ),
        tuple(f"{code} {name}" for code, name in known.items() if code not in listed),
        tuple(
            f"{code} {name}"
            for code, name in listed.items()
            if any(above not in listed and above not in known for above in classification.ancestry(code))
        ),
    )


def _rows(data: bytes | None) -> list[Row]:
    """The lines of a table that is in order."""
    rows = csv.DictReader(StringIO((data or b"").decode("utf-8-sig"), newline=""))
    return [
        Row(
            row["code"].strip(),
            row["name"].strip(),
            int(row.get("first_year") or 0),
            int(row.get("last_year") or ALWAYS),
            row.get("source") or "",
        )
        for row in rows
    ]


def _merged(rows: Sequence[Row], codes: Iterable[ListedCode], year: int, source: str) -> list[Row]:
    """The table with a list that is good from `year` on, or until the year from which the table says otherwise."""
    listed = {code.code: code.name for code in codes}
    by_code: dict[str, list[Row]] = {}
    for row in rows:
        by_code.setdefault(row.code, []).append(row)
    merged: list[Row] = []
    for code in sorted(by_code.keys() | listed.keys()):
        merged += _of_code(by_code.get(code, []), code, listed.get(code), year, source)
    return merged


def _of_code(rows: Sequence[Row], code: str, name: str | None, year: int, source: str) -> Iterator[Row]:
    """The lines of one code, in the order of years."""
    before = [replace(row, last_year=min(row.last_year, year - 1)) for row in rows if row.first_year < year]
    later = [row for row in rows if row.first_year > year]
    if name is None:
        yield from (*before, *later)
        return
    last_year = min((row.first_year for row in later), default=ALWAYS + 1) - 1
    now = Row(code, name, year, last_year, source)
    if before and before[-1].name == name and before[-1].last_year == year - 1:
        now = replace(before.pop(), last_year=last_year)
    if later and later[0].name == name:
        now = replace(now, last_year=later.pop(0).last_year)
    yield from (*before, now, *later)


def _written(rows: Iterable[Row]) -> bytes:
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADS)
    for row in rows:
        last_year = "" if row.last_year == ALWAYS else row.last_year
        writer.writerow((row.code, row.name, row.first_year or "", last_year, row.source))
    return out.getvalue().encode()
