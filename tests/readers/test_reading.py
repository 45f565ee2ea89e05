"""What is read aloud is what the structure tree says, in its order; what is searched for is found as it is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from discgen.publish.build import publish
from tests.conftest import Demo
from tests.readback import Edition, plain
from tests.readers.read import (
    WITH_PDFJS,
    searched_by_pdfium,
    searched_by_pdfjs,
    spoken_by_pdfium,
    spoken_by_pdfjs,
    spoken_by_poppler,
)
from tests.tags import Tag, read_tree

Reader = Callable[[Path], list[str]]
PDFJS_SPEAKS = pytest.param(spoken_by_pdfjs, marks=WITH_PDFJS)
PDFJS_SEARCHES = pytest.param(searched_by_pdfjs, marks=WITH_PDFJS)


def tags(pdf: Path) -> list[Tag]:
    return list(read_tree(pdf.read_bytes()).document.walk())


def assert_speaks_as_tagged(speak: Reader, pdf: Path) -> None:
    texts = [tag.text for tag in tags(pdf) if tag.role != "Figure"]
    assert len(texts) > 100
    assert plain("".join(speak(pdf))) == plain("".join(texts))


@pytest.mark.parametrize("speak", [spoken_by_poppler, spoken_by_pdfium, PDFJS_SPEAKS])
def test_a_small_document_is_read_aloud_in_the_order_of_its_tags(workspace: Demo, speak: Reader) -> None:
    pdf = publish(workspace.workspace, workspace.target).path
    assert pdf
    assert_speaks_as_tagged(speak, pdf)


@pytest.mark.slow
@pytest.mark.parametrize("speak", [spoken_by_pdfium, PDFJS_SPEAKS])
def test_a_published_document_is_read_aloud_in_the_order_of_its_tags(edition: Edition, speak: Reader) -> None:
    assert_speaks_as_tagged(speak, edition.pdf)


@pytest.mark.slow
@pytest.mark.parametrize("search", [searched_by_pdfium, PDFJS_SEARCHES])
def test_every_line_of_a_cell_or_heading_is_found_on_its_page(edition: Edition, search: Reader) -> None:
    """Lines of neighbouring cells that stand beside each other are mixed by readers, whatever their order in the file."""
    pages = list(map(plain, search(edition.pdf)))
    sought = [line for tag in tags(edition.pdf) if tag.role in {"TD", "TH", "H1", "H2", "H3"} for line in tag.kids]
    assert len(sought) > 1000
    assert [line.text for line in sought if line.page is None or plain(line.text) not in pages[line.page]] == []
