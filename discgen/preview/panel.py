"""What the panel beside the document shows: findings with their lines, and where a number comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, structs

from discgen.check.as_text import excerpt, width
from discgen.check.listing import LineReader, listed
from discgen.diagnostics import Diagnostic, DocumentPath, Place, show_path
from discgen.explain.fact import Explanation, explain_shown
from discgen.explain.places import Shown
from discgen.load.target import below_department
from discgen.model.line import Line
from discgen.money import ZERO, in_yuan, round_half_up
from discgen.preview.editor import Editor
from discgen.preview.marks import Spot
from discgen.preview.page import Page
from discgen.reference.vocabulary import name_of

_ROOM = 160
"""How wide a line may be before it is cut, in columns of a terminal; the panel breaks it into several."""

_SHARE_PLACES = 6
"""To how many places the exact share is given, without noughts at the end."""


class SourceView(Struct, frozen=True):
    """A line of a file: where it is (in full, and without its department), its text before, at and after the column,
    and the link that opens it.
    """

    place: str
    short: str
    number: int
    before: str
    at: str
    after: str
    link: str


class FindingView(Struct, frozen=True):
    """A finding as it is listed; `spot` is the element it belongs to, or empty."""

    code: str
    severity: str
    severity_name: str
    message: str
    hint: str
    is_fixable: bool
    file: str
    source: SourceView
    spot: str


class LineView(Struct, frozen=True):
    """An amount as it is written."""

    amount: str
    path: str
    source: SourceView


class OperandView(Struct, frozen=True):
    """One side of a difference or a share."""

    title: str
    amount: str
    lines: tuple[LineView, ...]


class NumberView(Struct, frozen=True):
    """A number: as printed and exactly, how it was made, its lines, and where else it is printed, by number and words."""

    text: str
    title: str
    exact: str
    made: str
    operands: tuple[OperandView, ...]
    lines: tuple[LineView, ...]
    places: tuple[tuple[str, str], ...]


class Sources:
    """Shows lines of the workspace at `root`."""

    def __init__(self, root: Path, line_at: LineReader, editor: Editor) -> None:
        self._root = root
        self._line_at = line_at
        self._editor = editor

    def view(self, place: Place) -> SourceView:
        """The line at a place; without text where there is no such line."""
        text, caret = excerpt(self._line_at(place) or "", place.column, _ROOM)
        at = next((n for n in range(len(text)) if width(text[:n]) >= len(caret) - 1), len(text))
        link = self._editor.link(self._root, place)
        short = str(structs.replace(place, file=below_department(place.file)))
        return SourceView(str(place), short, place.line, text[:at], text[at : at + 1], text[at + 1 :], link)


def view_findings(findings: Sequence[Diagnostic], spots: Sequence[Spot], sources: Sources) -> tuple[FindingView, ...]:
    """The findings, each with the element of the page it belongs to."""
    return tuple(
        FindingView(
            code=finding.code,
            severity=finding.severity.value,
            severity_name=name_of("severity", finding.severity),
            message=finding.message,
            hint=finding.hint,
            is_fixable=finding.fix is not None,
            file=finding.place.file,
            source=sources.view(finding.place),
            spot=spot_of(finding.place, spots),
        )
        for finding in listed(findings)
    )


def view_number(address: str, page: Page, sources: Sources) -> NumberView:
    """Where the number at an address of the page comes from. Raises KeyError where there is none."""
    shown = page.numbers[address]
    explanation = explain_shown(shown, list(page.numbers.values()))
    return NumberView(
        text=shown.text,
        title=shown.title,
        exact=_exact(explanation),
        made=_made(explanation),
        operands=tuple(
            OperandView(fact.title, in_yuan(fact.value or ZERO), _lines(fact.lines, sources))
            for fact in explanation.operands
        ),
        lines=() if explanation.operands else _lines(explanation.lines, sources),
        places=_places(explanation.places, page.numbers),
    )


def _exact(explanation: Explanation) -> str:
    return (
        f"{round_half_up(explanation.value, _SHARE_PLACES).normalize():f}%"
        if explanation.is_share
        else in_yuan(explanation.value)
    )


def _made(explanation: Explanation) -> str:
    if explanation.operands:
        left, right = explanation.operands
        return f"{left.title}{' ÷ ' if explanation.is_share else ' － '}{right.title}"
    if not explanation.lines:
        return "没有一行数据，所以是零"
    return "就是下面这一行" if len(explanation.lines) == 1 else f"下列{len(explanation.lines)}行之和"


def _lines(lines: Iterable[Line], sources: Sources) -> tuple[LineView, ...]:
    return tuple(LineView(in_yuan(line.amount), show_path(line.place.path), sources.view(line.place)) for line in lines)


def _places(places: Iterable[Shown], numbers: Mapping[str, Shown]) -> tuple[tuple[str, str], ...]:
    addresses = {id(shown): address for address, shown in numbers.items()}
    return tuple((addresses[id(place)], place.where) for place in places)


_NOWHERE = (-1, 0, 0)


def spot_of(place: Place, spots: Sequence[Spot]) -> str:
    """The key of the element; empty where none shows the place.

    The element wins whose place has most of the path; then, for a whole section, that which shows most of it; then
    that which shows the least else; then the first. A key that no element shows belongs to the element of its row. Where nothing but a
    line is known, the element wins that shows it, or what was written last before it.
    """
    about = [spot for spot in spots if any(shown.file == place.file for shown in spot.places)]
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
        (shown.line, -len(spot.places), -at, spot.key)
        for at, spot in enumerate(about)
        for shown in spot.places
        if shown.file == place.file and shown.line <= place.line
    ]
    return max(lines)[3] if place.line > 1 and lines else about[0].key


def _closeness(path: DocumentPath, spot: Spot, file: str) -> tuple[int, int, int]:
    shared = [(_shared(path, shown.path), shown) for shown in spot.places if shown.file == file]
    most = max(steps for steps, _ in shared)
    if most < 0:
        return _NOWHERE
    below = [shown for steps, shown in shared if steps >= 0 and len(shown.path) > len(path)]
    return most, len(below), -len(spot.places)


def _shared(asked: DocumentPath, shown: DocumentPath) -> int:
    """How many steps two paths share where one leads through the other; -1 where they part."""
    shorter = min(len(asked), len(shown))
    return shorter if asked[:shorter] == shown[:shorter] else -1
