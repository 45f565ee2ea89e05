"""`discgen completion`."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from discgen.cli.screen import say_lines

_PROGRAM, _ASKED_BY = "discgen", "_DISCGEN_COMPLETE"
"""The variable is the one that Click looks for in a program of this name."""
_INSTALL = {
    "bash": '把下面一行加到 ~/.bashrc 末尾，再重新打开终端：\n# eval "$(discgen completion bash)"',
    "zsh": '把下面一行加到 ~/.zshrc 末尾（在compinit之后），再重新打开终端：\n# eval "$(discgen completion zsh)"',
    "fish": "运行一次下面一行，再重新打开终端：\n# discgen completion fish > ~/.config/fish/completions/discgen.fish",
}


@click.command()
@click.argument("shell", type=click.Choice(list(_INSTALL)), metavar="bash | zsh | fish")
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """写出让命令行自动补全的脚本：按Tab键补全命令、选项、部门、年度、编号和表式。

    bash、zsh：把 eval "$(discgen completion bash)" 加到 ~/.bashrc，或把bash换成zsh加到 ~/.zshrc 的末尾。

    fish：运行 discgen completion fish > ~/.config/fish/completions/discgen.fish。

    加好以后重新打开终端。
    """
    kind = get_completion_class(shell)
    assert kind is not None
    say_lines(kind(ctx.find_root().command, {}, _PROGRAM, _ASKED_BY).source())
    say_lines(f"# 怎样装：{_INSTALL[shell]}")
