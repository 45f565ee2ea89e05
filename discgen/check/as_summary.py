"""The summary of a check: as text for a person, a line for each year and kind, then who is missing and who has something to
mend; and as JSON for a program, as `schema/summary.schema.json` says.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from discgen.characters import visible_line
from discgen.check.as_text import width
from discgen.check.checked import TargetChecked
from discgen.check.summary import Missing, YearSummary
from discgen.diagnostics import Severity
from discgen.reference.vocabulary import name_of

_GRAVE = (Severity.ERROR, Severity.WARNING)


def as_summary(years: Sequence[YearSummary]) -> str:
    """A table of the years, and below it their departments by name, those in order left out."""
    heads = ("年度", "种类", "部门", "缺", *(name_of("severity", severity) for severity in _GRAVE), "已豁免")
    rows = [heads, *(_row(year) for year in years)]
    widths = [max(width(row[at]) for row in rows) for at in range(len(heads))]
    table = ["  ".join(_set_right(cell, room) for cell, room in zip(row, widths, strict=True)) for row in rows]
    return "\n".join([*table, *(line for year in years for line in _named(year))])


def _row(year: YearSummary) -> tuple[str, ...]:
    counts = (
        *(year.departments, len(year.missing)),
        *(year.count(severity) for severity in _GRAVE),
        year.waived,
    )
    return (str(year.year), name_of("kind", year.kind), *map(str, counts))


def _named(year: YearSummary) -> Iterator[str]:
    """The departments that there is something to say of, under a line that names the year."""
    lines = [*map(_missing, year.missing), *(_grave(one) for one in year.documents if any(map(one.count, _GRAVE)))]
    if lines:
        yield f"{year.year}年{name_of('kind', year.kind)}："
        yield from (f"  {visible_line(line)}" for line in lines)


def _missing(missing: Missing) -> str:
    because = (*(["去年有"] * missing.had_last_year), *(["名单上有"] * missing.is_expected))
    folder = "/".join(filter(None, (missing.department, missing.unit)))
    return f"缺　{_called(missing.code, missing.name, folder)}，{'、'.join(because)}"


def _grave(document: TargetChecked) -> str:
    counts = [(document.count(severity), name_of("severity", severity)) for severity in _GRAVE]
    said = "、".join(f"{count}个{name}" for count, name in counts if count)
    return f"{_called(document.code, document.name, str(document.target))}，{said}"


def _called(code: str, name: str, folder: str) -> str:
    """`026 示范市档案局（demo/2023）`, as far as it is known."""
    known = " ".join(filter(None, (code, name)))
    return f"{known}（{folder}）" if known and folder else known or folder


def _set_right(text: str, room: int) -> str:
    return " " * (room - width(text)) + text


def as_summary_json(years: Sequence[YearSummary]) -> str:
    """`{"years": [{year, kind, departments, errors, warnings, notes, waived, documents: [...], missing: [...]}]}`."""
    return json.dumps({"years": list(map(_year_record, years))}, ensure_ascii=False, indent=2)


def _year_record(year: YearSummary) -> dict[str, Any]:
    return {
        "year": year.year,
        "kind": year.kind,
        "departments": year.departments,
        **_counts(year),
        "waived": year.waived,
        "documents": list(map(_document_record, year.documents)),
        "missing": list(map(_missing_record, year.missing)),
    }


def _document_record(document: TargetChecked) -> dict[str, Any]:
    target = document.target
    called = {"department": target.department, "unit": target.unit, "name": document.name, "code": document.code}
    return {**called, **_counts(document), "waived": len(document.waived)}


def _missing_record(missing: Missing) -> dict[str, Any]:
    return {
        "department": missing.department,
        "unit": missing.unit,
        "name": missing.name,
        "code": missing.code,
        "had_last_year": missing.had_last_year,
        "expected": missing.is_expected,
    }


def _counts(counted: YearSummary | TargetChecked) -> dict[str, int]:
    return {f"{severity.value}s": counted.count(severity) for severity in Severity}
