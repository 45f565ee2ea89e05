"""The structure tree of a PDF as pikepdf reads it: what a program that reads aloud is told, element by element."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String


@dataclass(eq=False)
class Tag:
    """An element of the tree, with the text that is marked as its own, not that of the elements in it.

    `page` counts from 0; None where the element does not say. `links` are the places that its annotations lead to.
    """

    role: str
    page: int | None
    text: str = ""
    alt: str = ""
    scope: str = ""
    columns: int = 1
    rows: int = 1
    links: list[str] = field(default_factory=list)
    headers: list[Tag] = field(default_factory=list)
    kids: list[Tag] = field(default_factory=list)

    def walk(self) -> Iterator[Tag]:
        """This element and all in it, in the order in which they are read."""
        yield self
        for kid in self.kids:
            yield from kid.walk()

    @property
    def whole_text(self) -> str:
        """The text of the element and of all in it."""
        return "".join(tag.text for tag in self.walk())


@dataclass(frozen=True)
class Tree:
    """The document's element, and the marked texts that no element of the tree has."""

    document: Tag
    loose: tuple[str, ...]


def read_tree(pdf: bytes) -> Tree:
    """The structure tree of a PDF."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return _Reader(file).tree()


class _Reader:
    def __init__(self, file: pikepdf.Pdf) -> None:
        self._root = file.Root.StructTreeRoot
        self._pages = {page.obj.objgen: number for number, page in enumerate(file.pages)}
        self._texts = [_marked_texts(page) for page in file.pages]
        self._by_id: dict[bytes, Tag] = {}
        self._named: list[tuple[Tag, list[bytes]]] = []
        self._read: set[tuple[int, int]] = set()

    def tree(self) -> Tree:
        [top] = self._root.K
        document = self._tag(top, None)
        for tag, names in self._named:
            tag.headers = [self._by_id[name] for name in names]
        texts = {(page, number): text for page, texts in enumerate(self._texts) for number, text in texts.items()}
        return Tree(document, tuple(text for place, text in texts.items() if place not in self._read))

    def _tag(self, element: Any, page: int | None) -> Tag:
        page = self._pages[element.Pg.objgen] if "/Pg" in element else page
        tag = Tag(str(element.S)[1:], page, alt=str(element.get("/Alt", "")))
        attributes = element.get("/A", Dictionary())
        for one in attributes if isinstance(attributes, Array) else [attributes]:
            tag.scope = str(one.get("/Scope", tag.scope))
            tag.columns, tag.rows = int(one.get("/ColSpan", tag.columns)), int(one.get("/RowSpan", tag.rows))
            if "/Headers" in one:
                self._named.append((tag, [bytes(name) for name in one.Headers]))
        if "/ID" in element:
            self._by_id[bytes(element.ID)] = tag
        kids = element.get("/K", Array())
        for kid in kids if isinstance(kids, Array) else [kids]:
            self._add(tag, kid)
        return tag

    def _add(self, tag: Tag, kid: Any) -> None:
        if isinstance(kid, int):
            assert tag.page is not None
            self._read.add((tag.page, kid))
            tag.text += self._texts[tag.page].get(kid, "")
        elif kid.get("/Type") == Name.OBJR:
            tag.links.append(str(kid.Obj.get("/Dest", "")))
        else:
            tag.kids.append(self._tag(kid, tag.page))


def _marked_texts(page: pikepdf.Page) -> dict[int, str]:
    """The text of each marked content of a page."""
    fonts = {name: _characters(font.ToUnicode) for name, font in page.resources.Font.items()}
    texts: dict[int, str] = {}
    open_marks: list[int | None] = []
    characters: dict[bytes, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        match str(instruction.operator):
            case "BDC":
                number = operands[1].get("/MCID") if isinstance(operands[1], Dictionary) else None
                open_marks.append(None if number is None else int(number))
                if number is not None:
                    texts[int(number)] = ""
            case "BMC":
                open_marks.append(None)
            case "EMC":
                open_marks.pop()
            case "Tf":
                characters = fonts[str(operands[0])]
            case "Tj" | "TJ":
                inside = [mark for mark in open_marks if mark is not None]
                if inside:
                    texts[inside[-1]] += "".join(_shown(operands[0], characters))
    return texts


def _shown(operand: Any, characters: dict[bytes, str]) -> Iterator[str]:
    for string in operand if isinstance(operand, Array) else [operand]:
        if isinstance(string, String):
            glyphs = bytes(string)
            yield from (characters[glyphs[at : at + 2]] for at in range(0, len(glyphs), 2))


@cache
def _pairs() -> re.Pattern[bytes]:
    return re.compile(rb"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]*)>")


def _characters(to_unicode: Any) -> dict[bytes, str]:
    """What each glyph of a font stands for; fonts say so one by one here, not in ranges."""
    data = to_unicode.read_bytes()
    assert b"beginbfrange" not in data
    lines = b"".join(re.findall(rb"beginbfchar(.*?)endbfchar", data, re.DOTALL))
    return {
        bytes.fromhex(glyph.decode()): bytes.fromhex(text.decode()).decode("utf-16-be")
        for glyph, text in _pairs().findall(lines)
    }
