"""What the command says is Chinese: no word in Latin letters but names that are written so."""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from click.testing import CliRunner, Result

import discgen.cli
from discgen.cli import cli
from discgen.cli.group import load_command
from discgen.model.line import UnitKind

CATALOGUE = Path(discgen.cli.__file__).parent / "locale/zh_CN/LC_MESSAGES/messages.po"
WORD = re.compile(r"(?<![\w.~/$<{-])[A-Za-z][A-Za-z_]+(?![\w/=-]|[.:]\w)", re.ASCII)
NAMES = {
    *(
        "YAML",
        "JSON",
        "PDF",
        "Excel",
        "CSV",
        "GitLab",
        "HTML",
        "GitHub",
        "SARIF",
        "Word",
        "WPS",
        "Tab",
        "git",
        "schema",
        "discgen",
        "Dask",
        "tcp",
        "README",
        "HEAD",
    ),
    *("bash", "zsh", "fish", "eval", "compinit", "id", "reasons", "departments", "build", "lines", "localhost"),
    *(
        "code",
        "until",
        "waivers",
        "xlsx",
        "csv",
        "json",
        "py",
        "CI",
        "pre",
        "commit",
        "LSP",
        "URL",
        "Ctrl",
        "VS",
        "Code",
    ),
}
"""What is called so in Chinese too."""
COMMANDS = list(cli.commands)

BAD = [
    ("chek",),
    ("--nothing",),
    ("-Z",),
    ("-C",),
    ("build", "--jobs", "0"),
    ("build", "--jobs", "several"),
    ("build", "-j"),
    ("build", "--draft=1"),
    ("check", "--strickt"),
    ("check", "--format", "xml"),
    ("check", "--format"),
    ("explain",),
    ("explain", "R001", "1", "2"),
    ("export", "demo/2023"),
    ("export",),
    ("init", "demo", "other"),
    ("init", "文件夹"),
    ("init", "demo", "--year", "1999"),
    ("init", "demo", "--year", "今年"),
    ("init", "demo", "--level", "镇级"),
    ("init", "demo", "--form", "shanxi"),
    ("init", "demo", "--unit", "档案局"),
    ("init", "demo", "--code", "二十六"),
    ("rollover", "demo"),
    ("rollover", "demo", "明年"),
    ("rollover", "demo", "2024", "--kind", "预算"),
    ("fmt", "--chek"),
    ("completion",),
    ("completion", "csh"),
]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, prog_name="discgen")


def named(command: click.Command) -> Iterator[str]:
    """What may be written where the command asks for it."""
    for name, below in command.commands.items() if isinstance(command, click.Group) else ():
        yield from (name, *named(below))
    for param in command.params:
        if isinstance(param.type, click.Choice):
            yield from param.type.choices
        yield from (option.strip("-") for option in param.opts)


def foreign(text: str, *quoted: str) -> set[str]:
    """The words of a text in Latin letters that are no names; `quoted` is what a person wrote, as it is said back."""
    known = {*NAMES, *COMMANDS, *UnitKind, *quoted}
    for name in COMMANDS:
        known |= set(named(load_command(name)))
    return {word for word in WORD.findall(text) if word not in known}


def test_a_foreign_word_is_seen_and_a_name_is_not() -> None:
    said = "Usage: discgen check [OPTIONS] TARGET\n  Show this message. 写成YAML，用--format json，见docs/rules"
    assert foreign(said) == {"Usage", "OPTIONS", "TARGET", "Show", "this", "message"}


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_in_chinese(command: str) -> None:
    done = run(*command.split(), "--help")
    assert done.exit_code == 0
    assert done.output.startswith("用法：")
    assert foreign(done.output) == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_each_says_itself(name: str) -> None:
    assert cli.commands[name].get_short_help_str(60) == load_command(name).get_short_help_str(60) != ""


@pytest.mark.parametrize("arguments", BAD, ids=" ".join)
def test_a_wrong_use_is_said_in_chinese_with_what_to_do(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert foreign(done.stderr, *arguments) == set()
    assert "错误：" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "near"), [(("chek",), "check"), (("rolover",), "rollover"), (("check", "--stict"), "--strict")]
)
def test_a_wrong_name_is_answered_with_the_nearest(arguments: tuple[str, ...], near: str) -> None:
    assert f"相近的有：'{near}'" in run(*arguments).stderr


@pytest.mark.parametrize("language", ["en_US", "C", "zh_TW", None])
def test_the_language_of_the_machine_does_not_matter_and_is_left_alone(
    language: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LANGUAGE", raising=False)
    if language:
        monkeypatch.setenv("LANGUAGE", language)
        monkeypatch.setenv("LC_ALL", language)
    before = gettext.bindtextdomain("messages")
    assert "用法：" in run("--help").output
    assert os.environ.get("LANGUAGE") == language
    assert gettext.bindtextdomain("messages") == before


def test_stopping_is_said_in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("discgen.cli.explain_command.explain_rule", stopped)
    done = run("explain", "R001")
    assert done.exit_code == 1
    assert done.stderr.strip() == "停下了。"


def sentences(catalogue: Catalog) -> dict[str, str]:
    """What is said for what, also of messages that have a plural, which either file holds in another type."""
    return {"".join(message.id): "".join(message.string or "") for message in catalogue if message.id}


def test_the_compiled_catalogue_is_that_of_its_source() -> None:
    with CATALOGUE.open("rb") as source, CATALOGUE.with_suffix(".mo").open("rb") as compiled:
        assert sentences(read_mo(compiled)) == sentences(read_po(source, locale="zh_CN"))
