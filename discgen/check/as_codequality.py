"""Findings as GitLab's Code Quality report, which it shows beside the lines of a merge request.

The format is GitLab's documented subset of the Code Climate engine specification.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from discgen.check.as_sarif import fingerprints
from discgen.check.listing import LineReader, listed, no_lines
from discgen.diagnostics import Diagnostic, Severity

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.NOTE: "info"}


def as_codequality(findings: Sequence[Diagnostic], line_at: LineReader = no_lines) -> str:
    """A list of `{description, check_name, fingerprint, severity, location: {path, lines: {begin}}}`."""
    shown = listed(findings)
    issues = [
        {
            "description": f"{finding.message}（{finding.hint}）" if finding.hint else finding.message,
            "check_name": finding.code,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[finding.severity],
            "location": {"path": finding.place.file, "lines": {"begin": finding.place.line}},
        }
        for finding, fingerprint in zip(shown, fingerprints(shown, line_at), strict=True)
    ]
    return json.dumps(issues, ensure_ascii=False, indent=2)
