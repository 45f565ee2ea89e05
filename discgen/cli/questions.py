"""The questions of `discgen init`, one after another, and their answers as people give them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import click
from msgspec import Struct

from discgen.authoring.new_files import refuse_existing
from discgen.authoring.proposed_form import proposed_form, region_of
from discgen.authoring.skeleton import NewUnit, folder_name, forms_of, refuse_answer
from discgen.cli.options import YearAnswer
from discgen.cli.screen import say
from discgen.errors import Refusal
from discgen.form.files import fitting_form, form_title, line_of, lineages, of_departments
from discgen.load.own_files import NOTHING, OwnFiles, own_files
from discgen.load.target import DEFAULT_KIND, Target
from discgen.load.workspace import Workspace
from discgen.model.line import UnitKind
from discgen.reference.vocabulary import name_of, terms
from discgen.rules.regions import level_of

_UNIT = re.compile(r"(?P<id>[^=]+)=(?P<name>.+):(?P<kind>[a-z_]+)", re.DOTALL)


class Answer(click.Choice[str]):
    """One of several words, some of which people also write otherwise."""

    def __init__(self, choices: Iterable[str], otherwise: Mapping[str, str]) -> None:
        super().__init__(list(choices))
        self._otherwise = otherwise

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word that is meant."""
        text = str(value).strip()
        meant = self._otherwise.get(text, text)
        if meant not in self.choices:
            self.fail(f"没有“{text}”，可以写：{'、'.join(self.choices)}", param, ctx)
        return super().convert(meant, param, ctx)


def _answers(dimension: str) -> dict[str, str]:
    """What people may answer for the values of a dimension, and the short name that is meant."""
    return {answer: term.short for term in terms(dimension).values() for answer in term.answers}


UNIT_KINDS = {term.short: kind for kind, term in terms("unit_kind").items()}
DISCLOSURE_KINDS = {term.short: kind for kind, term in terms("kind").items()}
"""What may be answered, and how files say it."""

LEVELS = Answer(terms("level"), _answers("level"))
KINDS_OF_UNIT = Answer(UNIT_KINDS, _answers("unit_kind"))
KINDS_OF_DISCLOSURE = Answer(DISCLOSURE_KINDS, _answers("kind"))


class FolderName(click.ParamType[str]):
    """A name that the folder of a department may have."""

    name = "文件夹名"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse what is none, so that it is asked again."""
        try:
            return folder_name(value.strip())
        except Refusal as refusal:
            self.fail(str(refusal), param, ctx)


class AboutDepartment(click.ParamType[str]):
    """What `department.yaml` says under a key; what is empty is left out."""

    name = "文字"

    def __init__(self, key: str) -> None:
        self._key = key

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse what the file may not hold, so that it is asked again."""
        text = value.strip()
        try:
            if text:
                refuse_answer(**{self._key: text})
        except Refusal as refusal:
            self.fail(str(refusal), param, ctx)
        return text


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
        except Refusal as refusal:
            self.fail(str(refusal), param, ctx)
        return unit


