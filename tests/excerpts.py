"""Documents without what is set like the rest of them, for tests that lay out a whole one in ways that take long."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec.structs import replace

from discgen.view.evaluations import EvaluationView
from discgen.view.goal_sheets import GoalSheetView
from discgen.view.page import DocumentView, Section
from discgen.view.pieces import AnnexView, Piece

_GROUPS, _ENTRIES = 3, 45
"""Of an annex: entries of a group that fill a page and begin another."""


def excerpt(view: DocumentView) -> DocumentView:
    """The document with its text and its tables; of goal sheets and reports with the first and the longest of each size they
    are set in, and of an annex with what three groups begin with.
    """
    return with_pieces(view, _kept)


def with_pieces(view: DocumentView, kept: Callable[[Sequence[Piece]], Iterable[Piece]]) -> DocumentView:
    """The document with what is kept of each of its parts, and with its cover and contents."""
    sections = tuple(Section(list(kept(section.pieces))) for section in view.sections)
    anchors = {getattr(piece, "anchor", "") for section in sections for piece in section.pieces}
    return replace(view, sections=sections, contents=tuple(entry for entry in view.contents if entry.anchor in anchors))


def _kept(pieces: Sequence[Piece]) -> Iterator[Piece]:
    alike: dict[str, list[Piece]] = {}
    for piece in pieces:
        alike.setdefault(_size(piece), []).append(piece)
    kept = {id(one) for of_size in alike.values() for one in (of_size[0], max(of_size, key=_length))}
    for piece in pieces:
        if isinstance(piece, AnnexView):
            yield replace(piece, groups=tuple((name, entries[:_ENTRIES]) for name, entries in piece.groups[:_GROUPS]))
        elif not _size(piece) or id(piece) in kept:
            yield piece


def _size(piece: Piece) -> str:
    """What sheets have in common that are set alike; nothing for what there is one of."""
    if isinstance(piece, GoalSheetView):
        return f"goal sheet, {piece.density}"
    return "report" if isinstance(piece, EvaluationView) else ""


def _length(piece: Piece) -> int:
    return len(repr(piece))
