"""`discgen check`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click
from msgspec.structs import replace

from discgen.cache import Cache
from discgen.check import FORMATS, SUMMARIES, report
from discgen.check.checked import Checked
from discgen.check.listing import summary
from discgen.check.run import check_targets
from discgen.cli.options import (
    echo_findings,
    exit_code,
    jobs_option,
    no_cache_option,
    targets_argument,
    unread_departments,
    workspace_option,
)
from discgen.cli.screen import progress_line, say, say_report
from discgen.diagnostics import Severity, has_errors
from discgen.errors import Refusal
from discgen.files import replace_file
from discgen.load.destinations import product
from discgen.load.inputs import joined
from discgen.load.workspace import Workspace, select


@click.command()
@targets_argument
@workspace_option
@click.option(
    "--format",
    "format_name",
    type=click.Choice(tuple(dict.fromkeys((*FORMATS, *SUMMARIES)))),
    default="text",
    help="结果的写法：text给人看；json、sarif给程序；github、codequality在GitHub、GitLab上逐行标注；checklist是公开情况检查表，可以用-o写成工作簿；xlsx用于--summary。",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="写成工作簿（.xlsx）：--format checklist的检查表，或--summary --format xlsx的汇总。",
)
@click.option(
    "--summary",
    "in_summary",
    is_flag=True,
    help="只看汇总：每年的预算、决算各有几个部门，缺谁，错误、警告、已豁免的各有几个。可以写成text、json、xlsx。",
)
@click.option("--strict", is_flag=True, help="警告也算不通过。")
@click.option("--show-waived", is_flag=True, help="把已豁免的也逐条列出，附理由（用于text）。")
@click.option("--fix", is_flag=True, help="拿得准的先自动改好，再检查。")
@jobs_option("同时检查几个部门")
@no_cache_option
def check(  # noqa: PLR0913 - a parameter for each option
    targets: tuple[str, ...],
    workspace: Workspace,
    format_name: str,
    output: Path | None,
    *,
    cache: Cache,
    jobs: int,
    in_summary: bool,
    strict: bool,
    show_waived: bool,
    fix: bool,
) -> None:
    """检查数据：写法、科目、勾稽和文字，逐条指出文件、行、列和怎么改。

    什么也不写就检查全部。写文件的，检查它所属的年度。表式自己的问题，用discgen form check查。
    """
    _refuse_unfit(format_name, output, in_summary=in_summary)
    way = partial(check_targets, cache=cache, jobs=jobs, with_checklist=format_name == "checklist")
    checked = _checked(workspace, targets, way, fix=fix)
    if in_summary:
        checked = _summarized(workspace, checked, format_name, output, is_of_all=not targets)
    elif output:
        _write_book(workspace, output, checked)
    elif format_name == "text":
        echo_findings(checked.findings, checked.line_at, checked.waived, show_waived=show_waived)
    else:
        say_report(format_name, report(checked, format_name))
    findings = checked.findings
    warned = any(finding.severity is Severity.WARNING for finding in findings)
    sys.exit(exit_code(findings, failed=has_errors(findings) or (strict and warned)))


def _refuse_unfit(format_name: str, output: Path | None, *, in_summary: bool) -> None:
    """Refuse options that have nothing to do with each other."""
    if in_summary and format_name not in SUMMARIES:
        raise Refusal(f"--summary的写法有{'、'.join(SUMMARIES)}")
    if format_name == "xlsx" and not (in_summary and output):
        raise Refusal("--format xlsx是汇总的工作簿，写明写到哪里：--summary --format xlsx -o build/检查汇总.xlsx")
    if output and (format_name not in {"checklist", "xlsx"} or output.suffix != ".xlsx"):
        raise Refusal("-o用于检查表和汇总，文件名以.xlsx结尾，例如 --format checklist -o 检查表.xlsx")


def _summarized(
    workspace: Workspace, checked: Checked, format_name: str, output: Path | None, *, is_of_all: bool
) -> Checked:
    """Show the years of what was checked, or write them as a workbook; with what is wrong in the list of departments.

    Whoever is on that list is missed where all departments are asked for.
    """
    from discgen.check.as_summary import as_summary, as_summary_json
    from discgen.check.expected import read_expected
    from discgen.check.summary import summarize

    expected, wrong = read_expected(workspace) if is_of_all else ([], [])
    checked = replace(checked, others=(*checked.others, *wrong))
    years = summarize(checked.targets, partial(joined, workspace.root), expected)
    if output:
        from discgen.check.summary_book import is_summary_book, summary_book

        replace_file(product(workspace, output, is_summary_book), summary_book(years))
        say(f"→ {output}")
    elif format_name == "json":
        say_report(format_name, as_summary_json(years))
    else:
        say_report(format_name, as_summary(years))
    if checked.others:
        echo_findings(list(checked.others), checked.line_at, err=True)
    return checked


def _write_book(workspace: Workspace, output: Path, checked: Checked) -> None:
    """Write the checklist as a workbook, and say how many problems are in it."""
    from discgen.check.checklist_book import checklist_book, is_checklist_book

    replace_file(product(workspace, output, is_checklist_book), checklist_book(checked))
    say(summary(checked.findings))
    say(f"→ {output}")


def _checked(workspace: Workspace, targets: tuple[str, ...], way: Callable[..., Checked], *, fix: bool) -> Checked:
    """The targets checked in some way, and what is unread beside them."""
    chosen = select(workspace, targets)
    if fix:
        from discgen.check.fixing import check_and_fix

        checked, made = check_and_fix(workspace, chosen, way)
        say(f"自动改了{made}处" if made else "没有能自动改的", err=True)
    else:
        with progress_line(len(chosen)) as show:
            checked = way(workspace, chosen, show=show)
    return replace(checked, others=(*checked.others, *unread_departments(workspace, targets)))
