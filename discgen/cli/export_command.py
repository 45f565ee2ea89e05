"""`discgen export`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from discgen.check.listing import lines_of
from discgen.cli.options import echo_findings, exit_code, workspace_option
from discgen.cli.screen import say
from discgen.cli.shell_completion import suggest_targets
from discgen.diagnostics import Diagnostic, in_order
from discgen.document import Document
from discgen.errors import Refusal
from discgen.export import FORMATS, Files
from discgen.export.save import Making, export_target, export_with
from discgen.files import replace_file
from discgen.load.destinations import product
from discgen.load.workspace import Workspace, select, select_one

if TYPE_CHECKING:
    from discgen.export.rows_book import Cell  # loads what makes workbooks


@click.command()
@click.argument("targets", metavar="部门/年度...", nargs=-1, required=True, shell_complete=suggest_targets)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(FORMATS)),
    required=True,
    help="docx是整本文件，给领导在Word、WPS里改；xlsx是Excel工作簿，一张表一个工作表；csv一张表一个文件；json是附在PDF里的那份数据；datapackage是带说明的明细。",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="写到工作区里的哪个文件夹；不写就是build/<部门>/<年度>-budget-export/（决算是-accounts-export）。",
)
@click.option(
    "--as",
    "empty",
    metavar="文件",
    type=click.Path(path_type=Path),
    help="只用于xlsx：填财政部门发的空工作簿（.xlsx），照它的表、栏和样式。",
)
@click.option("--draft", is_flag=True, help="只用于docx：有错误也导出，加“草稿”水印，第一页列出要改的地方。")
@workspace_option
def export(targets: tuple[str, ...], format_name: str, output: Path | None, workspace: Workspace, **asked: Any) -> None:
    """导出整本文件（Word），或报表和明细（Excel、CSV、JSON、数据包）。

    有错误就不导出。Word稿改好拿回来，用discgen diff 稿.docx看改了什么、改哪个文件的哪一行。csv和datapackage里的lines.csv是全部明细，datapackage的在它自己的文件夹里，金额用元。几个部门一起导出xlsx的，另写一本build/各部门主要数.xlsx，一份文件一行。
    """
    if len(targets) > 1:
        _refuse_for_several(format_name, output, asked["empty"])
        sys.exit(_export_several(workspace, targets))
    chosen = select_one(workspace, targets[0])
    told: list[str] = []
    if asked["empty"]:
        make = _filling(asked["empty"], format_name, told)
        done = export_with(workspace, chosen, make, output)
    else:
        done = export_target(workspace, chosen, format_name, output, draft=asked["draft"])
    if done.findings:
        echo_findings(list(done.findings), lines_of(workspace), err=True)
    for path in done.paths:
        say(f"→ {path.relative_to(workspace.root.resolve())}")
    for remark in told if done.paths else ():
        say(remark)
    sys.exit(exit_code(done.findings, failed=not done.paths))


def _refuse_for_several(format_name: str, output: Path | None, empty: Path | None) -> None:
    """Refuse what would write the files of several documents under the same names."""
    if format_name != "xlsx" or output or empty:
        raise Refusal("几个部门一起导出，只用--format xlsx，不写-o和--as；别的一个一个导出")


def _export_several(workspace: Workspace, names: tuple[str, ...]) -> int:
    """Export each document, and the main figures of all that could be; the exit code."""
    from discgen.export.as_xlsx import as_xlsx
    from discgen.export.totals_book import TOTALS_FILE, is_totals_book, totals_book, totals_row

    rows: list[list[Cell]] = []

    def make(document: Document, _: Sequence[Diagnostic]) -> Files:
        made = as_xlsx(document)
        rows.append(totals_row(document))
        return made

    done = [export_with(workspace, target, make) for target in select(workspace, names)]
    findings = in_order(finding for one in done for finding in one.findings)
    if findings:
        echo_findings(findings, lines_of(workspace), err=True)
    paths = [path for one in done for path in one.paths]
    if rows:
        path = product(workspace, workspace.root / "build" / TOTALS_FILE, is_totals_book)
        replace_file(path, totals_book(rows))
        paths.append(path)
    for path in paths:
        say(f"→ {path.relative_to(workspace.root.resolve())}")
    return exit_code(findings, failed=not all(one.paths for one in done))


def _filling(path: Path, format_name: str, told: list[str]) -> Making:
    """What fills the workbook; what is to be told of it is added to `told`. Raises Refusal for a file that cannot be filled."""
    if format_name != "xlsx":
        raise Refusal("--as只和--format xlsx一起用")
    from discgen.filling.workbook import fill, read_empty  # only this option pays for the library

    empty = read_empty(path)

    def make(document: Document, _: Sequence[Diagnostic]) -> Files:
        filled = fill(document, empty)
        told.extend(filled.remarks)
        return {empty.name: filled.data}

    return make
