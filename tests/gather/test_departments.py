"""What departments are called: two folders that are one department, and each file read once however many are done."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from discgen.check.run import check_targets
from discgen.cli import cli
from discgen.compare.run import compare_pairs
from discgen.gather.departments import Departments
from discgen.load.workspace import Workspace
from discgen.preview.site import Site
from discgen.publish.layout import Pdf
from discgen.publish.queue import publish_all
from tests.conftest import Demo

DEPARTMENTS = 6


def copied(demo: Demo, name: str, code: str = "026") -> Path:
    """A folder beside the department's, whose department has another code, if at all."""
    folder = demo.workspace.departments / name
    shutil.copytree(demo.folder, folder)
    path = folder / "department.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("code: 026", f"code: {code}"), encoding="utf-8")
    return folder


def test_a_copied_folder_is_an_error_in_both(workspace: Demo) -> None:
    copied(workspace, "demo - 副本")
    targets = workspace.workspace.select(())
    found = check_targets(workspace.workspace, targets).findings
    assert [f"{one.place} {one.code}" for one in found] == [
        "departments/demo - 副本/department.yaml:2:7 L020",
        "departments/demo/department.yaml:2:7 L020",
    ]
    assert found[1].message == "还有文件夹也是026 示范市档案局：departments/demo - 副本"


def test_a_copy_is_told_with_the_errors_that_both_have(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "{fund: general, amount: 100}", "{fund: general, amount: １00}")
    copied(workspace, "demo - 副本")
    assert workspace.found() == ["2023/budget.yaml:5:29 S005", "department.yaml:2:7 L020"]


def test_one_of_them_alone_says_so_too(workspace: Demo) -> None:
    """The one that was not named is as likely the right one, so that neither is published by its name alone."""
    copied(workspace, "demo - 副本")
    assert workspace.found() == ["department.yaml:2:7 L020"]
    done = CliRunner().invoke(cli, ["-C", str(workspace.workspace.root), "build", "demo"])
    assert (done.exit_code, "L020" in done.stderr) == (1, True)
    assert not (workspace.workspace.root / "build").exists()


@pytest.mark.parametrize(("name", "code"), [("_example", "026"), ("other", "027")])
def test_an_example_or_another_code_is_no_copy(workspace: Demo, name: str, code: str) -> None:
    copied(workspace, name, code)
    assert workspace.found() == []


def test_departments_that_give_no_code_are_told_apart_by_name(workspace: Demo) -> None:
    other = copied(workspace, "other") / "department.yaml"
    for path in (other, workspace.folder / "department.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace("code: 026\n", ""), encoding="utf-8")
    (found,) = workspace.findings()
    assert (found.code, found.message) == ("L020", "还有文件夹也是示范市档案局：departments/other")
    other.write_text(other.read_text(encoding="utf-8").replace("档案", "方志"), encoding="utf-8")
    assert workspace.found() == []


def everything_checked(workspace: Workspace) -> None:
    check_targets(workspace, workspace.targets())


def everything_built(workspace: Workspace) -> None:
    list(publish_all(workspace, workspace.targets(), draft=True, jobs=1))


def everything_compared(workspace: Workspace) -> None:
    before = Workspace(workspace.root / "before")
    assert list(compare_pairs([((before, target), (workspace, target)) for target in workspace.targets()]))


def everything_previewed(workspace: Workspace) -> None:
    site = Site(workspace)
    site._overview.count()  # noqa: SLF001 - what it does in the background
    for target in workspace.targets():
        site.answer(f"{target.department}/{target.year}/{target.kind}/state")


@pytest.mark.parametrize(
    ("act", "times"),
    [(everything_checked, 2), (everything_built, 2), (everything_compared, 3), (everything_previewed, 3)],
)
def test_the_file_of_a_department_is_not_read_again_for_every_other(
    workspace: Demo, monkeypatch: pytest.MonkeyPatch, act: Callable[[Workspace], None], times: int
) -> None:
    """Once for what it is called, and once each time that its own document is made, or its files are compared."""
    for number in range(1, DEPARTMENTS):
        copied(workspace, f"d{number}", f"1{number:02}")
    before = workspace.workspace.root / "before"
    shutil.copytree(workspace.workspace.departments, before / "departments")
    workspace.edit("2023/narrative.yaml", "收集和保管", "保管")
    read: list[Path] = []
    reading = Workspace.read

    def noted(self: Workspace, path: Path) -> object:
        if path.name == "department.yaml" and self.root != before:
            read.append(path)
        return reading(self, path)

    monkeypatch.setattr(Workspace, "read", noted)
    monkeypatch.setattr("discgen.publish.build.render", lambda *_, **__: Pdf(b"%PDF-", ()))
    act(workspace.workspace)
    assert len(read) == times * DEPARTMENTS


def test_a_unit_in_a_folder_of_its_own_is_no_copy_and_no_neighbour(workspace: Demo) -> None:
    """The department's own office bears its name and code."""
    copied(workspace, "office")
    workspace.edit("department.yaml", "short_name: 市档案局, kind", "short_name: 市档案局, folder: office, kind")
    workspace.write("../office/department.yaml", (workspace.folder / "department.yaml").read_text(encoding="utf-8"))
    workspace.edit("../office/department.yaml", "folder: office, ", "")
    departments = Departments(workspace.workspace)
    assert [departments.findings_of(folder) for folder in ("demo", "office")] == [[], []]
    assert departments.neighbours(["office"], "示范市") == departments.neighbours(["demo"], "示范市") == frozenset()
