"""PDF/UA-1 (ISO 14289-1) as a validator sees it, and the structure tree as a program that reads aloud walks it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from page import validate_pdf_bytes
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

_CHILDREN = {
    "L": {"LI", "L", "Caption"},
    "LI": {"Lbl", "LBody"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TR": {"TH", "TD"},
}
"""What may stand in lists and tables (ISO 32000-1, 14.8.4.3)."""
_PARENTS = {
    "LI": {"L"},
    "LBody": {"LI"},
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
}


@dataclass(frozen=True)
class Element:
    """An element of the tree: its type, that of what it stands in, and itself."""

    type: str
    parent: str
    tag: DictionaryObject

    @property
    def children(self) -> list[DictionaryObject]:
        return [child for child in _kids(self.tag) if isinstance(child, DictionaryObject) and "/S" in child]


def violations(pdf: Path | bytes) -> list[str]:
    """The rules of PDF/UA-1 that the document breaks."""
    report = validate_pdf_bytes(pdf if isinstance(pdf, bytes) else pdf.read_bytes(), profile="ua1")
    found = [f"{failure.rule_id} {failure.message}" for failure in report.failures]
    assert report.is_compliant is not bool(found)
    return found


def elements(reader: PdfReader) -> list[Element]:
    """The structure tree in the order in which it is read."""
    root: Any = reader.root_object["/StructTreeRoot"]
    return list(_walk(root, "StructTreeRoot"))


def misplaced(tree: list[Element]) -> list[str]:
    """Lists and tables that are not made of what they are to be made of."""
    wrong = [f"{one.type} in {one.parent}" for one in tree if one.parent not in _PARENTS.get(one.type, {one.parent})]
    for one in tree:
        kinds = {str(child["/S"])[1:] for child in one.children}
        wrong += [f"{kind} in {one.type}" for kind in kinds - _CHILDREN.get(one.type, kinds)]
    return wrong


def gaps(tree: list[Element]) -> list[tuple[int, int]]:
    """Headings that stand more than one level below the one before."""
    levels = [int(one.type[1]) for one in tree if one.type in {"H1", "H2", "H3", "H4", "H5", "H6"}]
    assert levels[0] == 1
    return [(before, after) for before, after in pairwise(levels) if after > before + 1]


def _walk(tag: DictionaryObject, parent: str) -> Iterator[Element]:
    for child in _kids(tag):
        if isinstance(child, DictionaryObject) and "/S" in child:
            element = Element(str(child["/S"])[1:], parent, child)
            yield element
            yield from _walk(child, element.type)


def _kids(tag: DictionaryObject) -> list[Any]:
    kids = tag.get("/K", ArrayObject())
    kids = kids.get_object() if hasattr(kids, "get_object") else kids
    return [kid.get_object() for kid in kids] if isinstance(kids, ArrayObject) else [kids]
