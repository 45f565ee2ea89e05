"""What WeasyPrint makes of a page by itself, beside what it makes with our replacements in place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from hypothesis import Phase
from weasyprint.formatting_structure import boxes

from discgen.render.layout.engine import install
from discgen.render.layout.replacement import Replacement, put_in_place, take_back

WITHOUT_SHRINKING = (Phase.explicit, Phase.generate)
"""Phases for tests of whole pages: making an example that fails smaller takes minutes."""
_PLACES = (
    *("position_x", "position_y", "width", "height", "baseline", "text", "colspan", "rowspan", "grid_x"),
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in ("top", "right", "bottom", "left")),
    *(f"border_{side}_width" for side in ("top", "right", "bottom", "left")),
    *("bookmark_label", "string_set", "background", "canvas_background"),
)


@contextmanager
def weasyprints_own(replacements: Iterable[Replacement]) -> Iterator[None]:
    """WeasyPrint without these replacements."""
    install()
    replacements = tuple(replacements)
    take_back(replacements)
    try:
        yield
    finally:
        put_in_place(replacements)


def box_tree(box: Any) -> tuple[Any, ...]:
    """A laid-out box with all in it: its kind, tag, used values, and computed styles that drawing reads."""
    values = tuple((name, _plain(getattr(box, name))) for name in _PLACES if hasattr(box, name))
    style = box.style
    shown = tuple(
        _plain(style[name]) for name in ("color", "font_size", "font_family", "font_weight", "visibility", "page")
    )
    children = tuple(map(box_tree, box.all_children())) if isinstance(box, boxes.ParentBox) else ()
    return type(box).__name__, box.element_tag, values, shown, children


def _plain(value: Any) -> Any:
    """A value that compares by what it says: layers of a background compare by their images otherwise."""
    if hasattr(value, "layers"):
        return str(value.color), [(layer.size, layer.position, layer.painting_area) for layer in value.layers]
    return str(value) if type(value).__module__.startswith(("tinycss2", "weasyprint")) else value
