"""Findings as workflow commands, which GitHub Actions shows beside the lines of a pull request.

Escapes as in GitHub's toolkit: percent signs and line breaks everywhere, colons and commas in
properties too, where they would end the value.
"""

from __future__ import annotations

from collections.abc import Sequence

from discgen.characters import visible
from discgen.check.listing import count_of, listed, reason_of, summary
from discgen.diagnostics import Diagnostic, Severity
from discgen.model.waiver import Waived

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = _IN_MESSAGE | str.maketrans({":": "%3A", ",": "%2C"})


def as_github(findings: Sequence[Diagnostic], waived: Sequence[Waived] = ()) -> str:
    """`::error file=…,line=…,col=…,title=CODE::message`, a line each, and the counts as the log's last lines.

    What is waived is a notice that gives the reason.
    """
    lines = [_command(finding, _COMMANDS[finding.severity], finding.code, finding.hint) for finding in listed(findings)]
    lines += [_command(item.finding, "notice", f"{item.finding.code}（已豁免）", reason_of(item)) for item in waived]
    return "\n".join([*lines, summary(findings), *count_of(waived)])


def _command(finding: Diagnostic, command: str, title: str, further: str) -> str:
    properties = {
        "file": finding.place.file,
        "line": str(finding.place.line),
        "col": str(finding.place.column),
        "title": title,
    }
    listed = ",".join(f"{name}={value.translate(_IN_PROPERTY)}" for name, value in properties.items())
    message = f"{finding.message}\n{further}" if further else finding.message
    return visible(f"::{command} {listed}::{message.translate(_IN_MESSAGE)}")
