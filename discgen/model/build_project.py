"""A file of `projects/` to a Project, one of `goal_sheets/` to a SeparateSheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from discgen.codes.dictionary import Classification
from discgen.model.build_lines import fund_of, origin_of, unit_of
from discgen.model.line import Category, Line, Nature
from discgen.model.project import Attribute, FundLevel, GoalSheet, Indicator, Period, Project, SeparateSheet
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
    return Project(
        id=name_of_file,
        name=file.text("name"),
        unit=unit,
        function_code=code,
        category=category,
        lines=lines,
        goal_sheet=_goal_sheet(file.at("goal_sheet")) if "goal_sheet" in file else None,
        statement=file.proses("statement"),
        place=file.tree.place(("name",)),
    )


def build_separate_sheet(file: Record) -> SeparateSheet:
    """The sheet of one file, its id being the name of the file."""
    department = file.at("department")
    return SeparateSheet(
        id=PurePosixPath(file.tree.file).stem,
        name=file.text("name"),
        department=f"{department.text('code')}-{department.text('name')}",
        unit=file.text("unit"),
        goal_sheet=_goal_sheet(file.at("goal_sheet")),
        place=file.tree.place(("name",)),
    )


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
    goals = sheet.at("goal")
    return Period(amounts, goals.prose(column) if column in goals else None, funds.tree.place(funds.path))


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
