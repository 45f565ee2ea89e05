"""The digest of what a result rests on: nothing is read that it does not cover, and a change of anything changes it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from discgen.gather.departments import Departments
from discgen.gather.reader import Reader
from discgen.load.inputs import Inputs, copy_of
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.pipeline import compose
from discgen.render.html import render_html
from discgen.view.page import view_document
from tests.conftest import Demo
from tests.units import AGENCY, ARCHIVE

REPOSITORY = Workspace(Path(__file__).parents[2])
_READING = {"open", "os.listdir", "os.scandir"}
_heard: list[set[str]] = []


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    if _heard and event in _READING and isinstance(arguments[0], str | Path):
        _heard[-1].add(os.path.realpath(arguments[0]))


sys.addaudithook(_hear)


@contextmanager
def heard(below: Path) -> Iterator[set[str]]:
    """The files and folders that are opened or listed below a folder while the block runs."""
    read: set[str] = set()
    _heard.append(read)
    try:
        yield read
    finally:
        _heard.remove(read)
        read.intersection_update({path for path in read if Path(path).is_relative_to(below.resolve())})


def digest(demo: Demo) -> str:
    return Inputs(demo.workspace.root).digest(demo.target)


@pytest.mark.parametrize("target", REPOSITORY.targets(), ids=str)
def test_nothing_is_read_that_the_digest_does_not_cover(target: Target) -> None:
    with heard(REPOSITORY.departments) as read:
        compose(REPOSITORY, target)
    with heard(REPOSITORY.departments) as covered:
        Inputs(REPOSITORY.root).digest(target)
    assert read
    assert read <= covered


def test_what_joined_is_covered_however_its_key_is_written(workspace: Demo) -> None:
    shutil.copytree(workspace.folder, workspace.workspace.departments / "joined")
    workspace.edit("2023/budget.yaml", "procurement:", '"merged\\x5ffrom": [joined]\nprocurement:')
    before = digest(workspace)
    for year in ("2022", "2023"):
        file = workspace.workspace.departments / "joined" / year / "budget.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text("# 上年\n", encoding="utf-8")
        assert (digest(workspace) != before) == (year == "2022"), year
        before = digest(workspace)


CHANGES: dict[str, Callable[[Demo], object]] = {
    "a fact": lambda demo: demo.edit("2023/budget.yaml", "amount: 40", "amount: 41"),
    "prose": lambda demo: demo.edit("2023/narrative.yaml", "保管科", "保管处"),
    "a project": lambda demo: demo.edit("2023/projects/2-scan.yaml", "档案扫描", "扫描"),
    "the department": lambda demo: demo.edit("department.yaml", "code: 026", "code: 027"),
    "a project more": lambda demo: demo.add_project("3-more", "2010350", "1", name="别的"),
    "a project less": lambda demo: (demo.folder / "2023/projects/2-scan.yaml").unlink(),
    "waivers": lambda demo: demo.write("2023/waivers.yaml", "waivers: []\n"),
    "last year": lambda demo: demo.write("2022/budget.yaml", "year: 2022\n"),
    "accounts of the year": lambda demo: demo.write("2023/accounts.yaml", "year: 2023\n"),
    "a file of another name": lambda demo: demo.write("2023/budgets.yaml", ""),
    "a file of another ending": lambda demo: demo.write("2023/projects/3-more.yml", ""),
    "a folder of another name": lambda demo: demo.write("2023/project/3-more.yaml", ""),
    "a year of another name": lambda demo: demo.write("2024年/budget.yaml", ""),
    "a folder for a file": lambda demo: demo.write("2023/waivers.yaml/waivers.yaml", ""),
    "a link": lambda demo: (demo.folder / "2023/waivers.yaml").symlink_to("nowhere"),
    "a link to the outside": lambda demo: (demo.folder / "2023/goal_sheets").symlink_to("/"),
    "a neighbour": lambda demo: demo.write("../other/department.yaml", "name: 别的局\n"),
    "an empty neighbour": lambda demo: (demo.folder.parent / "other").mkdir(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_what_is_read_changes_the_digest(workspace: Demo, change: str) -> None:
    before = digest(workspace)
    CHANGES[change](workspace)
    assert digest(workspace) != before


def test_a_file_that_becomes_a_link_to_the_outside_changes_the_digest(workspace: Demo, tmp_path: Path) -> None:
    file, outside = workspace.folder / "2023/narrative.yaml", tmp_path.parent / f"{tmp_path.name}.yaml"
    before = digest(workspace)
    file.rename(outside)
    file.symlink_to(outside)
    assert digest(workspace) != before


NO_CHANGES: dict[str, Callable[[Demo], object]] = {
    "another year": lambda demo: demo.edit("2021/budget.yaml", "2021", "2020"),
    "other files of a neighbour": lambda demo: demo.write("../other/2023/budget.yaml", "year: 2023\n"),
    "what an editor leaves": lambda demo: demo.write("2023/.budget.yaml.swp", ""),
    "what is built": lambda demo: demo.write("../../build/demo/2023-budget.pdf", ""),
    "the time of a file": lambda demo: os.utime(demo.folder / "2023/budget.yaml", (0, 0)),
}


@pytest.mark.parametrize("change", NO_CHANGES)
def test_what_is_not_read_does_not(workspace: Demo, change: str) -> None:
    workspace.write("2021/budget.yaml", "year: 2021\n")
    workspace.write("../other/department.yaml", "name: 别的局\n")
    before = digest(workspace)
    NO_CHANGES[change](workspace)
    assert digest(workspace) == before


def test_a_copy_of_the_workspace_has_the_same_digest(workspace: Demo, tmp_path: Path) -> None:
    shutil.copytree(workspace.folder.parent, tmp_path / "copy" / "departments")
    assert Inputs(tmp_path / "copy").digest(workspace.target) == digest(workspace)


def test_targets_of_one_workspace_differ(workspace: Demo) -> None:
    inputs = Inputs(workspace.workspace.root)
    assert len({inputs.digest(Target("demo", 2023, kind)) for kind in ("budget", "accounts")}) == 2


def test_what_is_not_there_has_a_digest(workspace: Demo) -> None:
    assert Inputs(workspace.workspace.root).digest(Target("nobody", 2023, "budget"))
    assert Inputs(workspace.workspace.root / "nowhere").digest(workspace.target)


def test_each_file_is_read_once_for_all_targets(workspace: Demo) -> None:
    inputs = Inputs(workspace.workspace.root)
    inputs.digest(workspace.target)
    with heard(workspace.workspace.root) as read:
        inputs.digest(Target("demo", 2023, "accounts"))
    assert read == set()


# --- the copy ---


def put_up(root: Path, target: Target, folder: Path) -> Workspace:
    """A workspace with the copy of a target, and nothing else."""
    copy = copy_of(root, target)
    assert copy is not None
    for name in copy.folders:
        (folder / name).mkdir()
    for name, data in copy.files.items():
        (folder / name).write_bytes(data)
    return Workspace(folder)


@pytest.mark.parametrize("target", REPOSITORY.targets(), ids=str)
def test_a_copy_is_all_that_a_target_rests_on(target: Target, tmp_path: Path) -> None:
    root, whole = put_up(REPOSITORY.root, target, tmp_path).root, Inputs(REPOSITORY.root)
    assert Inputs(root, whole.neighbours).digest(target) == whole.digest(target)


@pytest.mark.parametrize("target", REPOSITORY.targets(), ids=str)
def test_the_same_is_made_of_a_copy(target: Target, tmp_path: Path) -> None:
    alone = put_up(REPOSITORY.root, target, tmp_path)
    read = Departments(REPOSITORY)
    read.read()
    there = compose(alone, target, Reader(alone, Departments.decode(alone, read.encode())))
    here = compose(REPOSITORY, target)
    assert (there.findings, there.waived) == (here.findings, here.waived)
    assert there.document is not None
    assert here.document is not None
    assert render_html(view_document(there.document)) == render_html(view_document(here.document))


def test_of_files_whose_names_count_a_copy_has_nothing_else(workspace: Demo) -> None:
    workspace.write("2023/scan.pdf", "%PDF")
    workspace.write("2020/budget.yaml", "year: 2020")
    workspace.write("2022/budget.yaml", "year: 2022")
    copy = copy_of(workspace.workspace.root, workspace.target)
    assert copy is not None
    names = ("2023/scan.pdf", "2020/budget.yaml", "2022/budget.yaml")
    assert [copy.files[f"departments/demo/{name}"] for name in names] == [b"", b"", b"year: 2022"]


def linked(demo: Demo) -> None:
    demo.folder.rename(demo.folder.parent / "real")
    demo.folder.symlink_to("real")


NOT_COPIED: dict[str, Callable[[Demo], object]] = {
    "a link": lambda demo: (demo.folder / "2023/other.yaml").symlink_to("narrative.yaml"),
    "a department that is a link": linked,
    "a pipe": lambda demo: os.mkfifo(demo.folder / "2023/pipe"),
    "a name in GBK": lambda demo: Path(os.fsdecode(bytes(demo.folder) + "/说明.txt".encode("gbk"))).touch(),
    "what joined and is not there": lambda demo: demo.edit(
        "2023/budget.yaml", "year: 2023", "year: 2023\nmerged_from: [gone]"
    ),
}


@pytest.mark.parametrize("what", NOT_COPIED)
def test_what_a_copy_would_not_be_like_is_not_copied(workspace: Demo, what: str) -> None:
    NOT_COPIED[what](workspace)
    assert copy_of(workspace.workspace.root, workspace.target) is None


def digests(demo: Demo) -> list[str]:
    return [Inputs(demo.workspace.root).digest(target) for target in (demo.target, AGENCY, ARCHIVE)]


def test_the_words_of_a_unit_count_for_its_document_alone(units: Demo) -> None:
    before = digests(units)
    units.edit("2023/units/archive/narrative.yaml", "提供查阅", "提供利用")
    assert [old == new for old, new in zip(before, digests(units), strict=True)] == [True, True, False]


def test_the_lines_of_a_department_count_for_all_its_units(units: Demo) -> None:
    before = digests(units)
    units.edit("2023/budget.yaml", "amount: 86}", "amount: 87}")
    assert not set(before) & set(digests(units))


def test_the_facts_of_a_unit_in_a_folder_of_its_own_count_for_its_department(units: Demo) -> None:
    units.edit("department.yaml", "name: 示范市档案馆,", "name: 示范市档案馆, folder: archive,")
    units.write("../archive/2023/budget.yaml", "year: 2023")
    before = digest(units)
    units.write("../archive/2023/budget.yaml", "year: 2024")
    assert digest(units) != before


def test_a_copy_for_a_unit_has_its_words_and_the_department_s_lines(units: Demo) -> None:
    copy = copy_of(units.workspace.root, ARCHIVE)
    assert copy is not None
    assert copy.files["departments/demo/2023/units/archive/narrative.yaml"]
    assert copy.files["departments/demo/2023/budget.yaml"]
