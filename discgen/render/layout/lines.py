"""Where Chinese lines end: with one word more where the marks of the line make room, without a lone character.

Pango fills a line to the last word that fits. A justified line that would be stretched takes
the next word too if its marks can be squeezed so far (CLREQ 3.1.6: squeeze first, then stretch).
A text that asks for it by the property `--lone-character: avoid` ends with two characters or more;
where it is centred, its lines are then as even as they can be.
"""

from __future__ import annotations

import re
from itertools import islice
from math import ceil, inf
from typing import Any

from msgspec import Struct
from weasyprint.layout import inline
from weasyprint.text import line_break
from weasyprint.text.ffi import TO_UNITS, ffi, pango

from discgen.render.layout.breaks import WORD_JOINER, ZERO_WIDTH_SPACE, loosened
from discgen.render.layout.justify import CLOSING, yielding
from discgen.render.layout.replacement import replacement
from discgen.render.layout.shaping import known

_TIGHT_ENOUGH = 0.03
"""Stretching by less than this share of an em a character is not worth a squeeze."""
_AHEAD = 24
"""How many characters a word may have that is looked at."""
_TWO_LINES = 5
"""No text that fills two lines is so much longer than one, all its characters taken to be square: digits are half."""
_ROUNDING = 0.05
"""CSS pixels."""
_MOST = 1_000
"""Lines kept in each style, some 2 kB each: where there are more, the older half goes."""

_split_first_line = line_break.split_first_line


class _Line(Struct, frozen=True):
    """A line as WeasyPrint wants it: lengths in bytes of UTF-8, the rest in CSS pixels."""

    layout: Any
    length: int
    resume_at: int | None
    width: float
    height: float
    baseline: float

    def parts(self) -> tuple[Any, int, int | None, float, float, float]:
        return self.layout, self.length, self.resume_at, self.width, self.height, self.baseline


