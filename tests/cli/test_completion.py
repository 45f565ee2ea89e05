"""What the shell is offered: by Click's variable, and in the shells that are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from discgen.cli import cli
from discgen.form.files import form_names
from tests.conftest import Demo

PROGRAM = Path(sys.executable).parent / "discgen"


def offered(demo: Demo, *words: str) -> list[str]:
    """What may follow: the last of the words is being typed."""
    *typed, incomplete = words
    shell = ShellComplete(cli, {}, "discgen", "_DISCGEN_COMPLETE")
    completions = shell.get_completions(["-C", str(demo.workspace.root), *typed], incomplete)
    return [item.value for item in completions if item.type == "plain"]


@pytest.mark.parametrize("command", ["build", "check", "fmt", "export", "explain"])
def test_departments_and_years_are_offered_for_a_target(accounts: Demo, command: str) -> None:
    assert offered(accounts, command, "demo/") == ["demo/2023", "demo/2023/accounts"]
    assert offered(accounts, command, "other") == []


def test_a_department_is_offered_before_its_years(workspace: Demo) -> None:
    assert offered(workspace, "check", "") == ["demo", "demo/2023"]
    assert offered(workspace, "rollover", "d") == ["demo"]


def test_the_workspace_after_the_command_counts(workspace: Demo, tmp_path: Path) -> None:
    shell = ShellComplete(cli, {}, "discgen", "_DISCGEN_COMPLETE")
    root = str(workspace.workspace.root)
    for typed in (["check", "-C", root], ["-C", root, "check"], ["-C", str(tmp_path / "none"), "check", "-C", root]):
        assert [item.value for item in shell.get_completions(typed, "de")] == ["demo", "demo/2023"]


def test_what_is_no_target_may_be_a_file(workspace: Demo) -> None:
    shell = ShellComplete(cli, {}, "discgen", "_DISCGEN_COMPLETE")
    (item,) = shell.get_completions(["check", "-C", str(workspace.workspace.root)], "departments/d")
    assert (item.type, item.value) == ("file", "departments/d")


def test_codes_are_offered_to_be_explained_with_their_titles(workspace: Demo) -> None:
    shell = ShellComplete(cli, {}, "discgen", "_DISCGEN_COMPLETE")
    items = shell.get_completions(["explain", "-C", str(workspace.workspace.root)], "r00")
    assert {item.value: item.help for item in items}["R001"] == "收入总计等于支出总计"
    assert all(item.value.startswith("R00") for item in items)


def test_forms_commands_and_choices_are_offered(workspace: Demo) -> None:
    assert offered(workspace, "init", "--form", "") == form_names()
    assert offered(workspace, "chec") == ["check"]
    assert offered(workspace, "check", "--format", "j") == ["json"]
    assert offered(workspace, "completion", "") == ["bash", "zsh", "fish"]


def test_outside_a_workspace_nothing_is_offered_and_nothing_breaks(tmp_path: Path) -> None:
    shell = ShellComplete(cli, {}, "discgen", "_DISCGEN_COMPLETE")
    for folder in (tmp_path, tmp_path / "none"):
        assert [item.type for item in shell.get_completions(["check", "-C", str(folder)], "")] == ["file"]


@pytest.mark.parametrize(
    ("shell", "install"),
    [
        ("bash", '# eval "$(discgen completion bash)"'),
        ("zsh", '# eval "$(discgen completion zsh)"'),
        ("fish", "# discgen completion fish > ~/.config/fish/completions/discgen.fish"),
    ],
)
def test_the_script_asks_discgen_and_says_how_it_is_installed(shell: str, install: str) -> None:
    done = CliRunner().invoke(cli, ["completion", shell])
    assert done.exit_code == 0
    assert f"_DISCGEN_COMPLETE={shell}_complete" in done.stdout
    assert done.stdout.splitlines()[-1] == install


def in_shell(shell: str, script: str, folder: Path) -> list[str]:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    environment = os.environ | {"PATH": f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        [shell, "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def test_bash_completes_a_year(workspace: Demo) -> None:
    script = """
eval "$(discgen completion bash)"
complete -p discgen >&2
COMP_WORDS=(discgen check demo/) COMP_CWORD=2
_discgen_completion discgen
printf '%s\\n' "${COMPREPLY[@]}"
"""
    assert in_shell("bash", script, workspace.workspace.root) == ["demo/2023"]


def test_zsh_takes_the_script(workspace: Demo) -> None:
    script = 'autoload -U compinit; compinit -u -D; eval "$(discgen completion zsh)"; echo ${_comps[discgen]}'
    assert in_shell("zsh", script, workspace.workspace.root) == ["_discgen_completion"]


def test_fish_completes_a_year(workspace: Demo) -> None:
    script = 'discgen completion fish | source; complete --do-complete "discgen check demo/"'
    assert in_shell("fish", script, workspace.workspace.root) == ["demo/2023"]
