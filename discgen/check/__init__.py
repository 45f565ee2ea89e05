"""What `discgen check` does: targets checked, safe fixes made, forms tried, findings reported.

Reports are for a person, for programs, for code hosts, for the finance bureau: one module a format, imported when it is
asked for.
"""

from __future__ import annotations

from discgen.check.checked import Checked

FORMATS = ("text", "json", "sarif", "github", "codequality", "checklist")
"""The reports there are, as `--format` names them."""

SUMMARIES = ("text", "json", "xlsx")
"""The formats of a summary, of which the workbook goes to a file."""


def report(checked: Checked, format_name: str) -> str:
    """The report of one of `FORMATS`. Raises ValueError for another name."""
    findings, waived, line_at = checked.findings, checked.waived, checked.line_at
    match format_name:
        case "text":
            from discgen.check.as_text import as_text

            return as_text(findings, line_at, waived=waived)
        case "json":
            from discgen.check.as_json import as_json

            return as_json(findings, waived)
        case "sarif":
            from discgen.check.as_sarif import as_sarif

            return as_sarif(findings, line_at, waived)
        case "github":
            from discgen.check.as_github import as_github

            return as_github(findings, waived)
        case "codequality":
            from discgen.check.as_codequality import as_codequality

            return as_codequality(findings, line_at)
        case "checklist":
            from discgen.check.as_checklist import as_checklist

            return as_checklist(checked)
    raise ValueError(format_name)
