"""`discgen build`."""

from __future__ import annotations

import sys
from contextlib import closing
from functools import partial

import click

from discgen.cache import Cache
from discgen.cli.options import (
    echo_findings,
    exit_code,
    jobs_option,
    no_cache_option,
    targets_argument,
    unread_departments,
    workspace_option,
)
from discgen.cli.screen import progress_line, say
from discgen.diagnostics import Diagnostic, has_errors, in_order
from discgen.errors import Refusal, bugs_in
from discgen.load.workspace import Workspace, select
from discgen.publish.queue import Elsewhere, publish_all


@click.command()
@targets_argument
@workspace_option
@click.option("--draft", is_flag=True, help="有错误也编，加“草稿”水印，把要改的地方列在最前面。")
@jobs_option("用几个进程")
@no_cache_option
@click.option("--scheduler", metavar="地址", help="交给几台机器编：Dask集群的调度进程在哪里，tcp://主机:端口。")
def build(  # noqa: PLR0913 - a parameter for each option
    targets: tuple[str, ...], workspace: Workspace, *, draft: bool, jobs: int, cache: Cache, scheduler: str | None
) -> None:
    """编制PDF：一个部门、一个部门的一年，或全部（什么也不写）。

    写到 build/<部门>/<年度>-budget.pdf，决算是 <年度>-accounts.pdf，单位的在 build/<部门>/<单位>/ 里。有错误就不编，原来的文件不动。

    上次排好的留在缓存里（~/.cache/discgen，最多512MB，可以随时删去），改了哪里只重排哪里。
    """
    elsewhere = _on_cluster(scheduler) if scheduler is not None else None
    chosen = select(workspace, targets)
    say(f"编制{len(chosen)}份文件……", err=True)
    findings: list[Diagnostic] = unread_departments(workspace, targets)
    failed = has_errors(findings)
    problems: list[str] = []
    published = publish_all(workspace, chosen, draft=draft, jobs=jobs, cache=cache, elsewhere=elsewhere)
    with closing(published), progress_line(len(chosen)) as show:
        for number, done in enumerate(published, start=1):
            outcome = "没有编成" if done.path is None else f"→ {done.path.relative_to(workspace.root)}"
            took = "没有变" if done.is_unchanged else f"{done.seconds:.1f}秒"
            show("")
            say(f"[{number}/{len(chosen)}] {done.target} {outcome}（{took}）", err=done.path is None)
            show(f"还有{len(chosen) - number}份……" if number < len(chosen) else "")
            failed |= done.path is None
            findings += done.findings
            problems += [done.problem] if done.problem else []
    if findings:
        from discgen.check.listing import lines_of  # loads what reads the lines that are shown

        echo_findings(in_order(findings), lines_of(workspace), err=True)
    if cache.problem:
        say(f"缓存用不上：{cache.problem}；照编，只是下次不会快些", err=True)
    if problems and not bugs_in(findings):
        raise Refusal("；".join(problems))
    sys.exit(exit_code(findings, failed=failed))


def _on_cluster(address: str) -> Elsewhere:
    """What has targets made by the workers of a cluster. Raises Refusal."""
    from discgen.publish.cluster import Cluster, check_address  # what it talks through is not always installed

    return Cluster(check_address(address), partial(say, err=True)).make
