from __future__ import annotations

import io
import json
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pdfplumber
import pypdf
import pytest

from discgen.files import UnwritableError, replace_file
from discgen.load.target import Target
from discgen.publish.build import publish
from discgen.publish.published import output_path
from discgen.publish.queue import publish_all
from tests.conftest import Demo


@contextmanager
def no_file_above(size: int) -> Iterator[None]:
    """A disk that is full, as far as this process can tell."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def text_of(path: Path) -> str:
    with pdfplumber.open(path) as pdf:
        return "\n".join(page.extract_text() for page in pdf.pages)


def spoil(demo: Demo) -> None:
    """One error, R001, that still leaves a document."""
    demo.edit("2023/budget.yaml", "amount: 100}", "amount: 101}")


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "build" / "demo" / "x.pdf"
    replace_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o644


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(b"old")
    replace_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(b"old")
    with no_file_above(1000), pytest.raises(UnwritableError, match="超过了系统让写的大小"):
        replace_file(path, bytes(100_000))
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_draft_has_a_name_of_its_own(workspace: Demo) -> None:
    target = Target("demo", 2023, "budget")
    root = workspace.workspace.root
    assert output_path(workspace.workspace, target) == root / "build/demo/2023-budget.pdf"
    assert output_path(workspace.workspace, target, draft=True) == root / "build/demo/2023-budget-draft.pdf"


def test_a_build_with_errors_leaves_the_old_file_untouched(workspace: Demo) -> None:
    spoil(workspace)
    path = output_path(workspace.workspace, workspace.target)
    replace_file(path, b"old")
    done = publish(workspace.workspace, workspace.target)
    assert done.path is None
    assert [finding.code for finding in done.findings] == ["R001"]
    assert path.read_bytes() == b"old"
    assert list(path.parent.iterdir()) == [path]


def test_a_draft_of_facts_that_cannot_be_read_is_not_written(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "unit: 万元", "unit: 亿元")
    assert publish(workspace.workspace, workspace.target, draft=True).path is None
    assert not (workspace.workspace.root / "build").exists()


@pytest.mark.slow
def test_a_draft_is_built_in_spite_of_errors_and_lists_them_first(workspace: Demo) -> None:
    spoil(workspace)
    published = output_path(workspace.workspace, workspace.target)
    replace_file(published, b"old")
    done = publish(workspace.workspace, workspace.target, draft=True)
    assert done.path is not None
    assert published.read_bytes() == b"old"
    with pdfplumber.open(done.path) as pdf:
        first = pdf.pages[0].extract_text()
    assert "草稿：发布前要改的地方" in first
    assert "departments/demo/2023/budget.yaml:5:5" in first
    assert "相差10,000元" in first


@pytest.mark.slow
def test_a_build_without_errors_holds_the_text_and_its_data(workspace: Demo) -> None:
    done = publish(workspace.workspace, workspace.target)
    assert (done.path, done.findings) == (output_path(workspace.workspace, workspace.target), ())
    assert done.path is not None
    text = text_of(done.path)
    assert "示范市档案局" in text
    assert "草稿" not in text
    (attached,) = pypdf.PdfReader(io.BytesIO(done.path.read_bytes())).attachments["discgen.json"]
    data = json.loads(attached)
    assert (data["code"], data["year"], len(data["tables"])) == ("026", 2023, 13)
    assert data["tables"][2]["rows"][0][2] == {"yuan": "1000000", "shown": "100.00"}


@pytest.mark.slow
def test_several_targets_are_built_in_several_processes(workspace: Demo) -> None:
    text = (workspace.folder / "2023/budget.yaml").read_text(encoding="utf-8")
    spoilt = text.replace("year: 2023", "year: 2024").replace("unit: 万元", "unit: 亿元")
    workspace.write("2024/budget.yaml", spoilt)
    targets = workspace.workspace.select(())
    done = {one.target.year: one.path for one in publish_all(workspace.workspace, targets, jobs=2)}
    assert done == {2023: output_path(workspace.workspace, workspace.target), 2024: None}


@pytest.mark.slow
def test_a_character_that_no_font_has_is_a_finding_and_nothing_is_written(workspace: Demo) -> None:
    workspace.edit("2023/narrative.yaml", "收集和保管档案", "收集和保管\U00012000档案")
    done = publish(workspace.workspace, workspace.target)
    assert [finding.code for finding in done.findings] == ["F001"]
    assert done.findings[0].message == "本机的字体里没有文件用到的字“\U00012000”U+12000"
    assert str(done.findings[0].place).endswith("2023/narrative.yaml:3:12")
    assert done.path is None
