"""What is read aloud is what the structure tree says, in its order; what is searched for is found as it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import pytest

from discgen.view.goal_sheets import GoalSheetView
from discgen.view.page import view_document
from discgen.view.pieces import Piece
from discgen.view.table import TableView
from tests.conftest import Demo
from tests.excerpts import with_pieces
from tests.laid_out import pdf_of_view
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


@lru_cache(maxsize=1)
def tags(pdf: Path) -> list[Tag]:
    return list(read_tree(pdf.read_bytes()).document.walk())


def assert_speaks_as_tagged(speak: Reader, pdf: Path) -> None:
    texts = [tag.text for tag in tags(pdf) if tag.role != "Figure"]
    assert len(texts) > 100
    assert plain("".join(speak(pdf))) == plain("".join(texts))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A document with its text and one table: more would take poppler long."""
    path = tmp_path_factory.mktemp("small") / "small.pdf"
    view = view_document(Demo(path.parent).document())
    path.write_bytes(pdf_of_view(with_pieces(view, with_one_table)))
    return path


def with_one_table(pieces: Sequence[Piece]) -> Iterator[Piece]:
    tables = (piece for piece in pieces if isinstance(piece, TableView))
    first = next(tables, None)
    return (piece for piece in pieces if piece is first or not isinstance(piece, TableView | GoalSheetView))


@pytest.mark.parametrize("speak", [spoken_by_poppler, spoken_by_pdfium, PDFJS_SPEAKS])
def test_a_small_document_is_read_aloud_in_the_order_of_its_tags(small: Path, speak: Reader) -> None:
    assert_speaks_as_tagged(speak, small)


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
    assert len(sought) > 800
    assert [line.text for line in sought if line.page is None or plain(line.text) not in pages[line.page]] == []
