"""What is unchanged is not made again, whoever asks; what is not the same any more is."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from discgen.cache import Cache
from discgen.cli import cli
from discgen.diagnostics import error
from discgen.document import Document
from discgen.errors import Refusal
from discgen.publish.layer import Failure
from discgen.publish.layout import Pdf
from discgen.publish.published import Published, output_path
from discgen.publish.queue import publish_all
from tests.conftest import Demo


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that are laid out from now on, each to a few bytes."""
    titles: list[str] = []

    def noted(document: Document, **_: object) -> Pdf:
        titles.append(document.disclosure.department.name)
        return Pdf(b"%PDF-1.7", ())

    monkeypatch.setattr("discgen.publish.build.render", noted)
    return titles


def built(demo: Demo, cache: Cache | None, *, draft: bool = False) -> Published:
    [done] = publish_all(demo.workspace, [demo.target], draft=draft, cache=cache)
    return done


def warned(demo: Demo) -> None:
    """Let there be a finding that does not stop a build."""
    demo.edit("2023/projects/1-store.yaml", "summary: 这是概况。", "summary: 这是概况，，。")


def test_what_has_not_changed_is_not_made_again_and_its_findings_are_told_again(
    workspace: Demo, cache: Cache, rendered: list[str]
) -> None:
    warned(workspace)
    first, second = built(workspace, cache), built(workspace, cache)
    assert (first.is_unchanged, second.is_unchanged, len(rendered)) == (False, True, 1)
    assert first.findings
    assert (second.path, second.findings) == (first.path, first.findings)


