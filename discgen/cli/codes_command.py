"""`discgen codes`: the bureau's own 政府收支分类科目."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from discgen.cli.options import YearAnswer, workspace_option
from discgen.cli.screen import say
from discgen.errors import Refusal
from discgen.load.workspace import Workspace


@click.group()
def codes() -> None:
    """本地自己的科目表：写在工作区的codes/里，排在程序带的前面。"""


@codes.command("import")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.option("--year", type=YearAnswer(2000, 2099), help="哪一年的科目；文件名或表的标题里写明的不用说。")
@click.option("--dry-run", is_flag=True, help="只说明有哪些不同，不写文件。")
@workspace_option
def import_(file: Path, year: int | None, workspace: Workspace, *, dry_run: bool) -> None:
    """从Excel或CSV导入全部科目：功能分类、部门经济分类、政府经济分类、收入分类。

    编码和名称在一格、两栏，或分成类、款、项三栏都可以，哪套分类看编码的第一位。先说明比程序带的多了哪些、改了哪些名称、少了哪些。
    """
    from discgen.authoring.new_workspace import has_schemas, write_schemas
    from discgen.importing.codes.plan import plan_codes, write_codes
    from discgen.importing.problems import ImportProblemsError
    from discgen.importing.report import describe_problems

    try:
        plan = plan_codes(workspace, file, year)
    except ImportProblemsError as error:
        for line in describe_problems(error, ["discgen", "codes", "import", str(file)]):
            say(line, err=True)
        sys.exit(error.exit_code)
    say(f"{plan.year}年的科目：")
    for difference in plan.differences:
        for line in difference.describe():
            say(line)
    names = [path.relative_to(workspace.root.resolve()).as_posix() for path in plan.tables]
    if not names:
        say("和现有的codes/相同，不用写")
        return
    if dry_run:
        say(f"要写：{'、'.join(names)}")
        return
    write_codes(plan)
    say(f"写了{'、'.join(names)}")
    if has_schemas(workspace):
        try:
            write_schemas(workspace)
        except Refusal as refusal:
            say(f"编辑器用的schema/没有写：{refusal}", err=True)
            return
        say("编辑器的提示（schema/）也换成了新的科目")
