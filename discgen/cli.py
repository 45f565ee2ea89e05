"""The command `discgen`: gathers options, calls one library function, hands the result to a reporter.

Exit codes: 0 all is well; 1 findings stop it; 2 the request cannot be met; 3 our bug.
"""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import IO, Any

import click

from discgen import __version__
from discgen.diagnostics import Diagnostic, Severity, has_errors, in_order
from discgen.load.workspace import Target, TargetError, Workspace
from discgen.pipeline import check as check_targets
from discgen.report import FORMATS, as_text

EXIT_FINDINGS, EXIT_REQUEST, EXIT_BUG = 1, 2, 3


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
        if isinstance(value, Workspace):
            return value
        start = Path(value).resolve()
        for folder in (start, *start.parents):
            if (folder / "departments").is_dir():
                return Workspace(folder)
        raise RequestError(f"{start} 和它的上级文件夹里都没有departments/，请在工作区里运行，或用-C指定工作区")


workspace_option = click.option(
    "-C", "--workspace", type=WorkspaceOption(), default=".", show_default="当前文件夹", help="工作区所在的文件夹。"
)
targets_argument = click.argument("targets", nargs=-1, metavar="[部门 | 部门/年度]...")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="discgen", message="%(prog)s %(version)s")
def cli() -> None:
    """部门预算公开文件生成工具：事实写成YAML，一条命令排出整本PDF。"""


@cli.command()
@targets_argument
@workspace_option
@click.option("--draft", is_flag=True, help="有错误也编，加“草稿”水印，把要改的地方列在最前面。")
@click.option("-j", "--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, help="同时编几份。")
def build(targets: tuple[str, ...], workspace: Workspace, *, draft: bool, jobs: int) -> None:
    """编制PDF：一个部门、一个部门的一年，或全部（不写）。

    写到 build/<部门>/<年度>-budget.pdf。有错误就不编，原来的文件不动。
    """
    # The renderer takes most of a second to load: `check` and `--help` do without it.
    from discgen.publish import UnwritableError, publish_all

    chosen = _select(workspace, targets)
    click.echo(f"编制{len(chosen)}份文件……", err=True)
    findings: list[Diagnostic] = []
    failed = 0
    try:
        for number, done in enumerate(publish_all(workspace, chosen, draft=draft, jobs=jobs), start=1):
            outcome = "没有编成" if done.path is None else f"→ {done.path.relative_to(workspace.root)}"
            click.echo(
                f"[{number}/{len(chosen)}] {done.target} {outcome}（{done.seconds:.1f}秒）", err=done.path is None
            )
            failed += done.path is None
            findings += done.findings
    except UnwritableError as trouble:
        raise RequestError(str(trouble)) from trouble
    if findings:
        click.echo(as_text(in_order(findings)), err=True)
    sys.exit(EXIT_FINDINGS if failed else 0)


@cli.command()
@targets_argument
@workspace_option
@click.option("--format", "format_name", type=click.Choice(list(FORMATS)), default="text", help="结果的写法。")
@click.option("--strict", is_flag=True, help="警告也算不通过。")
def check(targets: tuple[str, ...], workspace: Workspace, format_name: str, *, strict: bool) -> None:
    """检查数据：写法、科目、勾稽和文字，逐条指出文件、行、列和怎么改。"""
    findings = check_targets(workspace, _select(workspace, targets))
    click.echo(FORMATS[format_name](findings))
    warned = any(finding.severity is Severity.WARNING for finding in findings)
    sys.exit(EXIT_FINDINGS if has_errors(findings) or (strict and warned) else 0)


def _select(workspace: Workspace, names: tuple[str, ...]) -> list[Target]:
    try:
        return workspace.select(names)
    except TargetError as trouble:
        raise RequestError(str(trouble)) from trouble


def main() -> None:
    """Run the command; what nobody foresaw is our bug and says so."""
    try:
        cli.main(prog_name="discgen")
    except Exception:  # noqa: BLE001 - the last resort
        traceback.print_exc()
        click.echo("这是discgen自己的错误，不是数据的问题。请把以上内容发给维护者。", err=True)
        sys.exit(EXIT_BUG)
