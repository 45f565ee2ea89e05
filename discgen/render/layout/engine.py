"""The way into WeasyPrint: everything that mends it or makes it quicker is installed here, once for a process."""

from __future__ import annotations

from functools import cache
from typing import Any

from weasyprint.text.fonts import FontConfiguration

from discgen.render.layout import (
    borders,
    breaks,
    cascade,
    faces,
    fonts,
    freeze,
    justify,
    lines,
    parsing,
    shaping,
    stamps,
    structure,
    text_blocks,
    used,
)
from discgen.render.layout.parsing import Page
from discgen.render.layout.replacement import put_in_place

MENDED = (
    *justify.REPLACEMENTS,
    *lines.REPLACEMENTS,
    *structure.REPLACEMENTS,
    *fonts.REPLACEMENTS,
    *stamps.REPLACEMENTS,
    *freeze.REPLACEMENTS,
)
"""What makes other pages and other files than WeasyPrint by itself."""
QUICKER = (
    *parsing.REPLACEMENTS,
    *cascade.REPLACEMENTS,
    *used.REPLACEMENTS,
    *faces.REPLACEMENTS,
    *shaping.REPLACEMENTS,
    *text_blocks.REPLACEMENTS,
    *borders.REPLACEMENTS,
)
"""What only makes WeasyPrint quicker: taken back, every page is the same."""


@cache
def install() -> None:
    """Make WeasyPrint lay out and draw units our way in this process from now on."""
    put_in_place((*MENDED, *QUICKER))


def laid_out(html: str) -> Any:
    """The `weasyprint.document.Document` of a page of HTML: its boxes in place, nothing drawn yet."""
    install()
    return Page(breaks.keep_units(breaks.allow_breaks(html))).render(font_config=_fonts())


@cache
def _fonts() -> FontConfiguration:
    """One for the process, so that a font is opened once."""
    return FontConfiguration()
