"""`discgen fmt`."""

from __future__ import annotations

import sys

import click

from discgen.check.listing import lines_of
from discgen.cli.options import echo_findings, exit_code, targets_argument, unread_departments, workspace_option
from discgen.cli.screen import say
from discgen.diagnostics import has_errors
from discgen.fmt.files import Formatted, format_files
from discgen.load.workspace import Workspace


@click.command()
@targets_argument
@workspace_option
@click.option("--check", "only_check", is_flag=True, help="只说哪些文件要改，不改；有要改的退出码是1。")
def fmt(targets: tuple[str, ...], workspace: Workspace, *, only_check: bool) -> None:
    """把YAML排整齐：键的次序、缩进、一行一条；内容和备注不变。

    有写法错误的文件不动。
    """
    done: list[Formatted] = []
    for formatted in format_files(workspace, targets, write=not only_check):
        done.append(formatted)
        _echo(formatted, workspace, only_check=only_check)
    changed = sum(formatted.changed for formatted in done)
    left_alone = sum(formatted.left_alone for formatted in done)
    others = f"，{left_alone}个没有动" if left_alone else ""
    say(f"共{len(done)}个文件，{'要改' if only_check else '改了'}{changed}个{others}", err=True)
    unread = unread_departments(workspace, targets)
    if unread:
        echo_findings(unread, lines_of(workspace), err=True)
    findings = [finding for formatted in done for finding in formatted.findings]
    failed = left_alone or has_errors(unread) or (only_check and changed)
    sys.exit(exit_code(findings, failed=bool(failed)))


def _echo(formatted: Formatted, workspace: Workspace, *, only_check: bool) -> None:
    if formatted.changed:
        say(f"{'要改' if only_check else '改了'} {formatted.file}")
    if formatted.reason:
        say(f"没有动 {formatted.file}：{formatted.reason}", err=True)
    if formatted.findings:
        say(f"没有动 {formatted.file}：先改好写法", err=True)
        echo_findings(list(formatted.findings), lines_of(workspace), err=True)