def _split(text: str, style: Any, context: Any, max_width: float | None, *rest: Any, **named: Any) -> tuple[Any, ...]:
    asked, lines = (text, max_width, rest, tuple(named.items())), known(style)
    line = lines.get(asked)
    if line is None:
        if len(lines) >= _MOST:
            for oldest in [*islice(lines, _MOST // 2)]:
                del lines[oldest]
        line = lines[asked] = _broken(text, style, context, max_width, *rest, **named)
    return line.parts()


def _broken(text: str, style: Any, context: Any, max_width: float | None, *rest: Any, **named: Any) -> _Line:
    if max_width is None or not 0 < max_width < inf:
        return _Line(*_split_first_line(text, style, context, max_width, *rest, **named))
    text = _breakable(text, style, context, max_width)
    line = _first_line(text, style, context, max_width, *rest, **named)
    if line.resume_at is None:
        return line
    alone = bool(style["__lone_character"])
    width = _narrowed(text, style, context, max_width) if alone else max_width
    if width < max_width:
        return _Line(*_split_first_line(text, style, context, width, *rest, **named))
    if style["text_align_all"] == "justify":
        longer = _with_next_word(text, style, context, max_width, line)
        if longer and not (alone and _leaves_lone_character(text, longer)):
            return longer
    return line


def _first_line(text: str, style: Any, context: Any, max_width: float, *rest: Any, **named: Any) -> _Line:
    """The line as WeasyPrint breaks it off, by the text of two lines instead of four where that suffices."""
    size = style["font_size"]
    begun = text[: int(max_width / size * 2) + 2] if size else text
    is_usual = max_width > _SHORTEST * size and style["hyphens"] != "auto" and _SOFT_HYPHEN not in text
    if len(begun) < len(text) and is_usual:
        line = _Line(*_split_first_line(begun, style, context, max_width, *rest, **named))
        # Beyond the line must be a place to break, as there is between two characters.
        if line.resume_at is not None and _TWO_CHARACTERS.search(begun.encode()[line.resume_at :].decode()):
            return line
    return _Line(*_split_first_line(text, style, context, max_width, *rest, **named))


_SHORTEST = 6
"""Below so many characters to a line WeasyPrint looks for spaces first."""
_SOFT_HYPHEN = "\xad"
_TWO_CHARACTERS = re.compile("[\u4e00-\u9fff]{2}")


def _breakable(text: str, style: Any, context: Any, max_width: float) -> str:
    """The text, its quantities loosened where the one it begins with is wider than the line."""
    if WORD_JOINER not in text:
        return text
    layout = line_break.create_layout(text, style, context, max_width, 0)
    width = line_break.line_size(layout.get_first_line()[0], style)[0]
    layout.deactivate()
    return loosened(text) if width > max_width + _ROUNDING else text


def _with_next_word(text: str, style: Any, context: Any, max_width: float, line: _Line) -> _Line | None:
    """The line with the word after it, where its marks make room for that."""
    assert line.resume_at is not None
    size = style["font_size"]
    begun = len(text.encode()[: line.resume_at].decode())
    if max_width - line.width < _TIGHT_ENOUGH * size * begun:
        return None
    longer = _through_next_word(text, begun, style)
    if longer is None:
        return None
    layout = line_break.create_layout(longer.rstrip(" "), style, context, None, 0)
    over = line_break.line_size(layout.get_first_line()[0], style)[0] - max_width
    needed = max(0, ceil((over - _ROUNDING) / (size / 2)))
    squeezed = frozenset(islice(yielding(layout.text), needed))
    layout.squeezed = squeezed
    layout.set_text(layout.text)
    first, _ = layout.get_first_line()
    width, height = line_break.line_size(first, style)
    baseline = pango.pango_layout_get_baseline(layout.layout) / TO_UNITS
    length = first.length
    layout.deactivate()
    if width > max_width + _ROUNDING:
        return None
    resume_at = len(longer.encode()) if len(longer) < len(text) else None
    return _Line(layout, length, resume_at, width, height, baseline)


def _through_next_word(text: str, begun: int, style: Any) -> str | None:
    """The text as far as the first place to break beyond its first `begun` characters."""
    window = text[: begun + _AHEAD]
    attributes = line_break.get_log_attrs(window, style["lang"])
    end = next((at for at in range(begun + 1, len(window)) if attributes[at].is_line_break), None)
    if end is None:
        return text if window == text else None
    return text[:end]


def _narrowed(text: str, style: Any, context: Any, max_width: float) -> float:
    """A width that takes no more lines, where at `max_width` the last line is a lone character.

    The largest at which it is not alone, or the smallest for a text that is centred. Of a justified
    text only the last line but one gives a character.
    """
    justified = style["text_align_all"] == "justify"
    if justified and len(text) * style["font_size"] > _TWO_LINES * max_width:
        return max_width
    lines = _lines(text, style, context, max_width)
    if justified and len(lines) > 2:  # noqa: PLR2004
        return max_width
    width = max_width
    while len(lines) > 1 and (_is_lone(lines[-1]) or (width < max_width and style["text_align_all"] == "center")):
        narrower = width - style["font_size"] / 4
        tried = _lines(text, style, context, narrower) if narrower > style["font_size"] else []
        if len(tried) != len(lines):
            break
        width, lines = narrower, tried
    return max_width if len(lines) > 1 and _is_lone(lines[-1]) else width


def _leaves_lone_character(text: str, line: _Line) -> bool:
    """Whether a lone character is all that the line leaves of the text."""
    return line.resume_at is not None and _is_lone(text.encode()[line.resume_at :].decode())


def _is_lone(line: str) -> bool:
    """Whether the line holds one character, with a mark behind it or without."""
    return len(line.strip(ZERO_WIDTH_SPACE + WORD_JOINER).rstrip(CLOSING)) <= 1


def _lines(text: str, style: Any, context: Any, width: float) -> list[str]:
    """The text as Pango breaks it."""
    layout = line_break.create_layout(text, style, context, width, 0)
    encoded = text.encode()
    lines: list[str] = []
    while (line := pango.pango_layout_get_line_readonly(layout.layout, len(lines))) != ffi.NULL:
        lines.append(encoded[line.start_index : line.start_index + line.length].decode().strip())
    layout.deactivate()
    return lines


REPLACEMENTS = (replacement(inline, "split_first_line", _split),)