class FormAnswer(click.ParamType[str]):
    """One of several forms, given by name with their titles.

    It is named by its number in the list, by what people call it, by a part of that, or by its name.

    Of the forms of one place, of which people name the place only, it is the department's that fits the year.
    """

    name = "表式"

    def __init__(self, forms: Mapping[str, str], year: int, own: OwnFiles = NOTHING) -> None:
        self._own = own
        self._forms = list(forms)
        self._titles = forms
        self._year = year

    def listed(self) -> str:
        """The forms as they are offered, a line each."""
        return "\n".join(f"  {number}　{self._titles[form]}" for number, form in enumerate(self._forms, start=1))

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name of the form that is meant."""
        text = str(value).strip()
        if text.isdecimal() and 1 <= int(text) <= len(self._forms):
            return self._forms[int(text) - 1]
        exact = [form for form in self._forms if text in (form, self._titles[form])]
        named = [form for form in self._forms if text and text in self._titles[form]]
        meant = exact or of_departments(lineages(named, self._own))
        if len(meant) > 1 and len({line_of(form) for form in meant}) == 1:
            meant = [fitting_form(meant, self._year)]
        if len(meant) != 1:
            what = "不止一个" if meant else "没有"
            self.fail(f"{what}“{text}”，写前面的编号，例如{len(self._forms)}", param, ctx)
        return meant[0]


YEARS = YearAnswer(2000, 2099)
NAME, SHORT_NAME, REGION, CODE = map(AboutDepartment, ("name", "short_name", "region", "code"))


def about_department(answers: Mapping[str, Any]) -> Question | None:
    """The next question about a new department; none where all is answered."""
    questions = (
        Question("name", "部门全称", NAME),
        Question("short_name", "部门简称", SHORT_NAME, default=answers.get("name")),
        Question("code", "部门编码（不公开的不填）", CODE, default="", shown=False),
        Question("region", "地区全称，例如吕梁市", REGION),
        Question("level", "预算级次", LEVELS, default=level_of(answers.get("region", "")) or None),
    )
    left = next((question for question in questions if question.key not in answers), None)
    return left or (None if "units" in answers else _about_units(answers))


def _about_units(answers: Mapping[str, Any]) -> Question | None:
    """The units, until none is named."""
    number = 1
    while answers.get(f"unit{number}"):
        if f"kind{number}" not in answers:
            usual = UnitKind.INSTITUTION if number > 1 else UnitKind.ADMINISTRATIVE
            return Question(f"kind{number}", "    性质", KINDS_OF_UNIT, default=usual.term.short)
        number += 1
    if f"unit{number}" in answers:
        return None
    if number == 1:
        return Question("unit1", "第1个单位（机关在前）", NAME, default=answers["name"])
    return Question(f"unit{number}", f"第{number}个单位（没有就不填）", NAME, default="", shown=False)


def units_of(answers: Mapping[str, Any]) -> Iterator[NewUnit]:
    """The units by their answers. Other files call them agency, unit2 and so on; department.yaml may say otherwise."""
    number = 1
    while answers.get(f"unit{number}"):
        unit = "agency" if number == 1 else f"unit{number}"
        yield NewUnit(unit, answers[f"unit{number}"], UNIT_KINDS[answers[f"kind{number}"]])
        number += 1


def about_year(workspace: Workspace, answers: dict[str, Any] | Mapping[str, Any]) -> Question | None:
    """The next question about the year; none where all is answered."""
    if "year" not in answers:
        return Question("year", "年度", YEARS)
    if "kind" not in answers:
        return Question("kind", "预算还是决算", DisclosureKind(), default=name_of("kind", DEFAULT_KIND))
    if "form" in answers:
        return None
    target = Target(answers["folder"], answers["year"], answers["kind"])
    refuse_existing(workspace, target)
    own = own_files(workspace)
    titles = {name: form_title(name, own) for name in forms_of(target.kind, own)}
    answer = FormAnswer(titles, target.year, own)
    proposed = proposed_form(workspace, target, answers.get("region") or region_of(workspace, target.department))
    return Question(
        "form",
        f"表式有：\n{answer.listed()}\n用哪一个（写编号，或省名，例如山西）",
        answer,
        default=titles[proposed] if proposed else None,
    )


class DisclosureKind(click.ParamType[str]):
    """预算 or 决算, turned into what files call it."""

    name = "种类"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name of the kind."""
        return DISCLOSURE_KINDS[KINDS_OF_DISCLOSURE.convert(value, param, ctx)]


BACK = ("<", "＜", "上一步")
"""What takes back the answer before."""


class _TakenBackError(Exception):
    """The answer before is to be given anew."""


class Question(Struct, frozen=True):
    """A question and the `key` under which its answer is kept.

    `default` is what an empty answer means, None where there must be one; `shown` whether the question shows it.
    """

    key: str
    text: str
    kind: click.ParamType[Any]
    default: str | None = None
    shown: bool = True

    def ask(self) -> Any:
        """The answer. Raises _TakenBackError, and click.Abort where nobody answers any more."""
        is_shown = self.shown and self.default is not None
        return click.prompt(
            self.text, type=self.kind, default=self.default or "", show_default=is_shown, value_proc=self._answer
        )

    def _answer(self, text: str) -> Any:
        if text.strip() in BACK:
            raise _TakenBackError
        if self.default is None and not text.strip():
            raise click.UsageError("这一项要填")
        return self.kind(text)


def ask_all(next_question: Callable[[Mapping[str, Any]], Question | None], given: Mapping[str, Any]) -> dict[str, Any]:
    """All answers, those `given` among them; `next_question` says what is still to be asked."""
    answers = dict(given)
    asked: list[str] = []
    while (question := next_question(answers)) is not None:
        try:
            answers[question.key] = question.ask()
            asked.append(question.key)
        except _TakenBackError:
            if asked:
                del answers[asked.pop()]
            else:
                say("这是第一个问题，前面没有了")
    return answers
