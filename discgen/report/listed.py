"""What of the findings a report lists: of a file with very many the gravest, and how many more there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from discgen.diagnostics import Diagnostic, Severity, note
from discgen.report.severity import SEVERITY_NAMES

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
    told = "、".join(f"{count}个{SEVERITY_NAMES[severity]}" for severity, count in counts.items() if count)
    said = f"这个文件另有{len(findings)}处没有列出：{told}"
    return note("L032", said, findings[0].place, "先改已经列出的，再检查一遍；同样的问题有很多处的，多半出于一个原因")
