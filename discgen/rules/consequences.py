"""Findings that only say again, of the same text, what another one says better: the cause alone is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from discgen.diagnostics import Diagnostic

_CAUSES: Mapping[str, str] = {"Y001": "P011"}
"""By the code of a consequence, that of its cause: a reason not filled in yet says nothing either."""


def without_consequences(findings: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The findings but those whose cause is found in the same value of the same file."""
    found = {(finding.code, finding.place.file, finding.place.path) for finding in findings}
    return [one for one in findings if (_CAUSES.get(one.code), one.place.file, one.place.path) not in found]
