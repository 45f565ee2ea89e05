"""Findings as text for a person: place and message, the line with a caret, what to do."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from discgen.characters import visible_line
from discgen.check.listing import LineReader, count_of, listed, no_lines, reason_of, summary
from discgen.diagnostics import Diagnostic
from discgen.model.waiver import Waived
from discgen.reference.vocabulary import name_of

Paint = Callable[[str, str], str]
"""Colours a text by its part: `error`, `warning`, `note`, `place`, `caret` or `aside`."""


_IN_FULL = 3
_IN_FULL_OF_ALL = 6
"""How many findings with the same hint, of a file and of all files, are shown with their lines; the rest take a line
each.
"""


def plain(text: str, part: str) -> str:  # noqa: ARG001 - a Paint
    """No colours."""
    return text


def as_text(
    findings: Sequence[Diagnostic],
    line_at: LineReader = no_lines,
    paint: Paint = plain,
    waived: Sequence[Waived] = (),
    *,
    show_waived: bool = False,
) -> str:
    """Each finding as `file:line:column 错误 CODE message` with its line and its hint below, and the counts at the end.

    Lines to paste stand as they are to stand in the file, once for all findings that ask for them. Of many that ask for the same, in one file or in all, only the first are shown with line and hint. What is waived is counted, and listed with its reason where that is asked for.
    """
    lines = list(_finding_lines(listed(findings), line_at, paint))
    explained = [line for item in waived for line in _explained(item, paint)] if show_waived else []
    aside = "" if show_waived else "（discgen check --show-waived 逐条列出）"
    return "\n".join([*lines, *explained, *_ending(findings), *(f"{count}{aside}" for count in count_of(waived))])


def _explained(waived: Waived, paint: Paint) -> Iterator[str]:
    finding = waived.finding
    place, label = paint(visible_line(str(finding.place)), "place"), paint(f"已豁免 {finding.code}", "aside")
    yield f"{place} {label} {visible_line(finding.message)}"
    yield f"    {visible_line(reason_of(waived))}"


def _finding_lines(findings: Sequence[Diagnostic], line_at: LineReader, paint: Paint) -> Iterator[str]:
    shown: Counter[tuple[str, ...]] = Counter()
    for finding in findings:
        in_all = (finding.code, finding.hint)
        in_file = (finding.place.file, *in_all)
        shown.update((in_all, in_file))
        yield _headline(finding, paint)
        most = 1 if "\n" in finding.hint else _IN_FULL
        if shown[in_file] <= most and shown[in_all] <= _IN_FULL_OF_ALL:
            yield from _details(finding, line_at, paint)


def _headline(finding: Diagnostic, paint: Paint) -> str:
    place = paint(visible_line(str(finding.place)), "place")
    label = paint(f"{name_of('severity', finding.severity)} {finding.code}", finding.severity.value)
    return f"{place} {label} {visible_line(finding.message)}"


def _details(finding: Diagnostic, line_at: LineReader, paint: Paint) -> Iterator[str]:
    line = line_at(finding.place)
    if line is not None and line.strip():
        text, caret = excerpt(line, finding.place.column)
        number = f"{finding.place.line} |"
        yield f"    {paint(number, 'aside')} {text}"
        yield f"    {paint('|'.rjust(len(number)), 'aside')} {_painted(caret, paint)}"
    if finding.hint:
        message, *to_paste = map(visible_line, finding.hint.split("\n"))
        yield f"    → {message}"
        yield from to_paste  # as they are to stand in the file


def _painted(caret: str, paint: Paint) -> str:
    return caret[:-1] + paint(caret[-1], "caret")


def _ending(findings: Sequence[Diagnostic]) -> Iterator[str]:
    yield summary(findings)
    fixable = sum(finding.fix is not None for finding in findings)
    if fixable:
        yield f"其中{fixable}个可以自动改：discgen check --fix"


WIDTH = 100
"""How many terminal columns of a line are shown."""

_CUT = "..."
"""What stands for what is left out; plain dots, because terminals do not agree how wide “…” is."""
_LOOKED_AT = 1_000
"""Characters on either side of the column: those that take no room leave some for others, but not for all of a long line."""
_WIDE = ("W", "F")
_UNDER_ANOTHER = ("Mn", "Me")
_INVISIBLE = ("Cc", "Cf", "Co", "Cs", "Cn")


def width(text: str) -> int:
    """How many terminal columns a text takes: Chinese characters two, combining marks none."""
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.category(character) in _UNDER_ANOTHER:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def excerpt(line: str, column: int, room: int = WIDTH) -> tuple[str, str]:
    """The line, cut around the column where it is longer than `room`, and the line with the caret."""
    line = line.rstrip()
    at = min(column - 1, len(line))
    near = max(0, at - _LOOKED_AT)
    shown = [_visible(character) for character in line[near : at + _LOOKED_AT]]
    at -= near
    start, end = _window(shown, at, room)
    before = _CUT if near + start else ""
    after = _CUT if near + end < len(line) else ""
    caret = " " * width(before + "".join(shown[start:at])) + "^"
    return f"{before}{''.join(shown[start:end])}{after}", caret


def _visible(character: str) -> str:
    """A character as it can be shown: controls, direction marks and the like would move the text or the cursor."""
    if character == "\t":
        return " "
    return "?" if unicodedata.category(character) in _INVISIBLE else character


def _window(shown: Sequence[str], at: int, room: int) -> tuple[int, int]:
    """Start and end of the part of a line that is shown: some of what is before the column, then what fits."""
    sizes = [_width(character) for character in shown]
    if sum(sizes) <= room:
        return 0, len(shown)
    start, used = at, 0
    while start > 0 and used + sizes[start - 1] <= room // 2:
        start -= 1
        used += sizes[start]
    end = at
    while end < len(shown) and used + sizes[end] <= room:
        used += sizes[end]
        end += 1
    while start > 0 and used + sizes[start - 1] <= room:
        start -= 1
        used += sizes[start]
    return start, end
