"""`discgen diff`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import click
from msgspec import Struct

from discgen.characters import encodable, visible_line, visible_lines
from discgen.cli.options import exit_code, folder_option, refuse_without_layout, workspace_at
from discgen.cli.screen import say, say_json, say_lines
from discgen.cli.shell_completion import suggest_targets
from discgen.compare.as_html import as_html
from discgen.compare.as_json import as_json
from discgen.compare.as_markdown import as_markdown
from discgen.compare.as_text import as_text
from discgen.compare.change import Comparison
from discgen.compare.git_driver import State, compare_file
from discgen.compare.request import open_pairing
from discgen.compare.run import compare_all
from discgen.compare.wording import is_comparison
from discgen.diagnostics import Place
from discgen.errors import Refusal, contained
from discgen.files import replace_file
from discgen.load.destinations import product
from discgen.load.workspace import Workspace

_FORMATS: Mapping[str, Callable[[Sequence[Comparison]], str]] = {
    "text": as_text,
    "json": as_json,
    "markdown": as_markdown,
    "html": as_html,
}
_SHOWN = {"json": say_json}
"""How what is not for a person is shown."""
_GIT_ARGUMENTS = 7
_DRAFTS = frozenset({".docx", ".docm", ".doc", ".wps", ".rtf", ".odt"})
"""How the names of files end that a word processor wrote; those that are not read are told what they are."""


class _Shown(Struct, frozen=True):
    """Where the command was started, and how what it says is to be shown."""

    start: str
    output: Path | None
    format_name: str

    def show(self, text: str, workspace: Workspace | None) -> None:
        """Write it to a file of the workspace, or show it."""
        if self.output:
            replace_file(product(workspace, self.output, is_comparison), f"{encodable(text).rstrip()}\n".encode())
            say(f"→ {self.output}")
        else:
            _SHOWN.get(self.format_name, say_lines)(text)


@click.command()
@click.argument(
    "names", nargs=-1, metavar="[稿.docx] [旧] [新] [部门 | 部门/年度 | 文件]...", shell_complete=suggest_targets
)
@click.option(
    "--from",
    "old",
    default="",
    metavar="版本",
    help="旧的git版本，不写是HEAD（最近一次提交）；写了它，其余的都当作部门或年度。",
)
@click.option("--to", "new", default="", metavar="版本", help="新的git版本；不写是现在的文件。")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(_FORMATS)),
    default="text",
    help="text给人看；json给程序；markdown贴在合并请求里；html是两边对照的网页。",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="写到工作区里的这个文件；不写就显示出来。"
)
@click.option("--pages", is_flag=True, help="两边都排一遍，说出变的是哪些页（要几十秒）。")
@click.option("--exit-code", is_flag=True, help="有变化时退出码是1，同git diff。")
@click.option("--git-driver", is_flag=True, help="由git调用，见README“让git diff说预算的话”。")
@folder_option
def diff(names: tuple[str, ...], start: str, output: Path | None, format_name: str, **asked: str | bool) -> None:
    """比较两个git版本、两个年度或两个文件夹，用预算的话说：哪个项目新增了，哪笔金额增减多少，哪些表和句子跟着变。

    什么也不写：现在的文件和最近一次提交（HEAD）比。

    和以前的版本比： discgen diff HEAD~3 lvliang-xzsp/2024 （两个版本相比，就写两个）

    两个年度比： discgen diff lvliang-xzsp/2023 lvliang-xzsp/2024 （也可以是两个文件夹）

    要看这两个年度在两个版本之间各自改了什么，用--from写版本。

    领导改过的Word稿（discgen export --format docx导出的）： discgen diff 稿.docx
    说出改的哪些是文字、改哪个文件的哪一行，哪些是数字、数从哪里来。

    行的先后、键的次序、备注不算变化。
    """
    if asked["git_driver"]:
        _drive(names)
        return
    shown = _Shown(start, output, format_name)
    drafts = [name for name in names if Path(name).suffix.lower() in _DRAFTS]
    if drafts:
        _judge(drafts, [name for name in names if name not in drafts], shown, asked)
        return
    if asked["pages"]:
        refuse_without_layout()
    workspace = _workspace(start)
    with open_pairing(workspace, names, str(asked["old"]), str(asked["new"])) as pairing:
        comparisons = list(compare_all(pairing, pages=bool(asked["pages"])))
    shown.show(_FORMATS[format_name](comparisons), workspace)
    bugs = [bug for comparison in comparisons for bug in comparison.bugs]
    sys.exit(exit_code(bugs, failed=bool(asked["exit_code"] and comparisons)))


def _judge(drafts: Sequence[str], names: Sequence[str], shown: _Shown, asked: Mapping[str, str | bool]) -> None:
    """Say what to do with the edits of a Word file."""
    from discgen.compare.draft.as_json import as_json as judgement_as_json
    from discgen.compare.draft.as_text import as_text as judgement_as_text
    from discgen.compare.draft.judge import judge_draft

    formats = {"json": judgement_as_json, "text": judgement_as_text}
    if len(drafts) > 1 or len(names) > 1:
        raise Refusal("一次看一份Word稿：discgen diff 稿.docx，要写明部门的，后面加部门/年度")
    if asked["old"] or asked["new"] or asked["pages"] or shown.format_name not in formats:
        raise Refusal("看Word稿只用--format text或json、-o、--exit-code：稿和现在的文件比，别的版本先用git取出来")
    workspace = workspace_at(shown.start)
    judgement = judge_draft(workspace, Path(drafts[0]), *names)
    shown.show(formats[shown.format_name](judgement), workspace)
    sys.exit(exit_code((), failed=bool(asked["exit_code"] and not judgement.is_empty)))


def _workspace(folder: str) -> Workspace | None:
    """The workspace; two folders can be compared without one."""
    try:
        return workspace_at(folder)
    except Refusal:
        if folder != ".":
            raise
        return None


def _drive(names: tuple[str, ...]) -> None:
    """Show one file as git's diff driver.

    Git hands over path, old file, hex and mode, new file, hex and mode; of a file that was
    moved also its new path, and of one that is in conflict its path alone.
    """
    if len(names) == 1:
        _say_about(names[0], "还没合好：先解决冲突")
        return
    if len(names) < _GIT_ARGUMENTS:
        raise Refusal('--git-driver由git调用：git config diff.discgen.command "discgen diff --git-driver"')
    path, old, _, old_mode, new, _, new_mode, *moved = names
    states = State(Path(old), old_mode), State(Path(new), new_mode)
    # Where its driver fails, git shows nothing of any further file.
    done = contained(
        partial(compare_file, path, *states, moved[0] if moved else ""),
        Place(path),
        lambda bug: f"{path} {bug.message}；{bug.hint}",
    )
    if isinstance(done, str):
        say_lines(visible_lines(done))
    elif done.is_empty:
        _say_about(path, "没有变化（只动了写法、次序或备注）")
    else:
        say_lines(as_text([done]))


def _say_about(path: str, message: str) -> None:
    say_lines(f"{visible_line(path)}\n  {message}")
