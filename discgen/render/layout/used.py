"""Used values that follow from a style, worked out once for each style: sizes in a containing block, the room of a line,
that a box has no background.

WeasyPrint works them out for each box, and tables have thousands of boxes in a few styles. Kept with the styles that
`cascade` shares and those of anonymous boxes in them: nothing changes the properties concerned of these. A style that
WeasyPrint has copied, to change it, and all others are left to WeasyPrint's own way.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from weasyprint.css import AnonymousStyle
from weasyprint.draw.color import get_color
from weasyprint.formatting_structure import boxes
from weasyprint.layout import background, percent
from weasyprint.text import line_break

from discgen.render.layout.replacement import everywhere, replacement

_resolve_percentages = percent.resolve_percentages
_strut = line_break.strut
_layout_box_backgrounds = background.layout_box_backgrounds

_MOST_BLOCKS = 64
"""Sizes of containing blocks that are kept with a style: columns have as many widths as tables have layouts."""
_BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))
_CORNERS = tuple(f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left"))
_NO_BACKGROUND: dict[str, Any] = {**dict.fromkeys(_CORNERS, (0, 0)), "background": None}


def is_kept(style: Any) -> bool:
    """Whether nothing will change the style any more."""
    known = vars(style).get("is_kept")
    if known is None:
        known = style.is_kept = (
            type(style) is AnonymousStyle
            and vars(style.parent_style).get("anonymous_style") is style
            and is_kept(style.parent_style)
        )
    return bool(known)


def _percentages(box: Any, containing_block: Any) -> None:
    """Replaces `resolve_percentages`."""
    style = box.style
    kept = vars(style).get("sizes")
    if kept is None:
        is_usual = is_kept(style) and style["box_sizing"] == "content-box"
        kept = style.sizes = {} if is_usual else False
    if kept is False or not isinstance(box, boxes.Box) or isinstance(box, boxes.PageBox):
        _resolve_percentages(box, containing_block)
        return
    if isinstance(containing_block, boxes.Box):
        size = containing_block.width, containing_block.height
    else:
        size = tuple(containing_block)
    found = kept.get(size)
    if found is None:
        blank = SimpleNamespace(style=style)
        _resolve_percentages(blank, size)
        values = vars(blank)
        del values["style"]
        if len(kept) >= _MOST_BLOCKS:
            kept.clear()
        found = kept[size] = values, {name: values[name] for name in values if name not in _BORDERS}
    if style["border_collapse"] == "collapse":
        values = vars(box)
        merged = [name for name in _BORDERS if name in values]  # worked out with the cells around it
        values.update(found[1])
        values.update({name: found[0][name] for name in _BORDERS if name not in merged})
    else:
        vars(box).update(found[0])


def _line_room(style: Any) -> Any:
    """Replaces `strut`, which keeps its result under a text made of all that a style says about fonts."""
    found = vars(style).get("room")
    if found is None:
        found = _strut(style)
        if is_kept(style):
            style.room = found
    return found


def _backgrounds(page: Any, box: Any, get_image_from_uri: Any, *rest: Any, **named: Any) -> None:
    """Replaces `layout_box_backgrounds`: most boxes have neither background nor round corners."""
    kept = box.style
    bare = vars(kept).get("is_bare")
    if bare is None:
        bare = kept.is_bare = is_kept(kept) and _is_bare(kept)
    if not bare or rest or named or box is page or not isinstance(box, boxes.Box):
        _layout_box_backgrounds(page, box, get_image_from_uri, *rest, **named)
        return
    vars(box).update(_NO_BACKGROUND)
    for child in box.all_children():
        _backgrounds(page, child, get_image_from_uri)


def _is_bare(style: Any) -> bool:
    return (
        style["border_image_source"][0] == style["mask_border_source"][0] == "none"
        and all((0, "px") in style[corner] for corner in _CORNERS)
        and not style["box_shadow"]
        and (
            style["visibility"] == "hidden"
            or (
                all(kind != "url" and not image for kind, image in style["background_image"])
                and get_color(style, "background_color").alpha == 0
            )
        )
    )


def _descendants(self: Any, placeholders: bool = False) -> Iterator[Any]:  # noqa: FBT001, FBT002 - theirs
    """Replaces `Box.descendants`, where each box passes through a generator of each box around it."""
    waiting = [self]
    while waiting:
        box = waiting.pop()
        if isinstance(box, boxes.Box):
            yield box
            waiting.extend(reversed(box.children))
        elif placeholders:
            waiting.append(box._box)
        else:
            yield box


REPLACEMENTS = (
    *everywhere(percent, "resolve_percentages", _percentages),
    *everywhere(line_break, "strut", _line_room),
    *everywhere(background, "layout_box_backgrounds", _backgrounds),
    replacement(boxes.Box, "descendants", _descendants),
)
