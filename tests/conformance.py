"""PDF/UA-1 (ISO 14289-1) and PDF/A-3a (ISO 19005-3) as others see them, and the structure tree as a program that reads
aloud walks it.
"""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import outloud
from page import validate_pdf_bytes
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

_CHILDREN = {
    "TOC": {"TOCI", "TOC", "Caption"},
    "TOCI": {"Lbl", "Reference", "NonStruct", "P", "TOC"},
    "L": {"LI", "L", "Caption"},
    "LI": {"Lbl", "LBody"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TR": {"TH", "TD"},
}
"""What may stand in contents, lists and tables (ISO 32000-1, 14.8.4)."""
_PARENTS = {
    "TOCI": {"TOC"},
    "Caption": {"Figure", "Table", "L", "TOC"},
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


PROFILES = ("ua1", "3a")


def violations(pdf: Path | bytes, profiles: Iterable[str] = PROFILES) -> list[str]:
    """The rules of both standards that the document breaks."""
    data = pdf if isinstance(pdf, bytes) else pdf.read_bytes()
    return [violation for profile in profiles for violation in _violations(data, profile)]


def _violations(data: bytes, profile: str) -> list[str]:
    report = validate_pdf_bytes(data, profile=profile)
    found = [f"{failure.rule_id} {failure.message}" for failure in report.failures]
    assert report.is_compliant is not bool(found)
    return found


_TO_BE_EXPECTED = {
    "TBL-004": "counts a row short whose last cells reach down from above: `ragged` counts them",
    "TBL-010": "a table of a fund that there is no money of is all heads",
    "TBL-011": "where a row higher than its page goes on, its head is on the page before, and empty here",
    "TBL-012": "such a table again: a form prints its rows, and most are empty",
    "TBL-014": "takes two tables, one below the other, for a grid of which each is less than half",
    "HDG-010": "takes a heading that holds a year, and no blanks, for a number of reference",
    "PAG-001": "the heads of a table are repeated where it goes on, and tables begin alike",
}
"""What the second opinion finds that it is mistaken about, or that stays as it is."""


def second_opinion(pdf: Path, *, of_meaning: bool = True) -> list[str]:
    """What another checker finds wrong that is not to be expected; `of_meaning`: also in what tags say, which takes long."""
    result = outloud.check(str(pdf), layers=None if of_meaning else ["conformance"])
    assert result.error is None
    assert result.runs
    return [f"{one.rule} {one.message}" for one in result.findings if one.rule not in _TO_BE_EXPECTED]


_READERS = (
    ("qpdf", "--check"),
    ("mutool", "draw", "-q", "-F", "trace", "-o", "/dev/null"),
    ("mutool", "info"),
)
_WRITERS = (("mutool", "clean", "{pdf}", "{copy}"),)
_GHOSTSCRIPT = ("gs", "-q", "-dPDFSTOPONERROR", "-dPDFSTOPONWARNING")
_LONG, _EVERY = 30, 8
"""Ghostscript takes longer for a page than all the others for ten: of a document of more pages it reads every eighth."""
_OF_THE_PROGRAM = "warning: ICC support is not available"
"""What Debian's mutool says whatever it reads."""


def complaints(pdf: Path, copy: Path) -> list[str]:
    """What programs that read PDF complain of, and those that write it anew, to `copy`."""
    commands = [(*command, str(pdf)) for command in _READERS]
    commands += [tuple(word.format(pdf=pdf, copy=copy) for word in command) for command in _WRITERS]
    commands.append((*_GHOSTSCRIPT, *_device(len(PdfReader(pdf).pages)), "-o", str(copy), str(pdf)))
    return [complaint for command in commands for complaint in _complaints(command)]


def _device(pages: int) -> Sequence[str]:
    """What writes a document anew; to leave out pages that links lead to is no fault of what only reads."""
    if pages <= _LONG:
        return ("-sDEVICE=pdfwrite",)
    return "-sDEVICE=nullpage", f"-sPageList={','.join(map(str, range(1, pages + 1, _EVERY)))}"


def _complaints(command: Sequence[str]) -> Iterator[str]:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = [line for line in done.stderr.splitlines() if line != _OF_THE_PROGRAM]
    if done.returncode or said:
        yield f"{' '.join(command[:2])}: {done.returncode} {' '.join(said)}"


def elements(reader: PdfReader) -> list[Element]:
    """The structure tree in the order in which it is read."""
    root: Any = reader.root_object["/StructTreeRoot"]
    return list(_walk(root, "StructTreeRoot"))


def misplaced(tree: list[Element]) -> list[str]:
    """Contents, lists and tables that are not made of what they are to be made of."""
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


def ragged(tree: list[Element]) -> list[list[int]]:
    """Tables whose rows differ in their columns, cells counted that reach down from above: how many each row has."""
    return [columns for one in tree if one.type == "Table" if len(set(columns := _columns(one))) > 1]


def _columns(table: Element) -> list[int]:
    taken: Counter[int] = Counter()
    rows = [one.tag for one in _walk(table.tag, table.type) if one.type == "TR"]
    for number, row in enumerate(rows):
        for cell in _kids(row):
            attributes = cell.get("/A", {})
            for down in range(int(attributes.get("/RowSpan", 1))):
                taken[number + down] += int(attributes.get("/ColSpan", 1))
    return [taken[number] for number in range(len(taken))]


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
