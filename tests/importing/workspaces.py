"""Workspaces that hold a department and nothing else yet, and what becomes of an import into them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from discgen.gather.reader import read_facts
from discgen.importing.problems import ImportProblemsError
from discgen.importing.run import Import, plan_import, write_import
from discgen.importing.understand import Options
from discgen.ledger.query import DIMENSIONS
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.model.disclosure import Disclosure
from discgen.model.line import Lines, Source

DEPARTMENT = """\
code: 026
name: 示范市档案局
short_name: 市档案局
region: {name: 示范市, level: 市级}
units:
  - {id: agency, name: 示范市档案局, short_name: 市档案局, kind: administrative, code: 026001}
"""
ARCHIVE = "  - {id: archive, name: 示范市档案馆, short_name: 市档案馆, kind: institution, code: 026002}\n"
FORM = "shanxi-budget-2023"
TARGET = Target("demo", 2023, "budget")


class Empty:
    """A workspace with `department.yaml` only; files to import lie in its root."""

    def __init__(self, root: Path, target: Target = TARGET, department: str | None = DEPARTMENT) -> None:
        """Without a `department`, in a workspace that has one."""
        self.workspace, self.target, self.root = Workspace(root), target, root
        self.folder = self.workspace.folder(target)
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        if department is not None:
            (self.folder.parent / "department.yaml").write_text(department, encoding="utf-8")

    def give(self, name: str, content: str | bytes) -> Path:
        """A file to import."""
        path = self.root / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def plan(
        self, *files: Path, form: str = FORM, unit: str = "", ignored: Sequence[str] = (), force: bool = False
    ) -> Import:
        """The import of the files; nothing is written."""
        written = (self.folder / f"{self.target.kind}.yaml").exists()
        options = Options(unit, "" if written else form, tuple(ignored), force)
        return plan_import(self.workspace, self.target, files, options)

    def take(self, *files: Path, form: str = FORM, unit: str = "", force: bool = False) -> Import:
        """Import the files."""
        plan = self.plan(*files, form=form, unit=unit, force=force)
        write_import(plan)
        return plan

    def refusal(
        self, *files: Path, form: str = FORM, unit: str = "", ignored: Sequence[str] = ()
    ) -> ImportProblemsError:
        """What stops the import of the files."""
        with pytest.raises(ImportProblemsError) as caught:
            self.plan(*files, form=form, unit=unit, ignored=ignored)
        return caught.value

    def facts(self) -> Disclosure:
        """What has been written."""
        disclosure, findings = read_facts(self.workspace, self.target)
        assert disclosure is not None, findings
        return disclosure

    def text(self, name: str = "budget.yaml") -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def edit(self, old: str, new: str, name: str = "budget.yaml") -> None:
        text = self.text(name)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        (self.folder / name).write_text(text.replace(old, new), encoding="utf-8")


def facts_in(lines: Lines, source: Source, without: Sequence[str] = ()) -> Counter[tuple[object, ...]]:
    """The lines of a source with money, by amount and all dimensions but some."""
    known = [name for name in DIMENSIONS if name not in without]
    return Counter(
        (line.amount, *(getattr(line, name) for name in known)) for line in lines.get(source, ()) if line.amount
    )
