"""Waivers: findings that a department explains instead of mending, each with its reason and its last year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from discgen.diagnostics import Diagnostic, Place, error, warning
from discgen.load.tree import Tree
from discgen.model.record import Record


@dataclass(frozen=True, slots=True)
class Waiver:
    """What `waivers.yaml` excuses: findings of a code in the files of the year that `at` matches."""

    code: str
    at: str
    reason: str
    until: int
    place: Place

    def is_about(self, files: Iterable[str]) -> bool:
        """Whether it means any of these files of the year."""
        return any(fnmatchcase(file, self.at) for file in files)

    def covers(self, finding: Diagnostic, folder: str) -> bool:
        """Whether the finding is one that it excuses; `folder` is that of the year."""
        inside = finding.place.file.removeprefix(f"{folder}/")
        return finding.code == self.code and fnmatchcase(inside, self.at)


def build_waivers(tree: Tree) -> tuple[Waiver, ...]:
    """The waivers of a schema-valid `waivers.yaml`."""
    rows = Record(tree, (), "元", []).each("waivers")
    return tuple(
        Waiver(row.text("code"), row.text("at"), row.text("reason"), int(row.text("until")), row.tree.place(row.path))
        for row in rows
    )


def apply_waivers(
    findings: Iterable[Diagnostic], waivers: Iterable[Waiver], folder: str, year: int
) -> list[Diagnostic]:
    """The findings that no waiver covers, and those about the waivers: W001 not needed, W002 past its year."""
    left = list(findings)
    for waiver in waivers:
        if waiver.until < year:
            said = f"豁免{waiver.code}只到{waiver.until}年"
            left.append(error("W002", said, waiver.place, "改正数据后删去这一条；仍要豁免的，重新说明理由并改until"))
            continue
        covered = [finding for finding in left if waiver.covers(finding, folder)]
        if not covered:
            said = f"没有{waiver.code}要豁免（{waiver.at}）"
            left.append(warning("W001", said, waiver.place, "删去这一条，或核对code和at"))
        left = [finding for finding in left if finding not in covered]
    return left
