"""The ways in which people say which year is to be carried on."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from discgen.cli import cli
from tests.conftest import Demo


def run(demo: Demo, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["rollover", "-C", str(demo.workspace.root), *arguments])


@pytest.mark.parametrize(
    "said",
    [
        ("demo", "2024"),
        ("demo", "2024年"),
        ("demo/2023", "2024"),
        ("demo/2023",),
        ("demo/2023/", "2024"),
        ("demo/2023/budget",),
        ("demo/2023/budget", "2024"),
        ("demo/2023/budget.yaml",),
        ("departments/demo/2023/", "2024"),
        ("./departments/demo/2023/budget.yaml",),
        ("demo/2024",),
        ("demo/2024", "2024"),
    ],
)
def test_the_year_is_written_however_it_is_said(said: tuple[str, ...], workspace: Demo) -> None:
    done = run(workspace, *said)
    assert done.exit_code == 0, done.output
    assert (workspace.folder / "2024/budget.yaml").is_file()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (("demo",), "没有说做哪一年的；例如：discgen rollover demo 2024"),
        (("demo/2023", "2026"), "“demo/2023”的下一年是2024，写的是2026；做2026年的，写成：discgen rollover demo 2026"),
        (("demo/2023/projects/1-store.yaml",), "写成：discgen rollover demo 2024"),
        (("demo/2023/accounts", "--kind", "budget"), "说的是accounts，--kind说的是budget"),
    ],
)
def test_what_is_not_understood_gets_the_command_to_write(said: tuple[str, ...], told: str, workspace: Demo) -> None:
    done = run(workspace, *said)
    assert done.exit_code == 2
    assert told in done.stderr
    assert not (workspace.folder / "2024").exists()
