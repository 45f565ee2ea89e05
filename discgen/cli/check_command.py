"""`discgen check`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click
from msgspec.structs import replace

from discgen.cache import Cache
from discgen.check import FORMATS, report
from discgen.check.checked import Checked, FormTried
from discgen.check.listing import lines_of, summary
from discgen.check.run import check_targets
from discgen.cli.options import (
    FormName,
    echo_findings,
    exit_code,
    jobs_option,
    no_cache_option,
    perhaps_workspace_option,
    targets_argument,
    unread_departments,
    workspace_at,
)
from discgen.cli.screen import progress_line, say, say_commands, say_json, say_lines, with_progress
from discgen.cli.shell_completion import suggest_forms
from discgen.diagnostics import Severity, has_errors
from discgen.errors import Refusal
from discgen.files import replace_file
from discgen.load.destinations import product
from discgen.load.workspace import Workspace, select

_SHOWN = {"json": say_json, "sarif": say_json, "codequality": say_json, "github": say_commands}
"""How reports are shown that are not for a person."""


@click.command()
@targets_argument
@perhaps_workspace_option
@click.option(
    "--form",
    "forms",
    multiple=True,
    type=FormName(),
    shell_complete=suggest_forms,
    help="检查这个表式自己：用编出来的部门把每张表、每句话填一遍。可以写几次；不写部门就只检查表式。",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(FORMATS),
    default="text",
    help="结果的写法：text给人看；json、sarif给程序；github、codequality在GitHub、GitLab上逐行标注；checklist是公开情况检查表，可以用-o写成工作簿。",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="把检查表写成工作簿（.xlsx），一个问题一行，用于--format checklist。",
)
@click.option("--strict", is_flag=True, help="警告也算不通过。")
@click.option("--show-waived", is_flag=True, help="把已豁免的也逐条列出，附理由（用于text）。")
@click.option("--fix", is_flag=True, help="拿得准的先自动改好，再检查。")
@jobs_option("同时检查几个部门")
@no_cache_option
def check(  # noqa: PLR0913 - a parameter for each option
    targets: tuple[str, ...],
    start: str,
    forms: tuple[str, ...],
    format_name: str,
    output: Path | None,
    *,
    cache: Cache,
    jobs: int,
    strict: bool,
    show_waived: bool,
    fix: bool,
) -> None:
    """检查数据：写法、科目、勾稽和文字，逐条指出文件、行、列和怎么改。

    什么也不写就检查全部。写文件的，检查它所属的年度。写--form的，检查表式。
    """
    if output and (format_name != "checklist" or output.suffix != ".xlsx"):
        raise Refusal("-o只用于检查表，文件名以.xlsx结尾，例如 --format checklist -o 检查表.xlsx")
    names = list(dict.fromkeys(forms))
    checked = Checked((), lines_of(None), tuple(map(_tried, with_progress(names, len(names), "试编"))))
    if targets or not names:
        way = partial(check_targets, cache=cache, jobs=jobs, with_checklist=format_name == "checklist")
        checked = replace(_checked(workspace_at(start), targets, way, fix=fix), forms=checked.forms)
    findings = checked.findings
    if output:
        _write_book(workspace_at(start), output, checked)
    elif format_name == "text":
        for form in checked.forms:
            say(f"试编了{form.title}")
            if form.difference_from_parent:
                say(form.difference_from_parent)
        echo_findings(findings, checked.line_at, checked.waived, show_waived=show_waived)
    else:
        _SHOWN.get(format_name, say_lines)(report(checked, format_name))
    warned = any(finding.severity is Severity.WARNING for finding in findings)
    sys.exit(exit_code(findings, failed=has_errors(findings) or (strict and warned)))


def _write_book(workspace: Workspace, output: Path, checked: Checked) -> None:
    """Write the checklist as a workbook, and say how many problems are in it."""
    from discgen.check.checklist_book import checklist_book, is_checklist_book

    replace_file(product(workspace, output, is_checklist_book), checklist_book(checked))
    say(summary(checked.findings))
    say(f"→ {output}")


def _tried(name: str) -> FormTried:
    from discgen.check.form_trial import try_form  # loads all that composing takes

    return try_form(name)


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
