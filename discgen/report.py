"""Diagnostics as text for a person, or JSON for a program."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from discgen.diagnostics import Diagnostic, Severity

SEVERITY_NAMES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}


def as_text(findings: Sequence[Diagnostic]) -> str:
    """A line for each finding, what to do below it, and the count at the end."""
    lines = []
    for finding in findings:
        lines.append(f"{finding.place} {SEVERITY_NAMES[finding.severity]} {finding.code} {finding.message}")
        if finding.hint:
            lines.append(f"    → {finding.hint}")
    return "\n".join([*lines, summary(findings)])


def summary(findings: Sequence[Diagnostic]) -> str:
    """How many of which severity."""
    counts = Counter(finding.severity for finding in findings)
    if not counts:
        return "没有发现问题"
    return "共" + "、".join(f"{counts[s]}个{SEVERITY_NAMES[s]}" for s in Severity if counts[s])


def as_json(findings: Sequence[Diagnostic]) -> str:
    """`{"findings": [{code, severity, message, file, line, column, path, hint}]}`."""
    records = [
        {
            "code": finding.code,
            "severity": finding.severity,
            "message": finding.message,
            "file": finding.place.file,
            "line": finding.place.line,
            "column": finding.place.column,
            "path": finding.path,
            "hint": finding.hint,
        }
        for finding in findings
    ]
    return json.dumps({"findings": records}, ensure_ascii=False, indent=2)


FORMATS = {"text": as_text, "json": as_json}
