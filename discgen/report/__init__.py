"""Findings as reports: for a person, for programs, for code hosts, for the finance bureau. One module a format."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from discgen.report.as_checklist import as_checklist
from discgen.report.as_codequality import as_codequality
from discgen.report.as_github import as_github
from discgen.report.as_json import as_json
from discgen.report.as_sarif import as_sarif
from discgen.report.as_text import as_text
from discgen.report.checked import Checked
from discgen.report.listing import summary

FORMATS: Mapping[str, Callable[[Checked], str]] = {
    "text": lambda checked: as_text(checked.findings, checked.line_at, waived=checked.waived),
    "json": lambda checked: as_json(checked.findings, checked.waived),
    "sarif": lambda checked: as_sarif(checked.findings, checked.line_at, checked.waived),
    "github": lambda checked: as_github(checked.findings, checked.waived),
    "codequality": lambda checked: as_codequality(checked.findings, checked.line_at),
    "checklist": as_checklist,
}
"""The reports there are, by the name that `--format` takes."""

__all__ = ["FORMATS", "as_json", "as_text", "summary"]
