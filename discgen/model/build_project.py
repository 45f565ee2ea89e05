"""A file of `projects/` to a Project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from discgen.codes.dictionary import Classification
from discgen.model.build_lines import fund_of, origin_of, unit_of
from discgen.model.line import Category, Line, Nature
from discgen.model.project import Attribute, FundLevel, GoalSheet, Indicator, Period, Project
from discgen.model.record import Record, Reference

PROSE_KEYS = ("summary", "basis", "necessity", "measures", "plan")


def build_project(file: Record, reference: Reference) -> Project:
    """The project of one file, its id being the name of the file."""
    name_of_file = PurePosixPath(file.tree.file).stem
    unit = unit_of(file, reference) or ""
    code = file.code("function", reference.dictionaries[Classification.FUNCTION])
    category = Category(file.text("category")) if "category" in file else None
    lines = tuple(
        Line(
            row.amount("amount"),
            row.tree.place(row.path),
            fund=fund_of(row),
            origin=origin_of(row),
            nature=Nature.PROJECT,
            unit=unit,
            function_code=code,
            project=name_of_file,
            category=category,
        )
        for row in file.each("amounts")
    )
    sheet = _goal_sheet(file.at("goal_sheet"))
    return Project(name_of_file, file.text("name"), unit, code, category, lines, sheet, file.tree.place(("name",)))


def _goal_sheet(sheet: Record) -> GoalSheet:
    return GoalSheet(
        attribute=Attribute(sheet.text("attribute")),
        period_years=int(sheet.text("period_years")),
        whole_period=_period(sheet, "whole_period"),
        annual=_period(sheet, "annual"),
        prose={key: sheet.prose(key) for key in PROSE_KEYS},
        indicators=tuple(_indicators(sheet.at("indicators"))),
        filled_on=sheet.day("filled_on") if "filled_on" in sheet else None,
        place=sheet.tree.place(sheet.path),
    )


def _period(sheet: Record, column: str) -> Period:
    funds = sheet.at("funds", column)
    amounts = {level: funds.amount(level) for level in FundLevel if level in funds}
    return Period(amounts, sheet.at("goal").prose(column), funds.tree.place(funds.path))


def _indicators(aspects: Record) -> Iterator[Indicator]:
    for aspect in aspects:
        for row in aspects.each(aspect):
            whole_period, annual = _targets(row)
            yield Indicator(aspect, row.text("name"), whole_period, annual, row.tree.place(row.path))


def _targets(row: Record) -> tuple[str | None, str | None]:
    if not row.is_mapping("target"):
        return row.text("target"), row.text("target")
    target = row.at("target")
    return target.optional("whole_period") or None, target.optional("annual") or None
