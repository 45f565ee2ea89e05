"""`discgen rollover`."""

from __future__ import annotations

import click

from discgen.authoring.new_files import RefusedError
from discgen.authoring.rollover import roll_over
from discgen.cli.options import RequestError, workspace_option
from discgen.cli.screen import say
from discgen.cli.suggesting import suggest_departments
from discgen.files import UnwritableError
from discgen.load.workspace import KINDS, Workspace


@click.command()
@click.argument("department", metavar="部门", shell_complete=suggest_departments)
@click.argument("year", type=int, metavar="年度")
@click.option(
    "--kind", type=click.Choice(list(KINDS)), help="预算budget或决算accounts；不写就做预算，没有预算的做决算。"
)
@workspace_option
def rollover(department: str, year: int, kind: str | None, workspace: Workspace) -> None:
    """用上一年的文件写出下一年的，例如 discgen rollover lvliang-xzsp 2025。

    金额和文字带过来，标上“# 待确认”，核对一处删去一处，discgen check会逐条指出。增减原因不带，结束了的一次性项目不带。
    上一年的文件不动，已有的文件不覆盖。
    """
    try:
        done = roll_over(workspace, department.strip("/").removeprefix("departments/"), year, kind)
    except (RefusedError, UnwritableError) as trouble:
        raise RequestError(str(trouble)) from trouble
    say(f"写了{len(done.files)}个文件，在{workspace.folder(done.target).relative_to(workspace.root).as_posix()}/")
    for remark in done.remarks:
        say(remark)
    if done.finished:
        say("这些一次性项目已经结束，没有带过来（仍要做的，从上年复制；不做的，从支出里减去）：")
        for name in done.finished:
            say(f"  {name}")
    say(f"接着运行discgen check {done.target}，按指出的逐处核对")
