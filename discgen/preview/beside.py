"""Which element of the page a finding belongs to: the one that shows the place of YAML it points at."""

from __future__ import annotations

from collections.abc import Sequence

from discgen.diagnostics import DocumentPath, Place
from discgen.preview.marks import Spot

_NOWHERE = (-1, 0, 0)


def spot_of(place: Place, spots: Sequence[Spot]) -> str:
    """The key of the element; empty where none shows the place.

    The element wins whose place has most of the path; then, for a whole section, the one that
    shows most of it; then the one that shows the least besides; then the first. A key that no element shows belongs to the element of its row. Where nothing but a
    line is known, the element wins that shows it, or what was written last before it.
    """
    about = [spot for spot in spots if any(one.file == place.file for one in spot.places)]
    if not about:
        return ""
    if not place.path:
        return _by_line(place, about)
    best = max(about, key=lambda spot: _closeness(place.path, spot, place.file))
    if _closeness(place.path, best, place.file) > _NOWHERE:
        return best.key
    return spot_of(Place(place.file, path=place.path[:-1]), about) if len(place.path) > 1 else ""


def _by_line(place: Place, about: Sequence[Spot]) -> str:
    """A finding about the whole file, on its first line, belongs to the first element that shows anything of it."""
    lines = [
        (one.line, -len(spot.places), -at, spot.key)
        for at, spot in enumerate(about)
        for one in spot.places
        if one.file == place.file and one.line <= place.line
    ]
    return max(lines)[3] if place.line > 1 and lines else about[0].key


def _closeness(path: DocumentPath, spot: Spot, file: str) -> tuple[int, int, int]:
    shared = [(_shared(path, one.path), one) for one in spot.places if one.file == file]
    most = max(steps for steps, _ in shared)
    if most < 0:
        return _NOWHERE
    below = [one for steps, one in shared if steps >= 0 and len(one.path) > len(path)]
    return most, len(below), -len(spot.places)


def _shared(asked: DocumentPath, shown: DocumentPath) -> int:
    """How many steps two paths share where one leads through the other; -1 where they part."""
    shorter = min(len(asked), len(shown))
    return shorter if asked[:shorter] == shown[:shorter] else -1
