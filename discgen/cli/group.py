"""The group of all commands: Click's own words in Chinese, and the only place where refusals are printed.

Click takes its words from a catalogue for `gettext`, and the names of values by type: see docs/decisions/0015. A
refusal is printed on one line and gives the exit code: see docs/decisions/0029. A command is imported when it is
called: see docs/decisions/0036.
"""

from __future__ import annotations

import ast
import gettext
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import Any

import click
from click.exceptions import Exit, NoArgsIsHelpError

from discgen.characters import visible_line
from discgen.cli.screen import refused_by_system, say_refusal
from discgen.errors import Refusal

EXIT_FINDINGS, EXIT_BUG = 1, 3
"""Exit codes where the data have errors, and where there was a bug of ours; that of a refusal is its own."""
_COMMANDS = Path(__file__).parent
_CATALOGUES = _COMMANDS / "locale"
_DOMAIN, _LANGUAGE = "messages", "zh_CN"
"""Click asks `gettext` without naming a domain, which is this one."""
_VALUES = {
    "text": "文字",
    "integer": "数",
    "integer range": "数",
    "path": "路径",
    "file": "文件",
    "directory": "文件夹",
    "filename": "文件",
}
"""How help calls the value of an option, by the type's name in Click."""


# Click's own is made when first asked for, in the language of that moment, and kept.
help_option = click.help_option("-h", "--help", help="显示这段说明。")


class CommandGroup(click.Group):
    """Commands that speak Chinese, whatever the language of the machine, and print every refusal in the same way.

    They are known by name: `check` is the function `check` of `discgen.cli.check_command`.
    """

    def __init__(self, *arguments: Any, names: Iterable[str], **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        for name in names:
            self.add_command(_Unloaded(name))

    def main(self, *arguments: Any, **settings: Any) -> Any:
        """Run a command as Click does."""
        with _chinese():
            return super().main(*arguments, **settings)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the words begin with, to be called."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, load_command(name) if name and command else None, rest

    def make_context(self, *arguments: Any, **settings: Any) -> click.Context:
        """Read what stands before the command."""
        with _refusals():
            return super().make_context(*arguments, **settings)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named."""
        with _refusals():
            return super().invoke(ctx)


@cache
def load_command(name: str) -> click.Command:
    """The command itself; the values that it does not name itself are named in Chinese."""
    command: click.Command = getattr(import_module(f"{__package__}.{name}_command"), _function(name))
    _name_in_chinese(command)
    if isinstance(command, click.Group):
        command.subcommand_metavar = "命令 [参数]..."
        for below in command.commands.values():
            _name_in_chinese(below)
    return command


def _name_in_chinese(command: click.Command) -> None:
    command.options_metavar = "[选项]"
    help_option(command)
    for param in command.params:
        if isinstance(param.type, click.Path):  # it took its name before there was a catalogue, if it was imported then
            param.type.name = _VALUES.get(param.type.name, param.type.name)
        if isinstance(param, click.Option) and param.metavar is None and not param.is_flag:
            param.metavar = _VALUES.get(param.type.name)


class _Unloaded(click.Command):
    """A command as the list of all commands shows it: what it is for is read in its source, which is not run."""

    def get_short_help_str(self, limit: int = 45) -> str:
        """The beginning of its docstring."""
        source = (_COMMANDS / f"{self.name}_command.py").read_text(encoding="utf-8")
        functions = (node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef))
        self.help = next(ast.get_docstring(node) for node in functions if node.name == _function(str(self.name)))
        return super().get_short_help_str(limit)


def _function(name: str) -> str:
    return f"{name}_" if iskeyword(name) else name


@contextmanager
def _refusals() -> Iterator[None]:
    """Say what the program or the system refuses, and end with its exit code; show what Click says as one line."""
    try:
        yield
    except Refusal as refusal:
        say_refusal(str(refusal))
        raise Exit(refusal.exit_code) from refusal
    except click.ClickException as error:
        # It is final to Click, whose sentences quote the message; a page of help is ours.
        if not isinstance(error, NoArgsIsHelpError):
            error.message = visible_line(error.message)  # type: ignore[misc]
        raise
    except OSError as error:
        message = refused_by_system(error)
        if not message:
            raise
        say_refusal(message)
        raise Exit(Refusal.exit_code) from error


@contextmanager
def _chinese() -> Iterator[None]:
    """Let `gettext` find the catalogue of Chinese words, which it chooses by the environment."""
    folder, language = gettext.bindtextdomain(_DOMAIN), os.environ.get("LANGUAGE")
    gettext.bindtextdomain(_DOMAIN, _CATALOGUES)
    os.environ["LANGUAGE"] = _LANGUAGE
    try:
        yield
    finally:
        gettext.bindtextdomain(_DOMAIN, folder)
        if language is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = language
