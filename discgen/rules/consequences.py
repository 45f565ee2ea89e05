"""Findings that only say again what another one says better: the cause alone is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from discgen.diagnostics import Diagnostic

_CAUSES: Mapping[str, tuple[str, ...]] = {
    "Y001": ("P011",),
    "P036": ("P001", "P002", "P003", "P007", "P010"),
}
"""By the code of a consequence, those of its causes in the same text: a reason not filled in yet says nothing either,
and what cannot be worked out, or has no money or no change, is not printed.
"""
_CAUSES_ANYWHERE: Mapping[str, str] = {"P008": "G004", "M002": "M005", "M019": "R008"}
"""The same wherever the cause stands: sums by 项目类别 are not known while a project has none, nor is a unit known
whose 代号 was taken for another's, nor what a row without its economic codes is paid for and by whom.
"""


def without_consequences(findings: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The findings but those whose cause is found in the same value of the same file, or anywhere for some."""
    codes = {finding.code for finding in findings}
    found = {(finding.code, finding.place.file, finding.place.path) for finding in findings}
    return [
        one
        for one in findings
        if not any((cause, one.place.file, one.place.path) in found for cause in _CAUSES.get(one.code, ()))
        and _CAUSES_ANYWHERE.get(one.code) not in codes
    ]
