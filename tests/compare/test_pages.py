"""Which pages differ, by number; each unit of two documents is laid out once."""

from __future__ import annotations

from pathlib import Path

import pytest

from discgen.compare import pages as compared_pages
from discgen.compare.pages import compare_pages
from discgen.render.layout.pages import PageContents, page_contents
from discgen.view.page import view_document
from discgen.view.units import units_of
from tests.compare.made import copy_of
from tests.conftest import Demo


@pytest.fixture
def other(workspace: Demo, tmp_path: Path) -> Demo:
    return copy_of(workspace, tmp_path / "other")


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is laid out from now on."""
    pages: list[str] = []

    def counted(html: str) -> list[PageContents]:
        pages.append(html)
        return page_contents(html)

    monkeypatch.setattr(compared_pages, "page_contents", counted)
    return pages


@pytest.mark.slow
def test_only_pages_that_differ_are_counted_and_only_what_differs_is_laid_out_again(
    workspace: Demo, other: Demo, laid_out: list[str]
) -> None:
    other.edit("2023/projects/2-scan.yaml", "summary: 这是概况。", "summary: 这是另一种概况。")
    pages = compare_pages(workspace.document(), other.document())
    assert len(pages.before) == len(pages.after) == 1
    assert pages.after[0] > pages.count_after - 4, "goal sheets stand at the end"
    assert len(laid_out) == len(set(laid_out)) == len(units_of(view_document(workspace.document()))) + 1


@pytest.mark.slow
def test_a_page_that_is_further_on_differs_in_the_contents_only(workspace: Demo, other: Demo) -> None:
    duties = "".join(f"    - 管好第{number}类档案，一件也不丢。\n" for number in range(40))
    other.edit("2023/narrative.yaml", "    - 收集和保管档案。\n", f"    - 收集和保管档案。\n{duties}")
    pages = compare_pages(workspace.document(), other.document())
    more = pages.count_after - pages.count_before
    assert more > 0
    contents, *others = pages.before
    assert contents == 2
    assert len(others) == len(pages.after) - 1 - more
    assert max(pages.after) < pages.count_after - 4
