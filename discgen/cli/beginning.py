"""`discgen init`: asks what it was not told, and writes the first files of a department or of a year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import click

from discgen.authoring.new_files import RefusedError, refuse_existing
from discgen.authoring.schemas import lacks_schemas, write_schemas
from discgen.authoring.skeleton import NewDepartment, NewUnit, begin, folder_name, forms_of, has_department
from discgen.cli.answers import DISCLOSURE_KINDS, KINDS_OF_DISCLOSURE, KINDS_OF_UNIT, LEVELS, UNIT_KINDS, YearAnswer
from discgen.cli.options import RequestError, folder_option, workspace_at
from discgen.cli.suggesting import suggest_forms
from discgen.files import UnwritableError, reason
from discgen.form.form import form_names
from discgen.load.workspace import KINDS, Target, Workspace, find_workspace
from discgen.model.disclosure import Level
from discgen.model.line import UnitKind

_CODE = re.compile(r"[0-9]{3,10}")
_UNIT = re.compile(r"(?P<id>[^=]+)=(?P<name>.+):(?P<kind>[a-z_]+)")
_YEARS = YearAnswer(2000, 2099)


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
        return NewUnit(match["id"].strip(), match["name"].strip(), match["kind"])


class FolderName(click.ParamType[str]):
    """A name that the folder of a department may have."""

    name = "文件夹名"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse what is none, so that it is asked again."""
        try:
            return folder_name(value)
        except RefusedError as trouble:
            self.fail(str(trouble), param, ctx)


class DepartmentCode(click.ParamType[str]):
    """A department's code, or nothing where it is not published."""

    name = "编码"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse what is none, so that it is asked again."""
        if value and not _CODE.fullmatch(value):
            self.fail(f"“{value}”不行：部门编码是三到十位数字，例如 026", param, ctx)
        return value


class FormName(click.ParamType[str]):
    """The name of a form that there is."""

    name = "表式"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse what is none, before anything is asked."""
        if value not in form_names():
            self.fail(f"没有表式“{value}”，可用的有：{'、'.join(form_names())}", param, ctx)
        return value


@click.command()
@click.argument("folder", type=FolderName(), required=False, metavar="[部门的文件夹名]")
@click.option("--name", help="部门全称。")
@click.option("--short-name", help="部门简称。")
@click.option("--code", type=DepartmentCode(), help="部门编码；不公开编码的写空。")
@click.option("--region", help="地区全称，例如 吕梁市。")
@click.option("--level", type=click.Choice([str(level) for level in Level]), help="预算级次。")
@click.option("--unit", "units", type=UnitOption(), multiple=True, help="单位，可以写几次，机关在前。")
@click.option("--year", type=_YEARS, help="年度。")
@click.option("--kind", type=click.Choice(list(KINDS)), help="预算budget或决算accounts。")
@click.option("--form", type=FormName(), shell_complete=suggest_forms, help="表式，例如 shanxi-budget-2025。")
@click.option("--schema", "only_schemas", is_flag=True, help="只把编辑器用的schema/写成现在这一版，discgen更新以后用。")
@folder_option
def init(folder: str | None, start: str, form: str | None, *, year: int | None, kind: str | None, **about: Any) -> None:
    """新建一个部门，或给已有的部门新建一年：写出带说明的空文件，再用discgen check看还要填什么。

    没有用选项说明的，一个一个问。已有的文件不动。空文件夹会成为工作区。工作区里没有schema/的，写一份给编辑器用。
    """
    if about.pop("only_schemas"):
        _refresh_schemas(start, is_alone=not any((folder, form, year, kind, *about.values())))
        return
    workspace = _workspace(start)
    try:
        folder = folder or click.prompt("部门的文件夹名（小写字母、数字，例如 lvliang-xzsp）", type=FolderName())
        department = None
        if not has_department(workspace, folder):
            department = _ask_department(about)
        elif any(answer is not None and answer != () for answer in about.values()):
            raise RequestError(f"部门“{folder}”已经有了，名称、单位等在它的department.yaml里改")
        target = _ask_target(folder, year, kind)
        refuse_existing(workspace, target)
        files = begin(workspace, target, form or _ask_form(target), department)
        schemas = write_schemas(workspace) if lacks_schemas(workspace) else []
    except click.Abort as stopped:
        raise RequestError("没有答完，什么也没有写；不在终端里运行时，每个问题都用选项回答") from stopped
    except (RefusedError, UnwritableError) as trouble:
        raise RequestError(str(trouble)) from trouble
    for path in files:
        click.echo(f"写了{path.relative_to(workspace.root).as_posix()}")
    if schemas:
        _echo_schemas(schemas)
    click.echo(f"接着运行discgen check {target}，按指出的逐处填写")


