"""Findings as workflow commands, which GitHub Actions shows beside the lines of a pull request.

Escapes as in GitHub's toolkit: percent signs and line breaks everywhere, colons and commas in
properties too, where they would end the value.
"""

from __future__ import annotations

from collections.abc import Sequence

from discgen.diagnostics import Diagnostic, Severity
from discgen.report.severity import summary

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = _IN_MESSAGE | str.maketrans({":": "%3A", ",": "%2C"})


def as_github(findings: Sequence[Diagnostic]) -> str:
    """`::error file=…,line=…,col=…,title=CODE::message`, a line each, and the count as the log's last line."""
    return "\n".join([*(_command(finding) for finding in findings), summary(findings)])


def _command(finding: Diagnostic) -> str:
    properties = {
        "file": finding.place.file,
        "line": str(finding.place.line),
        "col": str(finding.place.column),
        "title": finding.code,
    }
    listed = ",".join(f"{name}={value.translate(_IN_PROPERTY)}" for name, value in properties.items())
    message = f"{finding.message}\n{finding.hint}" if finding.hint else finding.message
    return f"::{_COMMANDS[finding.severity]} {listed}::{message.translate(_IN_MESSAGE)}"
