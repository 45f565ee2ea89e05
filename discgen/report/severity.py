"""How grave a finding is, in the words of every report, and how many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from discgen.diagnostics import Diagnostic, Severity

SEVERITY_NAMES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}


def summary(findings: Iterable[Diagnostic]) -> str:
    """How many of which severity."""
    counts = Counter(finding.severity for finding in findings)
    if not counts:
        return "没有发现问题"
    return "共" + "、".join(f"{counts[s]}个{SEVERITY_NAMES[s]}" for s in Severity if counts[s])
