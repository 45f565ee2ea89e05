"""`discgen import`."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from discgen.check.run import check_targets
from discgen.cli.group import EXIT_FINDINGS
from discgen.cli.options import echo_findings, workspace_option
from discgen.cli.screen import progress_line, say
from discgen.cli.shell_completion import suggest_forms, suggest_targets
from discgen.diagnostics import has_errors
from discgen.errors import Refusal
from discgen.files import is_there
from discgen.importing.problems import HandEditedError, ImportProblemsError
from discgen.importing.report import describe, describe_problems
from discgen.importing.run import Import, plan_import, write_import
from discgen.importing.understand import Options
from discgen.load.target import DEFAULT_KIND, KINDS, Target
from discgen.load.workspace import Workspace
from discgen.money import YUAN_PER_UNIT

_TARGET = re.compile(
    r"(?:departments/)?(?P<department>[a-z0-9_][a-z0-9_-]{0,99})/(?P<year>20[0-9]{2})(?:/(?P<kind>[a-z]+))?/?"
)

_LARGE = 2
"""Megabytes that are read in more than some seconds."""


@click.command("import")
@click.argument("name", metavar="部门/年度", shell_complete=suggest_targets)
@click.argument("files", metavar="文件...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--kind", type=click.Choice(list(KINDS)), help="预算budget或决算accounts；不写就是预算。")
@click.option(
    "--unit",
    type=click.Choice(list(YUAN_PER_UNIT)),
    help="金额的单位；表里写明的不用说。",
)
@click.option("--form", default="", shell_complete=suggest_forms, help="表式；已有本年文件的不用说。")
@click.option("--ignore-column", "ignored", multiple=True, metavar="栏名", help="不认识、也不导入的栏，可以写几次。")
@click.option("--dry-run", is_flag=True, help="只说明看懂了什么，不写文件。")
@click.option("--force", is_flag=True, help="手工改过的也换成导入的。")
@workspace_option
def import_(name: str, files: tuple[Path, ...], workspace: Workspace, *, dry_run: bool, **asked: Any) -> None:
    """从Excel或CSV导入：一行一笔的明细账，或成套的报表。

    先说明每张表看成什么、每栏是什么；看不懂的不猜，指出单元格，什么也不写。写好以后检查一遍。
    """
    target = _target(name, asked.pop("kind"))
    try:
        options = Options(**{name: value for name, value in asked.items() if value})
        plan = _planned(workspace, target, files, options, is_dry=dry_run)
        _tell(plan, workspace)
        if dry_run:
            return
        write_import(plan)
    except ImportProblemsError as error:
        for line in describe_problems(error, _command(click.get_current_context())):
            say(line, err=True)
        sys.exit(error.exit_code)
    say("文件写好了，检查结果：" if plan.texts else "检查结果：")
    _check(workspace, target)


def _command(context: click.Context) -> list[str]:
    """What was run, for a person to run again with more."""
    given = context.params
    asked = [(option, given[name]) for name, option in _OPTIONS.items() if given[name]]
    options = [part for option, value in asked for part in (option, str(value))]
    options += [part for column in given["ignored"] for part in ("--ignore-column", column)]
    options += ["--dry-run"] if given["dry_run"] else []
    options += ["--force"] if given["force"] else []
    root, here = given["workspace"].root.resolve(), Path.cwd()
    folder = [] if root in (here, *here.parents) else ["-C", str(root)]
    return ["discgen", "import", *folder, given["name"], *map(str, given["files"]), *options]


_OPTIONS = {"kind": "--kind", "unit": "--unit", "form": "--form"}


def _planned(
    workspace: Workspace, target: Target, files: tuple[Path, ...], options: Options, *, is_dry: bool
) -> Import:
    """What is to be done. A dry run says what was understood also where hand-edited files stop the writing."""
    try:
        with progress_line(_worth_a_word(files)) as show:
            show("文件很大，要读一会儿……")
            return plan_import(workspace, target, files, options)
    except HandEditedError:
        if is_dry and not options.force:
            _tell(plan_import(workspace, target, files, replace(options, force=True)), workspace)
        raise


def _worth_a_word(files: tuple[Path, ...]) -> int:
    """How many megabytes the files have where that is a matter of more than seconds, else none."""
    size = sum(file.stat().st_size for file in files if is_there(file)) // 1_000_000
    return size if size >= _LARGE else 0


def _tell(plan: Import, workspace: Workspace) -> None:
    for line in describe(plan, workspace.root):
        say(line)


def _target(name: str, kind: str | None) -> Target:
    match = _TARGET.fullmatch(name)
    if match is None or (match["kind"] or DEFAULT_KIND) not in KINDS:
        raise Refusal(f"“{name}”应写成部门/年度，例如 lvliang-xzsp/2025")
    if kind and match["kind"] and kind != match["kind"]:
        raise Refusal(f"“{name}”和--kind {kind}说的不是一种文件")
    return Target(match["department"], int(match["year"]), kind or match["kind"] or DEFAULT_KIND)


def _check(workspace: Workspace, target: Target) -> None:
    """Say what is left to do; the files are written all the same."""
    checked = check_targets(workspace, [target])
    echo_findings(checked.findings, checked.line_at, checked.waived)
    sys.exit(EXIT_FINDINGS if has_errors(checked.findings) else 0)
