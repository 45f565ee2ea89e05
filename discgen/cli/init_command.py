"""`discgen init`: asks what the options leave open, and writes the first files of a department or of a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from discgen.authoring.new_files import refuse_existing
from discgen.authoring.new_workspace import lacks_schemas, new_workspace, write_gitignore, write_schemas
from discgen.authoring.skeleton import NewDepartment, begin, forms_of, has_department, is_written
from discgen.cli.options import FormName, folder_option, workspace_at
from discgen.cli.questions import (
    CODE,
    LEVELS,
    NAME,
    REGION,
    SHORT_NAME,
    YEARS,
    FolderName,
    Question,
    UnitOption,
    about_department,
    about_year,
    ask_all,
    units_of,
)
from discgen.cli.screen import say
from discgen.cli.shell_completion import suggest_forms
from discgen.errors import Refusal
from discgen.files import reason
from discgen.form.form import load_form
from discgen.load.own_files import own_files
from discgen.load.target import KINDS, Target
from discgen.load.workspace import Workspace, find_workspace


@click.command()
@click.argument("folder", type=FolderName(), required=False, metavar="[部门的文件夹名]")
@click.option("--name", type=NAME, help="部门全称。")
@click.option("--short-name", type=SHORT_NAME, help="部门简称。")
@click.option("--code", type=CODE, help="部门编码；不公开编码的写成空的（''）。")
@click.option("--region", type=REGION, help="地区全称，例如 吕梁市。")
@click.option("--level", type=LEVELS, help="预算级次。")
@click.option(
    "--unit",
    "units",
    type=UnitOption(),
    multiple=True,
    help="单位，一个单位写一次，机关在前。性质： administrative（行政单位）、 quasi_administrative（参公单位）、 institution（事业单位）。",
)
@click.option("--year", type=YEARS, help="年度。")
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
    workspace = _workspace(start)
    kind = _kind(workspace, kind, form)
    given = {key: value for key, value in about.items() if value is not None and value != ()}
    given |= {
        key: value for key, value in {"folder": folder, "year": year, "kind": kind, "form": form}.items() if value
    }
    try:
        answers = _asked(workspace, given)
        target = Target(answers["folder"], answers["year"], answers["kind"])
        refuse_existing(workspace, target)
        department = None if has_department(workspace, target.department) else _department(answers)
        planned = begin(workspace, target, answers["form"], department)
        # The facts come last of all: a run that is broken off before can be run again.
        schemas = write_schemas(workspace) if lacks_schemas(workspace) else []
        files = [*write_gitignore(workspace), *planned.write()]
    except click.Abort as stopped:
        raise Refusal("没有答完，什么也没有写；不在终端里运行时，每个问题都用选项回答") from stopped
    for path in files:
        say(f"写了{path.relative_to(workspace.root).as_posix()}")
    if schemas:
        _echo_schemas(schemas)
    say(f"接着运行discgen check {target}，按指出的逐处填写")


def _refresh_schemas(start: str, *, is_alone: bool) -> None:
    """Write the schemas of a workspace anew, and nothing else."""
    if not is_alone:
        raise Refusal("--schema只写schema/，别的选项和文件夹名不要一起写")
    _echo_schemas(write_schemas(workspace_at(start)))


def _echo_schemas(files: Sequence[Path]) -> None:
    say(f"写了schema/里的{len(files)}个文件：给编辑器用，检查不读它")


def _kind(workspace: Workspace, kind: str | None, form: str | None) -> str | None:
    """The kind that was named, or that the form is of."""
    own = own_files(workspace)
    of_form = load_form(form, own).kind if form else None
    if kind and of_form and kind != of_form:
        raise Refusal(f"{form}不是{kind}的表式，可用的有：{'、'.join(forms_of(kind, own))}")
    return kind or of_form


def _workspace(start: str) -> Workspace:
    """The workspace at a folder or above it; a folder outside of any becomes a workspace."""
    try:
        if not Path(start).is_dir() or find_workspace(Path(start)):
            workspace = workspace_at(start)
            if workspace.root != Path(start).resolve():
                say(f"写在上级的工作区里：{workspace.root}")
            return workspace
        workspace = new_workspace(Path(start))
    except OSError as error:
        raise Refusal(f"“{start}”打不开：{reason(error)}") from error
    say(f"这里还没有工作区，就建在{workspace.root}")
    return workspace


def _asked(workspace: Workspace, given: Mapping[str, Any]) -> dict[str, Any]:
    """All that files are made from: what was given, and answers for the rest."""

    def following(answers: Mapping[str, Any]) -> Question | None:
        if "folder" not in answers:
            return Question("folder", "部门的文件夹名（小写字母、数字，例如 lvliang-xzsp）", FolderName())
        is_there = has_department(workspace, answers["folder"])
        if is_there:
            _refuse_others(workspace, answers["folder"], given)
        return (None if is_there else about_department(answers)) or about_year(workspace, answers)

    if following(given):
        say("一个一个回答，方括号里的是不填时的答案；答错了，写<回到上一个问题")
    return ask_all(following, given)


_ABOUT = ("name", "code", "region", "level", "units")


def _refuse_others(workspace: Workspace, folder: str, given: Mapping[str, Any]) -> None:
    """Refuse options about a department that is there, unless it was begun with the same words and not ended."""
    if not any(key in given for key in (*_ABOUT, "short_name")):
        return
    is_whole = all(key in given for key in _ABOUT)
    if not is_whole or not is_written(workspace, folder, _department({"short_name": given["name"], **given})):
        raise Refusal(f"部门“{folder}”已经有了，名称、单位等在它的department.yaml里改；新建一年，去掉这些选项")


def _department(answers: Mapping[str, Any]) -> NewDepartment:
    units = answers.get("units") or tuple(units_of(answers))
    return NewDepartment(
        answers["name"], answers["short_name"], answers["code"], answers["region"], answers["level"], units
    )
