"""A document's HTML as Typst markup: the same text, tables and charts on the same paper, set by another program.

It is what somebody would write who typesets these documents with Typst: headings, paragraphs, tables with their spans,
repeated heads and widths of columns, charts as images, landscape pages, a list of contents and page numbers.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import tinyhtml5

_PREAMBLE = """#set page(paper: "a4", margin: (x: 74pt, top: 30mm, bottom: 28mm), numbering: "— 1 —")
#set text(font: ("Liberation Serif", "FandolFang R", "Noto Serif CJK SC"), size: 16pt, lang: "zh", region: "cn")
#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 12pt)
#show table: set text(size: 9pt)
#show table: set par(justify: false, first-line-indent: 0pt, leading: 3pt)
"""
_SHEET = '#set page(paper: "a4", flipped: {flipped}, margin: 18mm)\n'
_XHTML = "{http://www.w3.org/1999/xhtml}"
_HEADINGS = re.compile("h([1-6])")


def typst_markup(html: str, folder: Path) -> str:
    """The markup; images are written into `folder`."""
    body = tinyhtml5.parse(html).find(f"{_XHTML}body")
    assert body is not None
    return _PREAMBLE + "".join(_Writer(folder).blocks(body))


class _Writer:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._images = 0

    def blocks(self, parent: Element) -> Iterator[str]:
        for child in parent:
            tag, classes = _tag(child), child.get("class", "").split()
            heading = _HEADINGS.fullmatch(tag)
            if "contents" in classes:
                yield "#outline(title: [目录], depth: 3)\n#pagebreak()\n"
            elif heading:
                yield f"#heading(level: {heading[1]})[{_text(child)}]\n"
            elif tag == "table":
                yield from self._table(child)
            elif tag == "img":
                yield self._image(child)
            elif tag in {"p", "figcaption"}:
                yield f"{_text(child)}\n\n"
            elif "sheet" in classes:
                yield "#pagebreak(weak: true)\n" + _SHEET.format(flipped="true" if "landscape" in classes else "false")
                yield from self.blocks(child)
            else:
                yield from self.blocks(child)

    def _table(self, table: Element) -> Iterator[str]:
        rows = list(table.iter(f"{_XHTML}tr"))
        columns = sum(int(cell.get("colspan", "1")) for cell in rows[0])
        widths = [re.search(r"width: ([\d.]+)%", col.get("style", "")) for col in table.iter(f"{_XHTML}col")]
        shares = ", ".join(f"{width[1]}fr" if width else "1fr" for width in widths) or ", ".join(["1fr"] * columns)
        yield f"#table(columns: ({shares},), inset: 2pt, stroke: .5pt,\n"
        head = table.find(f"{_XHTML}thead")
        if head is not None:
            yield f"table.header({''.join(map(_row, head))}),\n"
        yield from (_row(row) for body in table.findall(f"{_XHTML}tbody") for row in body)
        yield ")\n"

    def _image(self, image: Element) -> str:
        self._images += 1
        name = f"chart-{self._images}.svg"
        (self._folder / name).write_bytes(base64.b64decode(image.get("src", "").partition(",")[2]))
        return f'#image("{name}", width: 100%)\n'


def _row(row: Element) -> str:
    return "".join(map(_cell, row)) + "\n"


def _cell(cell: Element) -> str:
    spans = "".join(f"{name}: {cell.get(name)}, " for name in ("colspan", "rowspan") if cell.get(name))
    align = "right" if "amount" in cell.get("class", "") else "center" if _tag(cell) == "th" else "left"
    return f"table.cell({spans}align: {align} + horizon)[{_text(cell)}],"


def _tag(element: Element) -> str:
    return str(element.tag).removeprefix(_XHTML)


def _text(element: Element) -> str:
    return re.sub(r"([\\#\[\]$*_`<>@=~/+-])", r"\\\1", "".join(element.itertext()).strip())
