"""Findings as JSON for a program, as `schema/findings.schema.json` says."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from discgen.check.listing import listed
from discgen.diagnostics import Diagnostic
from discgen.model.waiver import Waived


def as_json(findings: Sequence[Diagnostic], waived: Iterable[Waived] = ()) -> str:
    """`{"findings": [{code, severity, message, file, line, column, path, hint, fixable}], "waived": [the same with
    reason, until]}`.
    """
    explained = [_record(item.finding) | {"reason": item.waiver.reason, "until": item.waiver.until} for item in waived]
    report = {"findings": [_record(finding) for finding in listed(findings)], "waived": explained}
    return json.dumps(report, ensure_ascii=False, indent=2)


def _record(finding: Diagnostic) -> dict[str, Any]:
    return {
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
