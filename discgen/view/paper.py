"""The paper that a document is set on, in points, and how wide a text is on it.

A form's style sheet may set its tables on other paper; what it says of pages is read here and nowhere else.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from types import MappingProxyType
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from discgen.diagnostics import Diagnostic, Place, error
from discgen.form.check_style import STYLE_FILE
from discgen.form.form import Form
from discgen.reference.folders import cache_shipped, data_folder

TABLE_WIDTHS: Mapping[str, float] = MappingProxyType({"portrait": 493.2, "landscape": 739.8})
"""A4 less margins of 18mm on either side, as the shipped style sheet has it."""
GOAL_SHEET_WIDTH = 510.0
"""A4 less two margins of 15mm."""
GOAL_SHEET_HEIGHT = 690.0
"""A4 less margins of 15mm and 18mm, the title, the year and the foot of a goal sheet."""
_LATIN = 0.56
_NARROWEST = 100 * 72 / 25.4
"""A5 less margins of 24mm."""
_MOST_KEPT = 32

POINTS: Mapping[str, float] = {"pt": 1.0, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "px": 0.75}
"""What a unit of length is in points."""
PAPERS: Mapping[str, tuple[float, float]] = {
    "a3": (297.0, 420.0),
    "a4": (210.0, 297.0),
    "a5": (148.0, 210.0),
    "b4": (250.0, 353.0),
    "b5": (176.0, 250.0),
}
"""Width and height in mm of upright sheets (ISO 216)."""
SIDES = ("top", "right", "bottom", "left")
Four = tuple[float, float, float, float]
"""Top, right, bottom and left."""


class Geometry(Struct, frozen=True):
    """A kind of page: its width, its height and its margins."""

    width: float = PAPERS["a4"][0] * POINTS["mm"]
    height: float = PAPERS["a4"][1] * POINTS["mm"]
    margin: Four = (72.0, 72.0, 72.0, 72.0)

    @property
    def room(self) -> float:
        """The width between the margins."""
        return self.width - self.margin[1] - self.margin[3]


def page_rules(text: str) -> Iterator[tuple[tuple[str, ...], list[Any]]]:
    """The rules `@page` of a style sheet: the names of the pages, none for all, and what they say."""
    import tinycss2  # most documents have the shipped style sheet alone

    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule" and rule.lower_at_keyword == "page":
            names = tuple(token.value for token in rule.prelude if token.type == "ident")
            yield names, tinycss2.parse_blocks_contents(rule.content or [], skip_comments=True, skip_whitespace=True)


def geometry(rules: Sequence[tuple[tuple[str, ...], list[Any]]], name: str) -> Geometry:
    """The pages of this name."""
    page = Geometry()
    for names, content in rules:
        for one in content if not names or name in names else ():
            if one.type == "declaration":
                page = _on_page(page, one.lower_name, without_blanks(one.value))
    return page


def _on_page(page: Geometry, name: str, tokens: Sequence[Any]) -> Geometry:
    lengths = [found for token in tokens if (found := length(token, 0.0)) is not None]
    side = name.removeprefix("margin-")
    if name == "margin" and lengths:
        return replace(page, margin=four(lengths))
    if side in SIDES and lengths:
        margin = list(page.margin)
        margin[SIDES.index(side)] = lengths[0]
        return replace(page, margin=tuple(margin))
    if name == "size":
        words = [token.lower_value for token in tokens if token.type == "ident"]
        known = next((PAPERS[word] for word in words if word in PAPERS), None)
        sides = [side * POINTS["mm"] for side in known] if known else lengths or [page.width, page.height]
        width, height = sides[0], sides[-1]
        if ("landscape" in words) == (width < height) and ({"landscape", "portrait"} & set(words)):
            width, height = height, width
        return replace(page, width=width, height=height)
    return page


def without_blanks(tokens: Sequence[Any]) -> tuple[Any, ...]:
    """The tokens of a value without blanks and remarks."""
    return tuple(token for token in tokens if token.type not in ("whitespace", "comment"))


def length(token: Any, size: float) -> float | None:
    """A length in points; None for what is none, or is a share of something. `size` is that of a character."""
    if token.type == "number" and token.value == 0:
        return 0.0
    if token.type != "dimension":
        return None
    return float(token.value) * (size if token.lower_unit == "em" else POINTS.get(token.lower_unit, 1.0))


def four(lengths: Sequence[float]) -> Four:
    """Top, right, bottom and left of one to four lengths."""
    known = lengths[: len(SIDES)]
    top, right, bottom, left = [*known, *(known[at] for at in ((0, 0, 0), (0, 1), (1,), ())[len(known) - 1])]
    return top, right, bottom, left


@partial(cache_shipped, most=_MOST_KEPT)
def table_widths(styles: tuple[str, ...] = ()) -> Mapping[str, float]:
    """How wide a table is on each kind of page, where a form's `styles` stand behind the shipped style sheet."""
    if not styles:
        return TABLE_WIDTHS
    shipped = (data_folder("templates") / "document" / "document.css").read_text(encoding="utf-8")
    rules = [rule for text in (shipped, *styles) for rule in page_rules(text)]
    return {name: geometry(rules, name).room for name in TABLE_WIDTHS}


def too_narrow(form: Form) -> list[Diagnostic]:
    """M025: a form's style sheet leaves tables less room than a sheet of A5 has."""
    narrow = [name for name, width in table_widths(form.styles).items() if width < _NARROWEST]
    files = [f"{layer.folder}/{STYLE_FILE}" for layer in form.layers if STYLE_FILE in layer.files]
    message = "页边之间放不下一张表"
    hint = f"最少要{_NARROWEST / POINTS['mm']:.0f}毫米：换大些的纸，或减小页边"
    return [error("M025", f"@page {name}的{message}", Place(files[0]), hint) for name in narrow]


@lru_cache(maxsize=4096)
def ems(text: str) -> float:
    """The width of a text as a multiple of its size: a Chinese character is 1, a Latin one about half."""
    return sum(map(_em, text))


@cache
def _em(character: str) -> float:
    return 1.0 if is_wide(character) else _LATIN


def is_wide(character: str) -> bool:
    """Whether a character takes a whole square; ambiguous ones are set in the Chinese font and do too."""
    return unicodedata.east_asian_width(character) in "WFA"
