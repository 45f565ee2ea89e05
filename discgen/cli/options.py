"""What commands share: exit codes, the error of a request, the workspace, targets, and findings on the terminal."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO, Any

import click

from discgen.diagnostics import Diagnostic
from discgen.load.workspace import Target, TargetError, Workspace
from discgen.report import as_text
from discgen.report.source import LineReader
from discgen.selection import select

EXIT_FINDINGS, EXIT_REQUEST, EXIT_BUG = 1, 2, 3
"""Exit codes: the data have errors; the request cannot be met; a bug of ours."""


class RequestError(click.ClickException):
    """What was asked for cannot be done; the data are not to blame."""

    exit_code = EXIT_REQUEST

    def show(self, file: IO[Any] | None = None) -> None:  # noqa: ARG002 - Click's signature
        """Say so on standard error."""
        click.echo(f"错误：{self.message}", err=True)


class WorkspaceOption(click.ParamType[Workspace]):
    """A folder that holds `departments/`, or one below it."""

    name = "文件夹"

    def convert(self, value: str | Workspace, param: click.Parameter | None, ctx: click.Context | None) -> Workspace:  # noqa: ARG002
        """Find the workspace at the folder or above it."""
        return value if isinstance(value, Workspace) else workspace_at(value)


def workspace_at(folder: str) -> Workspace:
    """The workspace at a folder or above it."""
    start = Path(folder).resolve()
    for above in (start, *start.parents):
        if (above / "departments").is_dir():
            return Workspace(above)
    raise RequestError(f"{start} 和它的上级文件夹里都没有departments/，请在工作区里运行，或用-C指定工作区")


workspace_option = click.option(
    "-C", "--workspace", type=WorkspaceOption(), default=".", show_default="当前文件夹", help="工作区所在的文件夹。"
)
targets_argument = click.argument("targets", nargs=-1, metavar="[部门 | 部门/年度 | 文件]...")


def select_targets(workspace: Workspace, names: tuple[str, ...]) -> list[Target]:
    """The targets that a user named."""
    try:
        return select(workspace, names)
    except TargetError as trouble:
        raise RequestError(str(trouble)) from trouble


_STYLES: dict[str, dict[str, Any]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "note": {"fg": "cyan", "bold": True},
    "place": {"bold": True},
    "caret": {"fg": "green", "bold": True},
    "aside": {"dim": True},
}
"""How the parts of a report look on a terminal."""


def echo_findings(findings: list[Diagnostic], line_at: LineReader, *, err: bool = False) -> None:
    """Print the report for a person; in colour on a terminal, unless NO_COLOR is set (https://no-color.org)."""
    stream = sys.stderr if err else sys.stdout
    if stream.isatty() and not os.environ.get("NO_COLOR"):
        click.echo(
            as_text(findings, line_at, lambda text, part: click.style(text, **_STYLES[part])), err=err, color=True
        )
    else:
        click.echo(as_text(findings, line_at), err=err)
