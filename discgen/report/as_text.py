"""Findings as text for a person: place and message, the line with a caret, what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from discgen.diagnostics import Diagnostic
from discgen.load.characters import visible_line
from discgen.model.waiver import Waived
from discgen.report.excerpt import excerpt
from discgen.report.listed import listed
from discgen.report.severity import SEVERITY_NAMES, count_of, reason_of, summary
from discgen.report.source import LineReader, no_lines

Paint = Callable[[str, str], str]
"""Colours a text by its part: `error`, `warning`, `note`, `place`, `caret` or `aside`."""


_IN_FULL = 3
_IN_FULL_OF_ALL = 6
"""How many findings of a file, and of all files, that ask for the same are shown with their lines; the rest take a
line each.
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
    lines = list(_all_told(listed(findings), line_at, paint))
    explained = [line for one in waived for line in _explained(one, paint)] if show_waived else []
    aside = "" if show_waived else "（discgen check --show-waived 逐条列出）"
    return "\n".join([*lines, *explained, *_ending(findings), *(f"{count}{aside}" for count in count_of(waived))])


def _explained(waived: Waived, paint: Paint) -> Iterator[str]:
    finding = waived.finding
    place, label = paint(visible_line(str(finding.place)), "place"), paint(f"已豁免 {finding.code}", "aside")
    yield f"{place} {label} {visible_line(finding.message)}"
    yield f"    {visible_line(reason_of(waived))}"


def _all_told(findings: Sequence[Diagnostic], line_at: LineReader, paint: Paint) -> Iterator[str]:
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
    label = paint(f"{SEVERITY_NAMES[finding.severity]} {finding.code}", finding.severity.value)
    return f"{place} {label} {visible_line(finding.message)}"


def _details(finding: Diagnostic, line_at: LineReader, paint: Paint) -> Iterator[str]:
    line = line_at(finding.place)
    if line is not None and line.strip():
        text, caret = excerpt(line, finding.place.column)
        number = f"{finding.place.line} |"
        yield f"    {paint(number, 'aside')} {text}"
        yield f"    {paint('|'.rjust(len(number)), 'aside')} {_painted(caret, paint)}"
    if finding.hint:
        said, *to_paste = map(visible_line, finding.hint.split("\n"))
        yield f"    → {said}"
        yield from to_paste  # as they are to stand in the file


def _painted(caret: str, paint: Paint) -> str:
    return caret[:-1] + paint(caret[-1], "caret")


def _ending(findings: Sequence[Diagnostic]) -> Iterator[str]:
    yield summary(findings)
    fixable = sum(finding.fix is not None for finding in findings)
    if fixable:
        yield f"其中{fixable}个可以自动改：discgen check --fix"
