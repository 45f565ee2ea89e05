"""A page of HTML as the PDF that the product makes of a unit of its own."""

from __future__ import annotations

from discgen.render.layout.unit import lay_out
from discgen.render.pdf.assemble import Piece, assemble
from discgen.render.pdf.metadata import Properties


def pdf_of(*pages: str) -> bytes:
    """The PDF of these units, all before the parts of a document."""
    return assemble([Piece(0, lay_out(page)) for page in pages], Properties("题", "某局"))
