"""What all reports share: which findings are listed, how grave they are in words, and the line a finding points at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from discgen.diagnostics import Diagnostic, Place, Severity, note
from discgen.files import read_regular
from discgen.load.folders import is_inside
from discgen.load.workspace import Workspace
from discgen.model.waiver import Waived
from discgen.reference.folders import data_folder
from discgen.reference.vocabulary import name_of
from discgen.yamltext.text import decode, split_lines


def summary(findings: Iterable[Diagnostic]) -> str:
    """The number of findings of each severity, as the last line of a report."""
    counts = Counter(finding.severity for finding in findings)
    if not counts:
        return "没有发现问题"
    return "共" + "、".join(f"{counts[s]}个{name_of('severity', s)}" for s in Severity if counts[s])


def count_of(waived: Sequence[Waived]) -> list[str]:
    """A line with the number of waived findings; no line where there are none."""
    return [f"另有{len(waived)}条已豁免"] if waived else []


def reason_of(waived: Waived) -> str:
    """Why a finding is waived, and until when."""
    return f"理由（到{waived.waiver.until}年）：{waived.waiver.reason}"


MOST = 200
"""Findings of a file that are listed: nobody reads on to the end of more, and what caused the first causes the rest."""
_GRAVITY = {severity: at for at, severity in enumerate(Severity)}


def listed(findings: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The findings in their order, those of a file beyond `MOST` left out, the lightest first; L032 stands for them."""
    if len(findings) <= MOST:
        return list(findings)
    by_file: dict[str, list[Diagnostic]] = {}
    for finding in findings:
        by_file.setdefault(finding.place.file, []).append(finding)
    return [finding for of_file in by_file.values() for finding in _gravest(of_file)]


def _gravest(findings: list[Diagnostic]) -> Iterable[Diagnostic]:
    if len(findings) <= MOST:
        return findings
    gravest = sorted(range(len(findings)), key=lambda at: (_GRAVITY[findings[at].severity], at))
    left = [findings[at] for at in sorted(gravest[MOST:])]
    return [*(findings[at] for at in sorted(gravest[:MOST])), _left_out(left)]


def _left_out(findings: list[Diagnostic]) -> Diagnostic:
    counts = {severity: sum(finding.severity is severity for finding in findings) for severity in Severity}
    counted = "、".join(f"{count}个{name_of('severity', severity)}" for severity, count in counts.items() if count)
    message = f"这个文件另有{len(findings)}处没有列出：{counted}"
    return note(
        "L032", message, findings[0].place, "先改已经列出的，再检查一遍；同样的问题有很多处的，多半出于一个原因"
    )


LineReader = Callable[[Place], str | None]
"""The line at a place; None where there is no such line, or none to be shown."""


def no_lines(place: Place) -> str | None:  # noqa: ARG001 - a LineReader
    """No line of any file: for findings whose files are not at hand."""
    return None


_OPEN = 8
"""Files whose lines are at hand. Findings come file by file, and there may be a thousand departments."""


def lines_of(workspace: Workspace | None) -> LineReader:
    """Reads lines of the files of a workspace; of a file that leads out of it, none.

    A form's files are the program's own.
    """
    shipped = data_folder("templates")

    @lru_cache(maxsize=_OPEN)
    def lines(file: str) -> list[str]:
        root = shipped.parent if file.startswith(f"{shipped.name}/") else workspace and workspace.root
        return _read(root, file) if root else []

    def line(place: Place) -> str | None:
        inside = lines(place.file)
        return inside[place.line - 1] if 0 < place.line <= len(inside) else None

    return line


def _read(root: Path, file: str) -> list[str]:
    path = root / file
    try:
        if not is_inside(path, root):
            return []
        data = read_regular(path)
    except (OSError, RuntimeError):
        return []
    text, _ = decode(data, file)
    return split_lines(text) if text else []
