"""Answers to prompts as people give them, turned into the one word that files know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

from discgen.authoring.new_files import RefusedError
from discgen.authoring.skeleton import NewUnit, folder_name, refuse_answer
from discgen.form.files import fitting_form, form_names, form_title, line_of
from discgen.load.target import KINDS
from discgen.model.department import Level
from discgen.model.line import UnitKind

_UNIT = re.compile(r"(?P<id>[^=]+)=(?P<name>.+):(?P<kind>[a-z_]+)", re.DOTALL)


class Answer(click.Choice[str]):
    """One of several words, each of which may also be said otherwise."""

    def __init__(self, choices: Iterable[str], otherwise: Mapping[str, str]) -> None:
        super().__init__(list(choices))
        self._otherwise = otherwise

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word that is meant."""
        said = str(value).strip()
        meant = self._otherwise.get(said, said)
        if meant not in self.choices:
            self.fail(f"没有“{said}”，可以写：{'、'.join(self.choices)}", param, ctx)
        return super().convert(meant, param, ctx)


class YearAnswer(click.IntRange):
    """A year, with or without 年."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number of the year."""
        said: Any = str(value).strip().removesuffix("度").removesuffix("年")
        try:
            return super().convert(said, param, ctx)
        except click.UsageError:
            self.fail(f"“{value}”不是年度，写四位数字，从{self.min}到{self.max}，例如2025", param, ctx)


UNIT_KINDS = {
    "行政单位": UnitKind.ADMINISTRATIVE,
    "参公单位": UnitKind.QUASI_ADMINISTRATIVE,
    "事业单位": UnitKind.INSTITUTION,
}
DISCLOSURE_KINDS = {kind.title: name for name, kind in KINDS.items()}
"""What may be answered, and how files say it."""

LEVELS = Answer(
    map(str, Level), {**{level.removesuffix("级"): str(level) for level in Level}, "镇": str(Level.TOWNSHIP)}
)
KINDS_OF_UNIT = Answer(UNIT_KINDS, {"行政": "行政单位", "机关": "行政单位", "参公": "参公单位", "事业": "事业单位"})
KINDS_OF_DISCLOSURE = Answer(DISCLOSURE_KINDS, {f"部门{kind}": kind for kind in DISCLOSURE_KINDS})


class FolderName(click.ParamType[str]):
    """A name that the folder of a department may have."""

    name = "文件夹名"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse what is none, so that it is asked again."""
        try:
            return folder_name(value.strip())
        except RefusedError as trouble:
            self.fail(str(trouble), param, ctx)


class AboutDepartment(click.ParamType[str]):
    """What `department.yaml` says under a key; what is empty is not said."""

    name = "文字"

    def __init__(self, key: str) -> None:
        self._key = key

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse what the file may not hold, so that it is asked again."""
        said = value.strip()
        try:
            if said:
                refuse_answer(**{self._key: said})
        except RefusedError as trouble:
            self.fail(str(trouble), param, ctx)
        return said


class UnitOption(click.ParamType[NewUnit]):
    """A unit as `id=名称:kind`."""

    name = "代号=名称:性质"

    def convert(self, value: str | NewUnit, param: click.Parameter | None, ctx: click.Context | None) -> NewUnit:
        """Take the three apart."""
        if isinstance(value, NewUnit):
            return value
        match = _UNIT.fullmatch(value.strip())
        if match is None or match["kind"] not in set(UnitKind):
            self.fail(
                f"“{value}”应写成 代号=名称:性质，例如 agency=示范市档案局:administrative；"
                f"性质有{'、'.join(f'{kind}（{name}）' for name, kind in UNIT_KINDS.items())}",
                param,
                ctx,
            )
        unit = NewUnit(match["id"].strip(), match["name"].strip(), match["kind"])
        try:
            refuse_answer(units=(unit,))
        except RefusedError as trouble:
            self.fail(str(trouble), param, ctx)
        return unit


class FormAnswer(click.ParamType[str]):
    """One of several forms: by its number in the list, by what people call it, by a part of that, or by its name.

    Of the forms of one place, whose name alone is said, it is the one that fits the year.
    """

    name = "表式"

    def __init__(self, forms: Sequence[str], year: int) -> None:
        self._forms = list(forms)
        self._year = year

    def listed(self) -> str:
        """The forms as they are offered, a line each."""
        return "\n".join(f"  {number}　{form_title(form)}" for number, form in enumerate(self._forms, start=1))

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name of the form that is meant."""
        said = str(value).strip()
        if said.isdecimal() and 1 <= int(said) <= len(self._forms):
            return self._forms[int(said) - 1]
        exact = [form for form in self._forms if said in (form, form_title(form))]
        meant = exact or [form for form in self._forms if said and said in form_title(form)]
        if len(meant) > 1 and len({line_of(form) for form in meant}) == 1:
            meant = [fitting_form(meant, self._year)]
        if len(meant) != 1:
            what = "不止一个" if meant else "没有"
            self.fail(f"{what}“{said}”，写前面的编号，例如{len(self._forms)}", param, ctx)
        return meant[0]


class FormName(click.ParamType[str]):
    """The name of a form that there is, or its title."""

    name = "表式"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse what is none, before anything is asked."""
        found = [name for name in form_names() if value.strip() in (name, form_title(name))]
        if len(found) != 1:
            there = "、".join(f"{name}（{form_title(name)}）" for name in form_names())
            self.fail(f"没有表式“{value}”，可用的有：{there}", param, ctx)
        return found[0]
