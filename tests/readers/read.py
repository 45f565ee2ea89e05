"""What three readers of PDF find in a document: poppler, PDFium (Chromium's) and pdf.js (Firefox's).

Each is asked for the text of every page as it is searched, and for the texts of the document as they are read aloud: those of
the structure tree in order, but for what is drawn in figures, which have a text of their own for that.
"""

from __future__ import annotations

import ctypes
import json
import re
import subprocess
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pypdfium2
import pytest
from pypdfium2 import raw

HERE = Path(__file__).parent
WITH_PDFJS = pytest.mark.skipif(
    not (HERE / "node_modules" / "pdfjs-dist").is_dir(),
    reason="pdf.js is not installed: it takes nodejs and npm, then sh tools/install-node-packages.sh",
)


def searched_by_poppler(path: Path) -> list[str]:
    """As Evince, Okular and many others search."""
    return _output("pdftotext", path, "-").split("\f")


def searched_by_pdfium(path: Path) -> list[str]:
    """As Chromium searches."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)]


def searched_by_pdfjs(path: Path) -> list[str]:
    """As Firefox searches."""
    return [page["shown"] for page in _by_pdfjs(path)]


def spoken_by_poppler(path: Path) -> list[str]:
    """Its program reads a page again for each element of it, which takes seconds for ten pages of tables."""
    return list(_spoken_by_poppler(_output("pdfinfo", "-struct-text", path).splitlines()))


def spoken_by_pdfium(path: Path) -> list[str]:
    """As Chromium tells a screen reader."""
    return [text for page in pypdfium2.PdfDocument(path) for text in _spoken_by_pdfium(page)]


def spoken_by_pdfjs(path: Path) -> list[str]:
    """As Firefox tells a screen reader."""
    return [text for page in _by_pdfjs(path) for text in page["spoken"]]


def _output(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _spoken_by_poppler(lines: Iterable[str]) -> Iterator[str]:
    """The texts among the lines of a tree, in which what stands in an element is set in by two more."""
    figure = -_STEP
    for line in lines:
        depth = len(line) - len(line.lstrip())
        if line.lstrip().startswith("Figure"):
            figure = depth
        elif depth <= figure:
            figure = -_STEP
        text = re.fullmatch(r' *"(.*)"', line)
        if text and depth != figure + _STEP:
            yield text[1]


_STEP = 2


@lru_cache(maxsize=1)
def _by_pdfjs(path: Path) -> list[dict[str, Any]]:
    """What is seen and what is heard of each page, kept beside the document for the tests of other processes."""
    kept = path.with_suffix(".pdfjs.json")
    if not kept.exists():
        with TemporaryDirectory(dir=path.parent) as folder:
            answer = Path(folder, "read.json")
            _output("node", HERE / "pdfjs.mjs", path, answer)
            answer.replace(kept)
    pages: list[dict[str, Any]] = json.loads(kept.read_text(encoding="utf-8"))
    return pages


def _spoken_by_pdfium(page: Any) -> Iterator[str]:
    marked = _marked_by_pdfium(page)
    tree = raw.FPDF_StructTree_GetForPage(page)
    for number in range(raw.FPDF_StructTree_CountChildren(tree)):
        for content in _contents_by_pdfium(raw.FPDF_StructTree_GetChildAtIndex(tree, number)):
            yield marked.get(content, "")
    raw.FPDF_StructTree_Close(tree)


def _marked_by_pdfium(page: Any) -> dict[int, str]:
    """The text of each marked content of a page."""
    texts = page.get_textpage()
    marked: dict[int, str] = {}
    for number in range(raw.FPDFPage_CountObjects(page)):
        item = raw.FPDFPage_GetObject(page, number)
        if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT:
            length = raw.FPDFTextObj_GetText(item, texts, None, 0)
            buffer = ctypes.create_string_buffer(length)
            raw.FPDFTextObj_GetText(item, texts, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), length)
            content = raw.FPDFPageObj_GetMarkedContentID(item)
            marked[content] = marked.get(content, "") + buffer.raw.decode("utf-16-le").rstrip("\0")
    return marked


def _contents_by_pdfium(element: Any) -> Iterator[int]:
    role = ctypes.create_string_buffer(32)
    raw.FPDF_StructElement_GetType(element, role, len(role))
    is_figure = role.raw.decode("utf-16-le").startswith("Figure")
    for number in range(raw.FPDF_StructElement_CountChildren(element)):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, number)
        if child:
            yield from _contents_by_pdfium(child)
        elif not is_figure and (content := raw.FPDF_StructElement_GetChildMarkedContentID(element, number)) >= 0:
            yield content
