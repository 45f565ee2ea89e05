"""What `discgen check` does: targets checked, safe fixes made, forms tried, findings reported.

Reports are for a person, for programs, for code hosts, for the finance bureau: one module a format.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from discgen.check.as_checklist import as_checklist
from discgen.check.as_codequality import as_codequality
from discgen.check.as_github import as_github
from discgen.check.as_json import as_json
from discgen.check.as_sarif import as_sarif
from discgen.check.as_text import as_text
from discgen.check.checked import Checked
from discgen.check.listing import summary

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
