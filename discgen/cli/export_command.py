"""`discgen export`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from discgen.check.listing import lines_of
from discgen.cli.options import echo_findings, exit_code, workspace_option
from discgen.cli.screen import say
from discgen.cli.shell_completion import suggest_targets
from discgen.export import FORMATS
from discgen.export.save import export_target
from discgen.load.workspace import Workspace, select_one


@click.command()
@click.argument("target", metavar="部门/年度", shell_complete=suggest_targets)
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
@click.option("--draft", is_flag=True, help="只用于docx：有错误也导出，加“草稿”水印，第一页列出要改的地方。")
@workspace_option
def export(target: str, format_name: str, output: Path | None, workspace: Workspace, *, draft: bool) -> None:
    """导出整本文件（Word），或报表和明细（Excel、CSV、JSON、数据包）。

    有错误就不导出。Word稿改好拿回来，用discgen diff 稿.docx看改了什么、改哪个文件的哪一行。csv和datapackage里的lines.csv是全部明细，datapackage的在它自己的文件夹里，金额用元。
    """
    chosen = select_one(workspace, target)
    done = export_target(workspace, chosen, format_name, output, draft=draft)
    if done.findings:
        echo_findings(list(done.findings), lines_of(workspace), err=True)
    for path in done.paths:
        say(f"→ {path.relative_to(workspace.root.resolve())}")
    sys.exit(exit_code(done.findings, failed=not done.paths))
