"""Elements of WordprocessingML (ISO/IEC 29500), and the measures it counts in."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

Element = BaseOxmlElement


def w(name: str, /, *children: Element | None, **attributes: object) -> Element:
    """An element of the main namespace with attributes of the same; children that are None are left out."""
    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), str(value))
    element.extend([child for child in children if child is not None])
    return element


def twips(points: float) -> int:
    """Twentieths of a point, in which Word measures pages and paragraphs."""
    return round(points * 20)


def emus(points: float) -> int:
    """English Metric Units, in which it measures drawings."""
    return round(points * 12_700)


def text_run(text: str, *properties: Element) -> Element:
    """A run of text; a tab in it stays one."""
    run = w("r", w("rPr", *properties) if properties else None)
    for number, part in enumerate(text.split("\t")):
        if number:
            run.append(w("tab"))
        if part:
            written = w("t")
            written.text = part
            if part != part.strip():
                written.set(qn("xml:space"), "preserve")
            run.append(written)
    return run


def field(instruction: str, result: Sequence[Element] = (), look: Sequence[Element] = ()) -> tuple[Element, ...]:
    """The runs of a field with what it showed last; those around it may have a look of their own."""
    return (*field_start(instruction, look), *result, field_end(look))


def field_start(instruction: str, look: Sequence[Element] = (), *, is_dirty: bool = False) -> tuple[Element, ...]:
    """The runs before what a field shows; one that is dirty is worked out when the file is opened."""
    begin = w("fldChar", fldCharType="begin", **({"dirty": "true"} if is_dirty else {}))
    code = w("instrText")
    code.text = f" {instruction} "
    code.set(qn("xml:space"), "preserve")
    return tuple(_run(part, look) for part in (begin, code, w("fldChar", fldCharType="separate")))


def field_end(look: Sequence[Element] = ()) -> Element:
    """The run after what a field shows."""
    return _run(w("fldChar", fldCharType="end"), look)


def _run(content: Element, look: Sequence[Element]) -> Element:
    return w("r", w("rPr", *(copy(one) for one in look)) if look else None, content)
