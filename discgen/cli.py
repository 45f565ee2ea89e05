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
from discgen.explain.fact import UnknownFactError, explain_fact
from discgen.explain.fact import as_text as fact_as_text
from discgen.explain.rule import UnknownRuleError, explain_rule
from discgen.load.workspace import Target, TargetError, Workspace
from discgen.mend import check_and_mend
from discgen.pipeline import compose
from discgen.report import FORMATS, as_text
from discgen.report.checked import Checked, check_targets
from discgen.report.source import LineReader, lines_of
from discgen.selection import select

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
        return value if isinstance(value, Workspace) else _workspace_at(value)


def _workspace_at(folder: str) -> Workspace:
    start = Path(folder).resolve()
    for above in (start, *start.parents):
        if (above / "departments").is_dir():
            return Workspace(above)
    raise RequestError(f"{start} 和它的上级文件夹里都没有departments/，请在工作区里运行，或用-C指定工作区")


workspace_option = click.option(
    "-C", "--workspace", type=WorkspaceOption(), default=".", show_default="当前文件夹", help="工作区所在的文件夹。"
)
targets_argument = click.argument("targets", nargs=-1, metavar="[部门 | 部门/年度 | 文件]...")


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
        _echo_text(in_order(findings), lines_of(workspace), err=True)
    sys.exit(EXIT_FINDINGS if failed else 0)


@cli.command()
@targets_argument
@workspace_option
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(FORMATS)),
    default="text",
    help="结果的写法：text给人看；json、sarif给程序；github在GitHub上逐行标注；checklist是公开情况检查表。",
)
@click.option("--strict", is_flag=True, help="警告也算不通过。")
@click.option("--fix", is_flag=True, help="能自动改的先改好，再检查。")
def check(targets: tuple[str, ...], workspace: Workspace, format_name: str, *, strict: bool, fix: bool) -> None:
    """检查数据：写法、科目、勾稽和文字，逐条指出文件、行、列和怎么改。"""
    chosen = _select(workspace, targets)
    checked = _mended(workspace, chosen) if fix else check_targets(workspace, chosen)
    findings = checked.findings
    if format_name == "text":
        _echo_text(findings, checked.line_at)
    else:
        click.echo(FORMATS[format_name](checked))
    warned = any(finding.severity is Severity.WARNING for finding in findings)
    sys.exit(EXIT_FINDINGS if has_errors(findings) or (strict and warned) else 0)


def _mended(workspace: Workspace, chosen: list[Target]) -> Checked:
    # What cannot be written is known to the module that publishes; see `discgen.mend`.
    from discgen.publish import UnwritableError

    try:
        checked, made = check_and_mend(workspace, chosen)
    except UnwritableError as trouble:
        raise RequestError(str(trouble)) from trouble
    click.echo(f"自动改了{made}处" if made else "没有能自动改的", err=True)
    return checked


@cli.command()
@click.argument("asked", metavar="编号 | 部门/年度")
@click.argument("shown", required=False, metavar="[印出的数 | 位置 | 事实]")
@click.option("-C", "--workspace", "folder", default=".", show_default="当前文件夹", help="工作区所在的文件夹。")
def explain(asked: str, shown: str | None, folder: str) -> None:
    """说明检查结果里的一个编号：检查什么、为什么、怎么改，各举一例。

    写部门/年度和一个数，例如 lvliang-xzsp/2023 1,860.43，说明这个数是怎样来的、还出现在哪里。
    """
    click.echo(_explained_rule(asked) if shown is None else _explained_fact(folder, asked, shown))


def _explained_rule(code: str) -> str:
    try:
        return explain_rule(code)
    except UnknownRuleError as trouble:
        raise RequestError(str(trouble)) from trouble


def _explained_fact(folder: str, name: str, shown: str) -> str:
    # A code is explained anywhere; only a document needs its workspace.
    workspace = _workspace_at(folder)
    chosen = _select(workspace, (name,))
    if len(chosen) > 1:
        raise RequestError(f"“{name}”有{len(chosen)}份文件，请写明一份：{'、'.join(map(str, chosen))}")
    document = compose(workspace, chosen[0]).document
    if document is None:
        raise RequestError(f"{chosen[0]}还有错误，编不出文件：先运行discgen check {chosen[0]}")
    try:
        return fact_as_text(explain_fact(document, shown))
    except UnknownFactError as trouble:
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


def _echo_text(findings: list[Diagnostic], line_at: LineReader, *, err: bool = False) -> None:
    """Print the report for a person; in colour on a terminal, unless NO_COLOR is set (https://no-color.org)."""
    stream = sys.stderr if err else sys.stdout
    if stream.isatty() and not os.environ.get("NO_COLOR"):
        click.echo(
            as_text(findings, line_at, lambda text, part: click.style(text, **_STYLES[part])), err=err, color=True
        )
    else:
        click.echo(as_text(findings, line_at), err=err)


def _select(workspace: Workspace, names: tuple[str, ...]) -> list[Target]:
    try:
        return select(workspace, names)
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
