"""`discgen explain`: a rule in full, or a printed number back to its lines."""

from __future__ import annotations

import sys

import click

from discgen.check.listing import lines_of
from discgen.cli.group import EXIT_BUG
from discgen.cli.options import echo_findings, folder_option, workspace_at
from discgen.cli.screen import say_lines
from discgen.cli.shell_completion import suggest_explainable
from discgen.errors import Refusal, bugs_in
from discgen.explain.fact import as_text, explain_fact
from discgen.explain.rule import explain_rule
from discgen.load.workspace import select_one
from discgen.pipeline import compose


@click.command()
@click.argument("asked", metavar="编号 | 部门/年度", shell_complete=suggest_explainable)
@click.argument("shown", required=False, metavar="[印出的数 | 位置 | 事实]")
@folder_option
def explain(asked: str, shown: str | None, start: str) -> None:
    """说明一个编号（检查什么、为什么、怎么改），或文件里的一个数（怎样来的、还出现在哪里）。

    编号写检查结果里的，例如 R001，各举一例；只写字母，例如 R，列出这一类的编号。

    数写部门/年度和印出的数，例如 lvliang-xzsp/2023 1,860.43；印得多的，按提示写明是哪一格。
    """
    say_lines(_explained_rule(asked) if shown is None else _explained_fact(start, asked, shown))


def _explained_rule(code: str) -> str:
    return explain_rule(code)


def _explained_fact(start: str, name: str, shown: str) -> str:
    # A code is explained anywhere; only a document needs its workspace.
    workspace = workspace_at(start)
    target = select_one(workspace, name)
    result = compose(workspace, target)
    document = result.document
    if bugs_in(result.findings):
        echo_findings(list(result.findings), lines_of(workspace), err=True)
        sys.exit(EXIT_BUG)
    if document is None:
        raise Refusal(f"{target}还有错误，编不出文件：先运行discgen check {target}")
    return as_text(explain_fact(document, shown))
