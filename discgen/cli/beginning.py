"""`discgen init`: asks what it was not told, and writes the first files of a department or of a year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import click

from discgen.authoring.new_files import RefusedError, refuse_existing
from discgen.authoring.new_workspace import new_workspace, write_gitignore
from discgen.authoring.schemas import lacks_schemas, write_schemas
from discgen.authoring.skeleton import NewDepartment, NewUnit, begin, forms_of, has_department, is_written
from discgen.cli.answers import (
    DISCLOSURE_KINDS,
    KINDS_OF_DISCLOSURE,
    KINDS_OF_UNIT,
    LEVELS,
    UNIT_KINDS,
    AboutDepartment,
    FolderName,
    FormName,
    UnitOption,
    YearAnswer,
)
from discgen.cli.options import RequestError, folder_option, workspace_at
from discgen.cli.screen import say
from discgen.cli.suggesting import suggest_forms
from discgen.files import UnwritableError, reason
from discgen.form.form import load_form
from discgen.load.workspace import KINDS, Target, Workspace, find_workspace
from discgen.model.disclosure import Level

_YEARS = YearAnswer(2000, 2099)
_NAME, _SHORT_NAME, _REGION = map(AboutDepartment, ("name", "short_name", "region"))
_CODE = AboutDepartment("code")


@click.command()
@click.argument("folder", type=FolderName(), required=False, metavar="[部门的文件夹名]")
@click.option("--name", type=_NAME, help="部门全称。")
@click.option("--short-name", type=_SHORT_NAME, help="部门简称。")
@click.option("--code", type=_CODE, help="部门编码；不公开编码的写成空的（''）。")
@click.option("--region", type=_REGION, help="地区全称，例如 吕梁市。")
@click.option("--level", type=click.Choice([str(level) for level in Level]), help="预算级次。")
@click.option(
    "--unit",
    "units",
    type=UnitOption(),
    multiple=True,
    help="单位，一个单位写一次，机关在前。性质： administrative（行政单位）、 quasi_administrative（参公单位）、 institution（事业单位）。",
)
@click.option("--year", type=_YEARS, help="年度。")
@click.option("--kind", type=click.Choice(list(KINDS)), help="预算budget或决算accounts。")
@click.option("--form", type=FormName(), shell_complete=suggest_forms, help="表式，例如 shanxi-budget-2025。")
@click.option("--schema", "only_schemas", is_flag=True, help="只把编辑器用的schema/写成现在这一版，discgen更新以后用。")
@folder_option
def init(folder: str | None, start: str, form: str | None, *, year: int | None, kind: str | None, **about: Any) -> None:
    """新建一个部门，或给已有的部门新建一年：写出带说明的空文件，再用discgen check看还要填什么。

    没有用选项说明的，一个一个问。已有的文件不动。不在工作区里运行的，所在的文件夹成为工作区。工作区里没有schema/的，写一份给编辑器用。
    """
    if about.pop("only_schemas"):
        _refresh_schemas(start, is_alone=not any((folder, form, year, kind, *about.values())))
        return
    kind = _kind(kind, form)
    workspace = _workspace(start)
    try:
        folder = folder or click.prompt("部门的文件夹名（小写字母、数字，例如 lvliang-xzsp）", type=FolderName())
        department = None
        if not has_department(workspace, folder):
            department = _ask_department(about)
        elif any(answer is not None and answer != () for answer in about.values()):
            _refuse_others(workspace, folder, about)
        target = _ask_target(folder, year, kind)
        refuse_existing(workspace, target)
        planned = begin(workspace, target, form or _ask_form(target), department)
        # The facts come last of all: a run that is broken off before can be run again.
        schemas = write_schemas(workspace) if lacks_schemas(workspace) else []
        files = [*write_gitignore(workspace), *planned.write()]
    except click.Abort as stopped:
        raise RequestError("没有答完，什么也没有写；不在终端里运行时，每个问题都用选项回答") from stopped
    except (RefusedError, UnwritableError) as trouble:
        raise RequestError(str(trouble)) from trouble
    for path in files:
        say(f"写了{path.relative_to(workspace.root).as_posix()}")
    if schemas:
        _echo_schemas(schemas)
    say(f"接着运行discgen check {target}，按指出的逐处填写")


def _refuse_others(workspace: Workspace, folder: str, about: Mapping[str, Any]) -> None:
    """Refuse what is said of a department that is there, unless it was begun with the same words and not ended."""
    is_whole = all(about[key] is not None for key in ("name", "code", "region", "level")) and about["units"]
    if not is_whole or not is_written(
        workspace, folder, _ask_department({**about, "short_name": about["short_name"] or about["name"]})
    ):
        raise RequestError(f"部门“{folder}”已经有了，名称、单位等在它的department.yaml里改；新建一年，去掉这些选项")


def _refresh_schemas(start: str, *, is_alone: bool) -> None:
    """Write the schemas of a workspace anew, and nothing else."""
    if not is_alone:
        raise RequestError("--schema只写schema/，别的选项和文件夹名不要一起写")
    try:
        _echo_schemas(write_schemas(workspace_at(start)))
    except (RefusedError, UnwritableError) as trouble:
        raise RequestError(str(trouble)) from trouble


def _echo_schemas(files: Sequence[Path]) -> None:
    say(f"写了schema/里的{len(files)}个文件：给编辑器用，检查不读它")


def _kind(kind: str | None, form: str | None) -> str | None:
    """The kind that was told, or that the form is of."""
    of_form = load_form(form).kind if form else None
    if kind and of_form and kind != of_form:
        raise RequestError(f"{form}不是{kind}的表式，可用的有：{'、'.join(forms_of(kind))}")
    return kind or of_form


def _workspace(start: str) -> Workspace:
    """The workspace at a folder or above it; a folder that is in none becomes one."""
    try:
        if not Path(start).is_dir() or find_workspace(Path(start)):
            found = workspace_at(start)
            if found.root != Path(start).resolve():
                say(f"写在上级的工作区里：{found.root}")
            return found
        workspace = new_workspace(Path(start))
    except OSError as trouble:
        raise RequestError(f"“{start}”打不开：{reason(trouble)}") from trouble
    except RefusedError as trouble:
        raise RequestError(str(trouble)) from trouble
    say(f"这里还没有工作区，就建在{workspace.root}")
    return workspace


def _ask_department(about: Mapping[str, Any]) -> NewDepartment:
    """The department by the options, and by answers for those that were not given."""
    name = about["name"] or click.prompt("部门全称", type=_NAME)
    short_name = about["short_name"] or click.prompt("部门简称", type=_SHORT_NAME, default=name)
    code = about["code"]
    if code is None:
        code = click.prompt("部门编码（不公开的不填）", type=_CODE, default="", show_default=False)
    region = about["region"] or click.prompt("地区全称，例如吕梁市", type=_REGION)
    level = about["level"] or click.prompt("预算级次", type=LEVELS)
    return NewDepartment(name, short_name, code, region, level, about["units"] or tuple(_ask_units(name)))


def _ask_units(department: str) -> Iterator[NewUnit]:
    """The units, until none is named. Other files call them agency, unit2 and so on; department.yaml may say otherwise."""
    yield NewUnit(
        "agency", click.prompt("第1个单位（机关在前）", type=_NAME, default=department), _ask_unit_kind("行政单位")
    )
    for number in count(2):
        name = click.prompt(f"第{number}个单位（没有就不填）", type=_NAME, default="", show_default=False)
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
