"""What README and the pages in docs/ name is there: files, headings, commands and options."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from discgen.cli import cli
from discgen.cli.group import load_command
from tests.readback import ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
_LINK = re.compile(r"\]\(([^()\s]+(?:\([^()]*\))?[^()\s]*)\)")
_COMMAND = re.compile(r"(?:^\$ |`)discgen(?: -C \S+)? ([a-z]+)([^`\n]*)", re.MULTILINE)


def links(page: Path) -> Iterator[tuple[Path, str]]:
    for target in _LINK.findall(page.read_text("utf-8")):
        if "://" not in target:
            path, _, heading = target.partition("#")
            yield (page.parent / path if path else page), heading


def headings(page: Path) -> set[str]:
    found = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in found}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_link_leads_somewhere(page: Path) -> None:
    lost = [
        f"{path.name}#{heading}"
        for path, heading in links(page)
        if not path.exists() or (heading and heading.lower() not in headings(path))
    ]
    assert lost == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_command_is_there_with_its_options(page: Path) -> None:
    for name, rest in _COMMAND.findall(page.read_text("utf-8")):
        assert name in cli.commands
        command = load_command(name)
        if isinstance(command, click.Group):
            command = command.commands.get(rest.split()[0] if rest.strip() else "", command)
        known = {option for one in command.params for option in one.opts}
        assert known.issuperset(re.findall(r"(?<!\S)--[a-z-]+", rest)), f"{name}{rest}"
