"""What a check finds is the same whether it is found now or known from before, and by however many processes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from unittest.mock import MagicMock

import pytest

from discgen.cache import Cache, NoCache
from discgen.check import FORMATS, one, report, run
from discgen.check.as_text import as_text
from discgen.check.checked import Checked
from discgen.check.checklist_book import checklist_book
from discgen.check.run import check_targets
from discgen.document import Result
from discgen.explain.example import read_examples
from discgen.gather.reader import Reader
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.pipeline import Said, compose
from discgen.rules.catalogue import load_rules
from tests.conftest import Demo
from tests.load.test_inputs import CHANGES, NO_CHANGES, REPOSITORY


@pytest.fixture
def cache(tmp_path_factory: pytest.TempPathFactory) -> Cache:
    return Cache(tmp_path_factory.mktemp("cache"))


def checked(workspace: Workspace, cache: Cache) -> Checked:
    return check_targets(workspace, workspace.targets(), cache=cache, with_checklist=True)


@pytest.fixture
def known_only(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From when it is called on, nothing can be composed."""

    def forbid() -> None:
        monkeypatch.setattr(one, "compose", None)
        monkeypatch.setattr(run, "_composed", lambda _, targets, *__, **___: iter(()) if not targets else 1 / 0)

    return forbid


def reported(checked: Checked) -> list[str | bytes]:
    """All that can be said of it."""
    every = as_text(checked.findings, checked.line_at, waived=checked.waived, show_waived=True)
    return [*(report(checked, name) for name in FORMATS), every, checklist_book(checked)]


def test_every_report_is_the_same_of_what_is_known(cache: Cache, known_only: Callable[[], None]) -> None:
    found = reported(checked(REPOSITORY, cache))
    known_only()
    assert reported(checked(REPOSITORY, cache)) == found


@pytest.mark.slow
def test_what_is_known_of_an_example_is_what_was_found(
    tmp_path: Path, cache: Cache, known_only: Callable[[], None]
) -> None:
    workspaces = [in_workspace(tmp_path / code, code) for code in load_rules() if read_examples(code)]
    found = [checked(workspace, cache).targets for workspace in workspaces]
    assert any(fix for targets in found for target in targets for fix in (one.fix for one in target.findings))
    assert any(target.waived for targets in found for target in targets)
    known_only()
    assert [checked(workspace, cache).targets for workspace in workspaces] == found


def in_workspace(root: Path, code: str) -> Workspace:
    """A workspace with the department in which a code is found."""
    for name, text in read_examples(code)[0].files.items():
        path = root / "departments" / "example" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Workspace(root)


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_the_same_is_found_as_without_what_was_known(workspace: Demo, cache: Cache, change: str) -> None:
    checked(workspace.workspace, cache)
    CHANGES[change](workspace)
    assert reported(checked(workspace.workspace, cache)) == reported(checked(workspace.workspace, NoCache()))


@pytest.mark.parametrize("change", NO_CHANGES)
def test_what_is_not_read_leaves_all_as_it_is_known(
    workspace: Demo, cache: Cache, change: str, known_only: Callable[[], None]
) -> None:
    workspace.write("2021/budget.yaml", "year: 2021\n")
    workspace.write("../other/department.yaml", "name: 别的局\n")
    check_targets(workspace.workspace, [workspace.target], cache=cache)
    NO_CHANGES[change](workspace)
    known_only()
    check_targets(workspace.workspace, [workspace.target], cache=cache)


def test_a_list_is_made_of_what_is_known_without_one(workspace: Demo, cache: Cache) -> None:
    check_targets(workspace.workspace, [workspace.target], cache=cache)
    assert reported(checked(workspace.workspace, cache)) == reported(checked(workspace.workspace, NoCache()))


def test_our_bug_is_not_kept(workspace: Demo, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("discgen.gather.basis.load_form", lambda _: 1 / 0)
        assert [finding.code for finding in checked(workspace.workspace, cache).findings] == ["X001"]
    assert checked(workspace.workspace, cache).findings == []


@pytest.mark.parametrize("name", ["2023/narrative.yaml", "department.yaml", "../other/department.yaml"])
def test_what_changes_while_it_is_read_is_not_kept(
    workspace: Demo, cache: Cache, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Else the findings of the later state would be told of the earlier one, if somebody went back to it."""
    workspace.write("../other/department.yaml", "name: 别的局\n")
    path = workspace.folder / name
    before = path.read_bytes()

    def compose_and_change(of: Workspace, target: Target, reader: Reader, said: Said) -> Result:
        result = compose(of, target, reader, said)
        path.write_bytes(before + b"# later\n")
        return result

    with monkeypatch.context() as patched:
        patched.setattr(one, "compose", compose_and_change)
        checked(workspace.workspace, cache)
    path.write_bytes(before)
    again = MagicMock(wraps=compose)
    monkeypatch.setattr(one, "compose", again)
    checked(workspace.workspace, cache)
    assert workspace.target in [call.args[1] for call in again.call_args_list]


def test_what_cannot_be_read_back_is_found_anew(workspace: Demo, cache: Cache) -> None:
    found = checked(workspace.workspace, cache).targets
    for path in cache.folder.glob("*/*"):
        path.write_bytes(path.read_bytes()[:-1])
    assert checked(workspace.workspace, cache).targets == found


def discgen(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "discgen", "-C", str(REPOSITORY.root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("format_name", ["text", "checklist"])
def test_two_processes_say_what_one_says(format_name: str) -> None:
    alone, together = (discgen("check", "--no-cache", "--format", format_name, "-j", jobs) for jobs in "12")
    assert (together.returncode, together.stdout, together.stderr) == (alone.returncode, alone.stdout, alone.stderr)


DYING = """
import os, signal, sys
from pathlib import Path
from discgen.check import one, report
from discgen.check.run import check_targets
from discgen.load.workspace import Workspace

def compose(workspace, target, reader, said):
    if str(target) == "demo/2024":
        os.kill(os.getpid(), signal.SIGKILL)
    return whole(workspace, target, reader, said)

whole, one.compose = one.compose, compose
workspace = Workspace(Path(sys.argv[1]))
print(report(check_targets(workspace, workspace.targets(), jobs=2), "text"))
"""


def test_a_process_that_dies_takes_its_target_alone_with_it(workspace: Demo) -> None:
    """The other year of the department, which it was given together with this one, is checked all the same."""
    for name in ("demo/2024", "other/2023"):
        shutil.copytree(workspace.folder / "2023", workspace.folder.parent / name)
    workspace.edit("2023/budget.yaml", "amount: 40", "amount: 41")
    done = subprocess.run(
        [sys.executable, "-c", DYING, str(workspace.workspace.root)], capture_output=True, text=True, check=True
    )
    assert "departments/demo/2024/budget.yaml:1:1 错误 X002 查这一份的进程中途没有了（系统结束了它）" in done.stdout
    assert "departments/demo/2023/budget.yaml:11:5 错误 R002" in done.stdout
    assert "departments/other/department.yaml:1:1 错误 L012" in done.stdout
