"""`discgen build`."""

from __future__ import annotations

import sys
from contextlib import closing

import click

from discgen.check.listing import lines_of
from discgen.cli.options import (
    echo_findings,
    exit_code,
    jobs_option,
    refuse_without_layout,
    targets_argument,
    unread_departments,
    workspace_option,
)
from discgen.cli.screen import progress_line, say
from discgen.diagnostics import Diagnostic, has_errors, in_order
from discgen.errors import Refusal, bugs_in
from discgen.load.workspace import Workspace, select


@click.command()
@targets_argument
@workspace_option
@click.option("--draft", is_flag=True, help="有错误也编，加“草稿”水印，把要改的地方列在最前面。")
@jobs_option("同时编几份")
def build(targets: tuple[str, ...], workspace: Workspace, *, draft: bool, jobs: int) -> None:
    """编制PDF：一个部门、一个部门的一年，或全部（什么也不写）。

    写到 build/<部门>/<年度>-budget.pdf，决算是 <年度>-accounts.pdf。有错误就不编，原来的文件不动。
    """
    # The renderer takes most of a second to load: `check` and `--help` do without it.
    refuse_without_layout()
    from discgen.publish.build import publish_all

    chosen = select(workspace, targets)
    say(f"编制{len(chosen)}份文件……", err=True)
    findings: list[Diagnostic] = unread_departments(workspace, targets)
    failed = has_errors(findings)
    problems: list[str] = []
    published = publish_all(workspace, chosen, draft=draft, jobs=jobs)
    with closing(published), progress_line(len(chosen)) as show:
        for number, done in enumerate(published, start=1):
            outcome = "没有编成" if done.path is None else f"→ {done.path.relative_to(workspace.root)}"
            show("")
            say(f"[{number}/{len(chosen)}] {done.target} {outcome}（{done.seconds:.1f}秒）", err=done.path is None)
            show(f"还有{len(chosen) - number}份……" if number < len(chosen) else "")
            failed |= done.path is None
            findings += done.findings
            problems += [done.problem] if done.problem else []
    if findings:
        echo_findings(in_order(findings), lines_of(workspace), err=True)
    if problems and not bugs_in(findings):
        raise Refusal("；".join(problems))
    sys.exit(exit_code(findings, failed=failed))
