"""What commands share: exit codes, the error of a request, the workspace, targets, and findings on the terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from discgen.cache import NoCache, cache_of_user
from discgen.cli.group import EXIT_BUG, EXIT_FINDINGS
from discgen.cli.screen import say_lines
from discgen.cli.shell_completion import folder_named, own_forms, suggest_targets
from discgen.diagnostics import Diagnostic
from discgen.errors import Refusal, bugs_in
from discgen.files import reason
from discgen.load.own_files import NOTHING
from discgen.load.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from discgen.check.listing import LineReader
    from discgen.model.waiver import Waived


def exit_code(findings: Iterable[Diagnostic], *, failed: bool) -> int:
    """How a command ends that has done all it could: a bug of ours in one document has the code of bugs."""
    return EXIT_BUG if bugs_in(findings) else EXIT_FINDINGS if failed else 0


def workspace_at(folder: str) -> Workspace:
    """The workspace at a folder or above it."""
    start = Path(folder)
    try:
        if not start.is_dir():
            problem = "是文件，不是文件夹" if start.exists() else "没有这个文件夹"
            raise Refusal(f"“{folder}”{problem}；-C后面写工作区所在的文件夹")
        workspace = find_workspace(start)
    except OSError as error:
        raise Refusal(f"“{folder}”打不开：{reason(error)}") from error
    if workspace is None:
        raise Refusal(
            f"{start.resolve()} 和它的上级文件夹里都没有departments/，请在工作区里运行，或用-C指定工作区；"
            "新建工作区，在要用的文件夹里运行discgen init"
        )
    return workspace


class WorkspaceOption(click.ParamType[Workspace]):
    """A folder that holds `departments/`, or one below it."""

    name = "文件夹"

    def convert(self, value: str | Workspace, param: click.Parameter | None, ctx: click.Context | None) -> Workspace:  # noqa: ARG002
        """Find the workspace at the folder or above it."""
        return value if isinstance(value, Workspace) else workspace_at(value)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002
        """Folders, as the shell knows them."""
        return [CompletionItem(incomplete, type="dir")]


class FormName(click.ParamType[str]):
    """The name of a form that there is, or its title."""

    name = "表式"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse what is none, before anything is asked."""
        from discgen.form.files import form_names, form_title

        own = own_forms(ctx) if ctx else NOTHING
        titles = {name: form_title(name, own) for name in form_names(own)}
        names = [name for name, title in titles.items() if value.strip() in (name, title)]
        if len(names) != 1:
            there = "、".join(f"{name}（{title}）" for name, title in titles.items())
            self.fail(f"没有表式“{value}”，可用的有：{there}", param, ctx)
        return names[0]


class YearAnswer(click.IntRange):
    """A year, with or without 年."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number of the year."""
        text: Any = str(value).strip().removesuffix("度").removesuffix("年")
        try:
            return super().convert(text, param, ctx)
        except click.UsageError:
            self.fail(f"“{value}”不是年度，写四位数字，从{self.min}到{self.max}，例如2025", param, ctx)


def folder_before_command() -> str:
    """The folder after a `-C` before the command; else the current one."""
    return folder_named(click.get_current_context())


_in_folder = partial(
    click.option,
    "-C",
    "--workspace",
    default=folder_before_command,
    show_default="当前文件夹",
    is_eager=True,  # a form is sought in the workspace
    help="工作区所在的文件夹。",
)
workspace_option = _in_folder(type=WorkspaceOption())
folder_option = _in_folder("start", type=click.Path(file_okay=False), metavar="文件夹")
"""The same where there need not be a workspace."""
no_cache_option = click.option(
    "--no-cache",
    "cache",
    is_flag=True,
    callback=lambda _, __, value: NoCache() if value else cache_of_user(),
    help="不用上次留下的结果，全部重新做；结果一样，只是慢些。",
)
"""Where results are kept, as a `Cache`."""


def jobs_option(what: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """How many processes there may be; as many as processors where it is not said."""
    return click.option(
        "-j", "--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, help=f"{what}；不写就是处理器的核数。"
    )


targets_argument = click.argument(
    "targets", nargs=-1, metavar="[部门 | 部门/年度 | 部门/年度/单位 | 文件]...", shell_complete=suggest_targets
)


def refuse_without_layout() -> None:
    """Refuse to lay out where the machine lacks what that takes; the commands that do not load it run without."""
    from discgen.render.layout.surroundings import require_layout

    require_layout()


def unread_departments(workspace: Workspace, names: tuple[str, ...]) -> list[Diagnostic]:
    """The findings of departments that cannot be read, where all departments are asked for."""
    return [] if names else workspace.unread()


_STYLES: dict[str, dict[str, Any]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "note": {"fg": "cyan", "bold": True},
    "place": {"bold": True},
    "caret": {"fg": "green", "bold": True},
    "aside": {"dim": True},
}
"""How the parts of a report look on a terminal."""


def echo_findings(
    findings: list[Diagnostic],
    line_at: LineReader,
    waived: Sequence[Waived] = (),
    *,
    show_waived: bool = False,
    err: bool = False,
) -> None:
    """Print the report for a person; in colour on a terminal, unless NO_COLOR is set (https://no-color.org)."""
    # It loads what reads YAML, which a build of what is unchanged does not need.
    from discgen.check.as_text import as_text, plain

    stream = sys.stderr if err else sys.stdout
    coloured = stream.isatty() and not os.environ.get("NO_COLOR")
    paint = (lambda text, part: click.style(text, **_STYLES[part])) if coloured else plain
    report = as_text(findings, line_at, paint, waived, show_waived=show_waived)
    say_lines(report, err=err, coloured=coloured)
