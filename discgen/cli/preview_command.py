"""`discgen preview`."""

from __future__ import annotations

import errno
import webbrowser

import click

from discgen.cli.options import workspace_option
from discgen.cli.screen import say
from discgen.cli.shell_completion import suggest_targets
from discgen.ending import say_when_stopped
from discgen.errors import Refusal
from discgen.load.workspace import Workspace, select
from discgen.preview.editor import VSCODE, Editor


@click.command()
@click.argument("target", required=False, metavar="[部门 | 部门/年度 | 文件]", shell_complete=suggest_targets)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, show_default="自动选一个空闲的", help="预览用的端口。"
)
@click.option("--no-browser", is_flag=True, help="不打开浏览器，只印出地址。")
@click.option(
    "--editor",
    "address",
    default=VSCODE,
    metavar="地址",
    help="“在编辑器中打开”用的地址，写上{path}、{line}和{column}；不写就用VS Code，写成空的就没有链接。",
)
@workspace_option
def preview(target: str | None, port: int, address: str, workspace: Workspace, *, no_browser: bool) -> None:
    """在浏览器里看文件：保存就更新，问题标在旁边，点一个数看它的来历。

    只在本机能打开。按Ctrl+C停止。
    """
    # The server and the watcher take as long to load as a check: only this command pays for them.
    from discgen.preview.server import serve as run
    from discgen.preview.site import Site

    chosen = select(workspace, (target,)) if target else []

    def ready(url: str) -> None:
        say(f"预览：{url}")
        say("按Ctrl+C停止。")
        if not no_browser:
            webbrowser.open(url)

    say_when_stopped(0, "预览已停止", 1)  # it has no other end
    try:
        run(Site(workspace, chosen, Editor(address)), port, ready)
    except OSError as error:
        raise Refusal(_reason(error, port)) from error


def _reason(error: OSError, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"端口{port}已经有别的程序在用：换一个，或不写--port"
    if error.errno == errno.ENOSPC:
        return "文件太多，系统不让再看着：加大fs.inotify.max_user_watches，或用-C指定小一些的工作区"
    return f"预览开不了：{error}"
