"""The command `discgen`: gathers options, calls one library function, hands the result to a reporter.

A command is a module of its own, imported when it is called: what stands here is loaded by each of them. Exit codes: 0
all is well; 1 findings stop it; 2 the request cannot be met; 3 our bug.
"""

from __future__ import annotations

import sys
import traceback

import click

from discgen import __version__
from discgen.characters import visible_lines
from discgen.cli.group import EXIT_BUG, CommandGroup, help_option
from discgen.cli.screen import prepare_streams, say, say_lines


@click.group(
    cls=CommandGroup,
    names=(
        *(
            "build",
            "check",
            "codes",
            "completion",
            "diff",
            "explain",
            "export",
            "fmt",
            "form",
            "import",
            "init",
            "preview",
            "rollover",
        ),
    ),
    options_metavar="[选项]",
    subcommand_metavar="命令 [参数]...",
)
@click.version_option(__version__, prog_name="discgen", message="%(prog)s %(version)s", help="显示版本。")
@click.option("-C", "--workspace", "start", metavar="文件夹", help="工作区所在的文件夹；写在命令后面也行。")
@help_option
def cli(start: str | None) -> None:
    """部门预算、部门决算公开文件生成工具：事实写成YAML，一条命令排出整本PDF。"""


def main() -> None:
    """Run the command; what nobody foresaw is our bug and says so."""
    prepare_streams()
    try:
        cli.main(prog_name="discgen")
    except Exception:  # noqa: BLE001 - the last resort
        say_lines(visible_lines(traceback.format_exc()), err=True)
        say("这是discgen自己的错误，不是数据的问题。请把以上内容发给维护者。", err=True)
        sys.exit(EXIT_BUG)
