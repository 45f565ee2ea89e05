"""CONTRIBUTING's worked examples are played in a copy of the repository: every step, and all that it shows."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.docs.page import Step, matches, steps
from tests.docs.reader import Reader
from tests.readback import ROOT

PAGE = ROOT / "CONTRIBUTING.md"
COPIED = (".gitignore", "discgen", "schema", "templates", "departments", "tests", "tools", "pyproject.toml")
EXAMPLES = ("a table of a form", "a form", "a rule", "a word of an import")


class Contributor(Reader):
    """Somebody who works on a copy of the repository, with the program of the copy."""

    _IS_OURS = False

    def _fresh(self) -> None:
        self._clear()
        for name in COPIED:
            source, copy = ROOT / name, self._workspace / name
            if source.is_dir():  # with its bytecode, but for what is being written
                shutil.copytree(source, copy, ignore=shutil.ignore_patterns("node_modules", "*.pyc.*"))
            else:
                shutil.copyfile(source, copy)
        for command in (("init", "--quiet"), ("add", "."), ("commit", "--quiet", "--message", "As it is")):
            subprocess.run(["git", *command], cwd=self._workspace, env=self._environment(), check=True)

    def _environment(self) -> dict[str, str]:
        return super()._environment() | {"PYTHONPATH": str(self._workspace)}


def examples() -> dict[str, list[Step]]:
    """The steps of each worked example by its title."""
    begins = [
        (m[1], PAGE.read_text("utf-8").count("\n", 0, m.start()) + 1) for m in HEADING.finditer(PAGE.read_text("utf-8"))
    ]
    return {
        title.removeprefix("Worked example: "): [
            step for step in steps(PAGE) if line < step.line < after and step.kind != "fresh"
        ]
        for (title, line), (_, after) in zip(begins, [*begins[1:], ("", 10**9)], strict=True)
        if title.startswith("Worked example: ")
    }


HEADING = re.compile(r"^## (.+)$", re.MULTILINE)


def test_there_is_an_example_of_each_kind() -> None:
    assert tuple(examples()) == EXAMPLES


@pytest.mark.slow
@pytest.mark.parametrize("title", EXAMPLES)
def test_an_example_does_what_it_says(title: str, tmp_path: Path) -> None:
    contributor = Contributor(tmp_path)
    for step in examples()[title]:
        for command, printed in contributor.do(step):
            assert matches(command.output, printed), f"line {command.line}: {command.text} printed\n{printed}"
