"""Pages of HTML as the PDF that the product makes of units, and as what WeasyPrint makes of them by itself."""

from __future__ import annotations

import subprocess
import sys

from discgen.cache import NoCache
from discgen.diagnostics import Place
from discgen.publish.layout import Layout, Pdf
from discgen.render.layout.unit import lay_out
from discgen.render.pdf.assemble import Piece, assemble
from discgen.render.pdf.metadata import Properties
from discgen.view.page import DocumentView

PROPERTIES = Properties("题", "某局")


class Memory(NoCache):
    """A cache that can be looked into, and is given each result once."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], bytes] = {}

    def get(self, kind: str, key: str) -> bytes | None:
        """What was put."""
        return self.kept.get((kind, key))

    def put(self, kind: str, key: str, data: bytes) -> None:
        """Keep it."""
        assert (kind, key) not in self.kept
        self.kept[kind, key] = data


def pdf_of(*pages: str) -> bytes:
    """The PDF of these units, all before the parts of a document."""
    return assemble([Piece(0, lay_out(page)) for page in pages], PROPERTIES)


def pdf_of_view(view: DocumentView) -> bytes:
    """The PDF of a document, without files inside it."""
    made = Layout().begin(view, Place("departments")).pdf()
    assert isinstance(made, Pdf), made
    return made.data


_BY_ITSELF = """
import sys
from weasyprint import HTML
sys.stdout.buffer.write(HTML(string=sys.stdin.read()).write_pdf(pdf_tags=True))
"""


def by_itself(page: str) -> bytes:
    """The PDF that WeasyPrint makes of one page, in a process where nothing of it is mended."""
    return subprocess.run(
        [sys.executable, "-c", _BY_ITSELF], input=page.encode(), capture_output=True, check=True
    ).stdout