def test_that_there_are_errors_is_known_the_next_time(
    workspace: Demo, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.edit("2023/budget.yaml", "amount: 100}", "amount: 101}")
    first = built(workspace, cache)
    monkeypatch.setattr("discgen.publish.build.Composing", lambda *_: pytest.fail("it is composed"))
    second = built(workspace, cache)
    assert [finding.code for finding in second.findings] == ["R001"]
    assert (second.path, second.findings) == (None, first.findings)


def test_errors_stop_a_build_that_was_begun_before_they_were_known(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "amount: 100}", "amount: 101}")
    alone, helped = (next(publish_all(workspace.workspace, [workspace.target], jobs=jobs)) for jobs in (1, 2))
    assert [finding.code for finding in helped.findings] == ["R001"]
    assert (helped.path, helped.findings) == (None, alone.findings)


CHANGES: dict[str, Callable[[Demo], object]] = {
    "a fact": lambda demo: demo.edit("2023/projects/1-store.yaml", "summary: 这是概况。", "summary: 这是别的概况。"),
    "a name": lambda demo: demo.edit("department.yaml", "short_name: 市档案馆", "short_name: 市馆"),
    "a new neighbour": lambda demo: demo.write("../other/department.yaml", "name: 示范市方志办"),
    "no PDF": lambda demo: output_path(demo.workspace, demo.target).unlink(),
    "a PDF that was edited": lambda demo: output_path(demo.workspace, demo.target).write_bytes(b"%PDF-1.7 "),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_has_changed_is_made_again(workspace: Demo, cache: Cache, rendered: list[str], change: str) -> None:
    built(workspace, cache)
    CHANGES[change](workspace)
    done = built(workspace, cache)
    assert (done.is_unchanged, len(rendered)) == (False, 2)
    assert output_path(workspace.workspace, workspace.target).read_bytes() == b"%PDF-1.7"


def test_a_draft_is_another_document(workspace: Demo, cache: Cache, rendered: list[str]) -> None:
    built(workspace, cache)
    assert not built(workspace, cache, draft=True).is_unchanged
    assert len(rendered) == 2


def test_another_program_makes_it_again(
    workspace: Demo, cache: Cache, rendered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    built(workspace, cache)
    monkeypatch.setattr("discgen.kept.code", lambda: "changed")
    assert not built(workspace, cache).is_unchanged
    monkeypatch.setattr("discgen.publish.published.layout", lambda: "other fonts")
    assert not built(workspace, cache).is_unchanged
    assert len(rendered) == 3


def test_another_copy_of_the_workspace_writes_a_file_of_its_own(
    workspace: Demo, cache: Cache, rendered: list[str], tmp_path: Path
) -> None:
    built(workspace, cache)
    copy = Demo(tmp_path / "copy")
    shutil.copytree(workspace.workspace.departments, copy.workspace.departments, dirs_exist_ok=True)
    assert not built(copy, cache).is_unchanged
    assert built(copy, cache).is_unchanged
    assert len(rendered) == 2


@pytest.mark.usefixtures("rendered")
def test_a_file_that_changes_while_it_is_built_is_built_again(
    workspace: Demo, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    def saved_meanwhile(*_: object, **__: object) -> Pdf:
        CHANGES["a fact"](workspace)
        return Pdf(b"%PDF-1.7", ())

    with monkeypatch.context() as patched:
        patched.setattr("discgen.publish.build.render", saved_meanwhile)
        built(workspace, cache)
    assert not built(workspace, cache).is_unchanged


@pytest.mark.usefixtures("rendered")
def test_a_bug_of_ours_is_not_kept(workspace: Demo, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    bug = Failure(bugs=(error("X002", "没有了", workspace.target.place),))
    with monkeypatch.context() as patched:
        patched.setattr("discgen.publish.build.render", lambda *_, **__: bug)
        assert [finding.code for finding in built(workspace, cache).findings] == ["X002"]
    assert built(workspace, cache).findings == ()


def test_a_file_that_could_not_be_written_is_tried_again(workspace: Demo, cache: Cache, rendered: list[str]) -> None:
    (workspace.workspace.root / "build").touch()
    assert built(workspace, cache).problem
    (workspace.workspace.root / "build").unlink()
    assert built(workspace, cache).path
    assert len(rendered) == 2


def test_a_machine_that_cannot_lay_out_is_refused_once_for_all(
    workspace: Demo, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise Refusal("没有字体")

    monkeypatch.setattr("discgen.publish.build.render", refused)
    with pytest.raises(Refusal, match="没有字体"):
        built(workspace, cache)


# --- the command ---


def run(demo: Demo, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["build", "-C", str(demo.workspace.root), *arguments])


@pytest.mark.usefixtures("rendered")
def test_the_command_says_that_nothing_has_changed(workspace: Demo) -> None:
    warned(workspace)
    first, second = run(workspace, "-j", "1"), run(workspace, "-j", "1")
    assert first.exit_code == second.exit_code == 0
    assert second.stdout == "[1/1] demo/2023 → build/demo/2023-budget.pdf（没有变）\n"
    assert first.stderr == second.stderr
    assert "共1个警告" in second.stderr


def test_without_the_cache_nothing_of_it_is_used_or_left(
    workspace: Demo, rendered: list[str], cache_folder: Path
) -> None:
    for _ in range(2):
        assert "秒）" in run(workspace, "-j", "1", "--no-cache").stdout
    assert len(rendered) == 2
    assert not cache_folder.exists()


@pytest.mark.usefixtures("rendered")
def test_a_cache_that_cannot_be_used_is_told_and_no_error(workspace: Demo, cache_folder: Path) -> None:
    cache_folder.parent.mkdir(exist_ok=True)
    cache_folder.touch()
    done = run(workspace, "-j", "1")
    assert done.exit_code == 0
    assert f"缓存用不上：{cache_folder} 不是文件夹" in done.stderr


UNLOADED = """
import sys
from discgen.cli import main

try:
    main()
finally:
    print(sorted(set(MODULES) & set(sys.modules)))
"""
COMPOSES = (
    "discgen.pipeline",
    "discgen.gather",
    "discgen.view",
    "discgen.render",
    "jinja2",
    "jsonschema",
    "weasyprint",
)


def loaded(demo: Demo, modules: Sequence[str], *arguments: str) -> str:
    """Which of the modules are loaded by a command."""
    program = f"MODULES = {modules!r}\n{UNLOADED}"
    command = [sys.executable, "-c", program, "build", "-C", str(demo.workspace.root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1]


@pytest.mark.slow
def test_nothing_that_is_not_needed_is_loaded(workspace: Demo) -> None:
    run(workspace, "-j", "1")
    assert loaded(workspace, COMPOSES) == "[]"
    workspace.edit("2023/projects/1-store.yaml", "summary: 这是概况。", "summary: 这是别的概况。")
    assert loaded(workspace, ["weasyprint"], "-j", "2") == "[]"
    assert output_path(workspace.workspace, workspace.target).is_file()
