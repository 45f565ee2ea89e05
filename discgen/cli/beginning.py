"""`discgen init`: asks what it was not told, and writes the first files of a department or of a year."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from discgen.authoring.new_files import RefusedError, refuse_existing
from discgen.authoring.skeleton import NewDepartment, NewUnit, begin, forms_of, has_department
from discgen.cli.options import RequestError, workspace_at
from discgen.files import UnwritableError
from discgen.load.workspace import DEFAULT_KIND, KINDS, Target, Workspace
from discgen.model.disclosure import Level
from discgen.model.line import UnitKind

_UNIT = re.compile(r"(?P<id>[^=]+)=(?P<name>.+):(?P<kind>[a-z_]+)")
_KINDS_OF_UNIT = "、".join(UnitKind)
_YEARS = click.IntRange(2000, 2099)


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
                f"“{value}”应写成 代号=名称:性质，例如 agency=示范市档案局:administrative；性质有{_KINDS_OF_UNIT}",
                param,
                ctx,
            )
        return NewUnit(match["id"].strip(), match["name"].strip(), match["kind"])


_UNIT_TYPE = UnitOption()


@click.command()
@click.argument("folder", metavar="部门的文件夹名")
@click.option("--name", help="部门全称。")
@click.option("--short-name", help="部门简称。")
@click.option("--code", help="部门编码；不公开编码的写空。")
@click.option("--region", help="地区全称，例如 吕梁市。")
@click.option("--level", type=click.Choice([str(level) for level in Level]), help="预算级次。")
@click.option("--unit", "units", type=_UNIT_TYPE, multiple=True, help="单位，可以写几次，机关在前。")
@click.option("--year", type=_YEARS, help="年度。")
@click.option("--kind", type=click.Choice(list(KINDS)), help="预算budget或决算accounts。")
@click.option("--form", "form", help="表式，例如 shanxi-budget-2025。")
@click.option("-C", "--workspace", "start", default=".", show_default="当前文件夹", help="工作区所在的文件夹。")
def init(folder: str, start: str, form: str | None, *, year: int | None, kind: str | None, **about: Any) -> None:
    """新建一个部门，或给已有的部门新建一年：写出带说明的空文件，再用discgen check看还要填什么。

    没有用选项说明的，一个一个问。已有的文件不动。空文件夹会成为工作区。
    """
    workspace = _workspace(start)
    try:
        department = None
        if not has_department(workspace, folder):
            department = _ask_department(about)
        elif any(answer is not None and answer != () for answer in about.values()):
            raise RequestError(f"部门“{folder}”已经有了，名称、单位等在它的department.yaml里改")
        target = _ask_target(folder, year, kind)
        refuse_existing(workspace, target)
        files = begin(workspace, target, form or _ask_form(target), department)
    except click.Abort as stopped:
        raise RequestError("没有答完，什么也没有写；不在终端里运行时，每个问题都用选项回答") from stopped
    except (RefusedError, UnwritableError) as trouble:
        raise RequestError(str(trouble)) from trouble
    for path in files:
        click.echo(f"写了{path.relative_to(workspace.root).as_posix()}")
    click.echo(f"接着运行discgen check {target}，按指出的逐处填写")


def _workspace(start: str) -> Workspace:
    """The workspace at a folder or above it; an empty folder that is in none becomes one."""
    folder = Path(start).resolve()
    in_none = not any((above / "departments").is_dir() for above in (folder, *folder.parents))
    if in_none and folder.is_dir() and all(path.name.startswith(".") for path in folder.iterdir()):
        return Workspace(folder)
    return workspace_at(start)


def _ask_department(about: Mapping[str, Any]) -> NewDepartment:
    """The department by the options, and by answers for those that were not given."""
    name = about["name"] or click.prompt("部门全称")
    short_name = about["short_name"] or click.prompt("部门简称", default=name)
    code = about["code"]
    if code is None:
        code = click.prompt("部门编码（不公开的不填）", default="", show_default=False)
    region = about["region"] or click.prompt("地区全称，例如吕梁市")
    level = about["level"] or click.prompt("预算级次", type=click.Choice([str(one) for one in Level]))
    return NewDepartment(name, short_name, code, region, level, about["units"] or _ask_units(name))


def _ask_units(name: str) -> tuple[NewUnit, ...]:
    click.echo(f"单位写成 代号=名称:性质，机关在前；性质有{_KINDS_OF_UNIT}")
    units = [click.prompt("第1个单位", type=_UNIT_TYPE, default=f"agency={name}:{UnitKind.ADMINISTRATIVE}")]
    while answer := click.prompt(f"第{len(units) + 1}个单位（没有就不填）", default="", show_default=False):
        try:
            units.append(_UNIT_TYPE.convert(answer, None, None))
        except click.BadParameter as trouble:
            click.echo(trouble.message)
    return tuple(units)


def _ask_target(folder: str, year: int | None, kind: str | None) -> Target:
    year = year or click.prompt("年度", type=_YEARS)
    kind = kind or click.prompt("预算budget还是决算accounts", type=click.Choice(list(KINDS)), default=DEFAULT_KIND)
    return Target(folder, year, kind)


def _ask_form(target: Target) -> str:
    """The form. One is offered only where there is no other: which region's is wanted cannot be guessed."""
    forms = forms_of(target.kind)
    answer: str = click.prompt("表式", type=click.Choice(forms), default=forms[0] if len(forms) == 1 else None)
    return answer
