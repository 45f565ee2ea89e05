"""How grave a finding is, in the words of every report, how many there are, and how many are waived."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from discgen.diagnostics import Diagnostic, Severity
from discgen.model.waiver import Waived

SEVERITY_NAMES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}


def summary(findings: Iterable[Diagnostic]) -> str:
    """How many of which severity."""
    counts = Counter(finding.severity for finding in findings)
    if not counts:
        return "没有发现问题"
    return "共" + "、".join(f"{counts[s]}个{SEVERITY_NAMES[s]}" for s in Severity if counts[s])


def count_of(waived: Sequence[Waived]) -> list[str]:
    """A line that says how many findings are waived; none where none is."""
    return [f"另有{len(waived)}条已豁免"] if waived else []


def reason_of(waived: Waived) -> str:
    """Why a finding is waived, and until when."""
    return f"理由（到{waived.waiver.until}年）：{waived.waiver.reason}"
