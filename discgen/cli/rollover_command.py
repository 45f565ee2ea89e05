"""`discgen rollover`."""

from __future__ import annotations

import re

import click

from discgen.authoring.rollover import roll_over
from discgen.cli.options import YearAnswer, workspace_option
from discgen.cli.screen import say
from discgen.cli.shell_completion import suggest_departments
from discgen.errors import Refusal
from discgen.load.target import KINDS
from discgen.load.workspace import Workspace

_NAMED = re.compile(
    rf"(?P<name>[^/]+)(?:/(?P<year>20[0-9]{{2}})(?:/(?P<kind>{'|'.join(KINDS)})(?:\.yaml)?)?)?", re.DOTALL
)
"""A department, and perhaps the year that is to be carried on, and its kind."""


@click.command()
@click.argument("department", metavar="部门", shell_complete=suggest_departments)
@click.argument("year", type=YearAnswer(2000, 2099), required=False, metavar="年度")
@click.option(
    "--kind", type=click.Choice(list(KINDS)), help="预算budget或决算accounts；不写就做预算，没有预算的做决算。"
)
@workspace_option
def rollover(department: str, year: int | None, kind: str | None, workspace: Workspace) -> None:
    """用上一年的文件写出下一年的，例如 discgen rollover lvliang-xzsp 2025。部门写成“部门/上年”也可以，年度就不用再写。

    金额和文字带过来，标上“# 待确认”，核对一处删去一处，discgen check会逐条指出。增减原因不带，结束了的一次性项目不带。
    上一年的文件不动，已有的文件不覆盖。
    """
    done = roll_over(workspace, *_meant(workspace, department, year, kind))
    say(f"写了{len(done.files)}个文件，在{workspace.folder(done.target).relative_to(workspace.root).as_posix()}/")
    for remark in done.remarks:
        say(remark)
    if done.finished:
        say("这些一次性项目已经结束，没有带过来（仍要做的，从上年复制；不做的，从支出里减去）：")
        for name in done.finished:
            say(f"  {name}")
    say(f"接着运行discgen check {done.target}，按指出的逐处核对")


def _meant(workspace: Workspace, words: str, year: int | None, kind: str | None) -> tuple[str, int, str | None]:
    """The department, the year to be written, and the kind, where one is named."""
    named = _NAMED.fullmatch(words.strip().strip("/").rpartition("departments/")[2])
    if named is None:
        last = re.search(r"20[0-9]{2}", words)
        name, written = words.strip("/").partition("/")[0], year or (int(last[0]) + 1 if last else "年度")
        raise Refusal(f"“{words}”不是部门，也不是“部门/上年”；写成：discgen rollover {name} {written}")
    name, kind = named["name"], _agreed_kind(words, named["kind"], kind)
    if not named["year"]:
        if year is None:
            raise Refusal(f"没有说做哪一年的；例如：discgen rollover {name} {_next_of(workspace, name)}")
        return name, year, kind
    last_year = int(named["year"])
    following = last_year + 1 if (workspace.departments / name / str(last_year)).is_dir() else last_year
    if year not in (None, last_year + 1, following):
        raise Refusal(
            f"“{words}”的下一年是{last_year + 1}，写的是{year}；做{year}年的，写成：discgen rollover {name} {year}"
        )
    return name, year or following, kind


def _agreed_kind(words: str, named: str | None, kind: str | None) -> str | None:
    if named and kind and named != kind:
        raise Refusal(f"“{words}”说的是{named}，--kind说的是{kind}；去掉一个")
    return named or kind


def _next_of(workspace: Workspace, name: str) -> int | str:
    """The year after the latest that the department has."""
    years = [target.year for target in workspace.targets() if target.department == name]
    return max(years) + 1 if years else "年度"
