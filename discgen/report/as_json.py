"""Findings as JSON for a program, as `schema/findings.schema.json` says."""

from __future__ import annotations

import json
from collections.abc import Iterable

from discgen.diagnostics import Diagnostic


def as_json(findings: Iterable[Diagnostic]) -> str:
    """`{"findings": [{code, severity, message, file, line, column, path, hint, fixable}]}`."""
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
            "fixable": finding.fix is not None,
        }
        for finding in findings
    ]
    return json.dumps({"findings": records}, ensure_ascii=False, indent=2)
