"""The group of all commands: Click's own words in Chinese, and the only place where refusals are printed.

Click takes its words from a catalogue for `gettext`, and the names of values by type: see docs/decisions/0015. A
refusal is printed on one line and gives the exit code: see docs/decisions/0029.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from click.exceptions import Exit, NoArgsIsHelpError

from discgen.characters import visible_line
from discgen.cli.screen import refused_by_system, say_refusal
from discgen.errors import Refusal

_CATALOGUES = Path(__file__).parent / "locale"
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
    """Commands that speak Chinese, whatever the language of the machine, and print every refusal in the same way."""

    def main(self, *arguments: Any, **settings: Any) -> Any:
        """Run a command as Click does."""
        with _chinese():
            return super().main(*arguments, **settings)

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Take a command in; the values that it does not name itself are named in Chinese."""
        cmd.options_metavar = "[选项]"
        help_option(cmd)
        for param in cmd.params:
            if isinstance(param.type, click.Path):  # it took its name before there was a catalogue
                param.type.name = _VALUES.get(param.type.name, param.type.name)
            if isinstance(param, click.Option) and param.metavar is None and not param.is_flag:
                param.metavar = _VALUES.get(param.type.name)
        super().add_command(cmd, name)

    def make_context(self, *arguments: Any, **settings: Any) -> click.Context:
        """Read what stands before the command."""
        with _refusals():
            return super().make_context(*arguments, **settings)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named."""
        with _refusals():
            return super().invoke(ctx)


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
