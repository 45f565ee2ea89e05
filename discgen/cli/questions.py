"""The questions of `discgen init`, in their order, by what has been answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

from discgen.authoring.new_files import refuse_existing
from discgen.authoring.proposed_form import proposed_form, region_of
from discgen.authoring.skeleton import NewUnit, forms_of
from discgen.cli.answers import (
    DISCLOSURE_KINDS,
    KINDS_OF_DISCLOSURE,
    KINDS_OF_UNIT,
    LEVELS,
    UNIT_KINDS,
    AboutDepartment,
    FormAnswer,
    YearAnswer,
)
from discgen.cli.interview import Question
from discgen.form.files import form_title
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.rules.regions import level_of

YEARS = YearAnswer(2000, 2099)
NAME, SHORT_NAME, REGION, CODE = map(AboutDepartment, ("name", "short_name", "region", "code"))


def about_department(said: Mapping[str, Any]) -> Question | None:
    """The next question about a new department; none where all is answered."""
    questions = (
        Question("name", "部门全称", NAME),
        Question("short_name", "部门简称", SHORT_NAME, default=said.get("name")),
        Question("code", "部门编码（不公开的不填）", CODE, default="", shown=False),
        Question("region", "地区全称，例如吕梁市", REGION),
        Question("level", "预算级次", LEVELS, default=level_of(said.get("region", "")) or None),
    )
    left = next((one for one in questions if one.key not in said), None)
    return left or (None if "units" in said else _about_units(said))


def _about_units(said: Mapping[str, Any]) -> Question | None:
    """The units, until none is named."""
    number = 1
    while said.get(f"unit{number}"):
        if f"kind{number}" not in said:
            usual = "事业单位" if number > 1 else "行政单位"
            return Question(f"kind{number}", "    性质", KINDS_OF_UNIT, default=usual)
        number += 1
    if f"unit{number}" in said:
        return None
    if number == 1:
        return Question("unit1", "第1个单位（机关在前）", NAME, default=said["name"])
    return Question(f"unit{number}", f"第{number}个单位（没有就不填）", NAME, default="", shown=False)


def units_of(said: Mapping[str, Any]) -> Iterator[NewUnit]:
    """The units by their answers. Other files call them agency, unit2 and so on; department.yaml may say otherwise."""
    number = 1
    while said.get(f"unit{number}"):
        unit = "agency" if number == 1 else f"unit{number}"
        yield NewUnit(unit, said[f"unit{number}"], UNIT_KINDS[said[f"kind{number}"]])
        number += 1


def about_year(workspace: Workspace, said: dict[str, Any] | Mapping[str, Any]) -> Question | None:
    """The next question about the year; none where all is answered."""
    if "year" not in said:
        return Question("year", "年度", YEARS)
    if "kind" not in said:
        return Question("kind", "预算还是决算", DisclosureKind(), default="预算")
    if "form" in said:
        return None
    target = Target(said["folder"], said["year"], said["kind"])
    refuse_existing(workspace, target)
    answer = FormAnswer(forms_of(target.kind), target.year)
    proposed = proposed_form(workspace, target, said.get("region") or region_of(workspace, target.department))
    return Question(
        "form",
        f"表式有：\n{answer.listed()}\n用哪一个（写编号，或省名，例如山西）",
        answer,
        default=form_title(proposed) if proposed else None,
    )


class DisclosureKind(click.ParamType[str]):
    """预算 or 决算, turned into what files call it."""

    name = "种类"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name of the kind."""
        return DISCLOSURE_KINDS[KINDS_OF_DISCLOSURE.convert(value, param, ctx)]
