"""What a command does without is not loaded for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import Demo

PROGRAM = """
import atexit, sys
from discgen.__main__ import main
atexit.register(lambda: print(*sys.modules, file=sys.stderr))
main()
"""


def loaded(*arguments: str, folder: str = ".") -> set[str]:
    """The modules that are loaded once a command has ended, libraries by their first name."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    names = done.stderr.splitlines()[-1].split()
    return {name if name.startswith("discgen.") else name.partition(".")[0] for name in names}


@pytest.mark.parametrize("arguments", [["--version"], ["--help"]])
def test_no_command_is_loaded_to_name_them_all(arguments: list[str]) -> None:
    modules = loaded(*arguments)
    assert {name for name in modules if name.startswith("discgen.cli.")} == {"discgen.cli.group", "discgen.cli.screen"}
    assert modules.isdisjoint({"yaml", "jinja2", "jsonschema"})


def test_a_check_of_what_is_in_order_loads_nothing_to_say_what_is_wrong(workspace: Demo) -> None:
    modules = loaded("check", "demo/2023", "--no-cache", folder=str(workspace.workspace.root))
    assert "discgen.pipeline" in modules
    assert modules.isdisjoint({"jsonschema", "referencing", "openpyxl", "weasyprint", "watchfiles", "distributed"})


def test_a_check_of_what_is_unchanged_loads_nothing_that_composes(workspace: Demo) -> None:
    for _ in range(2):
        modules = loaded("check", "demo/2023", folder=str(workspace.workspace.root))
    assert modules.isdisjoint({"discgen.pipeline", "jinja2", "jsonschema_rs", "discgen.form.files"})