def _refresh_schemas(start: str, *, is_alone: bool) -> None:
    """Write the schemas of a workspace anew, and nothing else."""
    if not is_alone:
        raise RequestError("--schema只写schema/，别的选项和文件夹名不要一起写")
    try:
        _echo_schemas(write_schemas(workspace_at(start)))
    except (RefusedError, UnwritableError) as trouble:
        raise RequestError(str(trouble)) from trouble


def _echo_schemas(files: Sequence[Path]) -> None:
    click.echo(f"写了schema/里的{len(files)}个文件：给编辑器用，检查不读它")


def _workspace(start: str) -> Workspace:
    """The workspace at a folder or above it; an empty folder that is in none becomes one."""
    folder = Path(start).resolve()
    try:
        empty = folder.is_dir() and all(path.name.startswith(".") for path in folder.iterdir())
        return Workspace(folder) if empty and find_workspace(folder) is None else workspace_at(start)
    except OSError as trouble:
        raise RequestError(f"“{start}”打不开：{reason(trouble)}") from trouble


def _ask_department(about: Mapping[str, Any]) -> NewDepartment:
    """The department by the options, and by answers for those that were not given."""
    name = about["name"] or click.prompt("部门全称")
    short_name = about["short_name"] or click.prompt("部门简称", default=name)
    code = about["code"]
    if code is None:
        code = click.prompt("部门编码（不公开的不填）", type=DepartmentCode(), default="", show_default=False)
    region = about["region"] or click.prompt("地区全称，例如吕梁市")
    level = about["level"] or click.prompt("预算级次", type=LEVELS)
    return NewDepartment(name, short_name, code, region, level, about["units"] or tuple(_ask_units(name)))


def _ask_units(department: str) -> Iterator[NewUnit]:
    """The units, until none is named. Other files call them agency, unit2 and so on; department.yaml may say otherwise."""
    yield NewUnit("agency", click.prompt("第1个单位（机关在前）", default=department), _ask_unit_kind("行政单位"))
    for number in count(2):
        name = click.prompt(f"第{number}个单位（没有就不填）", default="", show_default=False)
        if not name:
            return
        yield NewUnit(f"unit{number}", name, _ask_unit_kind("事业单位"))


def _ask_unit_kind(usual: str) -> str:
    return UNIT_KINDS[click.prompt("    性质", type=KINDS_OF_UNIT, default=usual)]


def _ask_target(folder: str, year: int | None, kind: str | None) -> Target:
    year = year or click.prompt("年度", type=_YEARS)
    if kind is None:
        kind = DISCLOSURE_KINDS[click.prompt("预算还是决算", type=KINDS_OF_DISCLOSURE, default="预算")]
    return Target(folder, year, kind)


def _ask_form(target: Target) -> str:
    """The form. One is offered only where there is no other: which region's is wanted cannot be guessed."""
    forms = forms_of(target.kind)
    asked = "表式（省份的拼音和年度，例如山西2025年预算是shanxi-budget-2025）" if len(forms) > 1 else "表式"
    answer: str = click.prompt(asked, type=click.Choice(forms), default=forms[0] if len(forms) == 1 else None)
    return answer
