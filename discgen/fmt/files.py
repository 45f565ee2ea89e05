"""The files of a workspace put into canonical form, each as a whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from msgspec import Struct

from discgen.diagnostics import Diagnostic, Place
from discgen.errors import Refusal, contained
from discgen.files import UnwritableError, is_there, read_regular, rewrite_file
from discgen.fmt.canonical import canonical
from discgen.load.destinations import inside
from discgen.load.target import DEPARTMENTS, Target, schema_of
from discgen.load.workspace import Workspace
from discgen.load.year import YearFiles
from discgen.yamltext.nodes import UneditableError
from discgen.yamltext.text import with_line_ends


class Formatted(Struct, frozen=True):
    """What became of a file: `changed`, or left alone because of its `findings` or for the `reason` named."""

    file: str
    changed: bool
    findings: tuple[Diagnostic, ...] = ()
    reason: str = ""

    @property
    def left_alone(self) -> bool:
        """Whether the file could not be put in order."""
        return bool(self.findings or self.reason)


def format_files(workspace: Workspace, names: Iterable[str], *, write: bool) -> Iterator[Formatted]:
    """Put what the names stand for in order (all targets for no name), or only say what would change.

    Raises Refusal for a name that stands for nothing.
    """
    single, targets = _meant(workspace, tuple(names))
    for finding in _closed(workspace, targets):
        yield Formatted(finding.place.file, changed=False, findings=(finding,))
    for path in sorted({*single, *_present(workspace, targets)}):
        yield contained(
            partial(_format_file, workspace, path, write=write),
            Place(workspace.name_of(path)),
            lambda bug: Formatted(bug.place.file, changed=False, findings=(bug,)),
        )


def _meant(workspace: Workspace, names: tuple[str, ...]) -> tuple[list[Path], list[Target]]:
    """The single files and the targets that names stand for."""
    single = {name: path for name in names if (path := _single(workspace, name))}
    others = tuple(name for name in names if name not in single)
    return list(single.values()), workspace.select(others) if others or not names else []


def _closed(workspace: Workspace, targets: Iterable[Target]) -> list[Diagnostic]:
    """Once each, what keeps folders of the targets from being looked into: files in them are not put in order."""
    findings: dict[Diagnostic, None] = {}
    for target in targets:
        files = YearFiles(workspace, target)
        in_folders = (finding for folder in files.kind.folders for finding in files.in_folder(folder)[1])
        findings |= dict.fromkeys(files.unlisted() or in_folders)
    return list(findings)


def _single(workspace: Workspace, name: str) -> Path | None:
    """A file, sought from the current folder, then from the workspace. Raises Refusal for a file that is not a department's."""
    for path in (Path(name).absolute(), workspace.root / name):
        if not is_there(path) or not path.is_file():
            continue
        inside = path.parent.resolve() / path.name
        departments = workspace.root.resolve() / DEPARTMENTS
        if not inside.is_relative_to(departments) or inside.suffix != ".yaml":
            raise Refusal(f"{name} 不是departments/下的数据文件")
        file = workspace.departments / inside.relative_to(departments)
        if not schema_of(workspace.name_of(file)):
            raise Refusal(f"{name} 不是部门的数据文件，不知道该怎样排")
        return file
    return None


def _present(workspace: Workspace, targets: Iterable[Target]) -> Iterator[Path]:
    return (file.path for target in targets for file in YearFiles(workspace, target).all() if file.is_there())


def _format_file(workspace: Workspace, path: Path, *, write: bool) -> Formatted:
    file = workspace.name_of(path)
    _, findings = workspace.read(path)
    if findings:
        return Formatted(file, changed=False, findings=tuple(findings))
    before = read_regular(path)
    try:
        after = with_line_ends(canonical(before.decode("utf-8-sig"), file), before)
    except UneditableError as refusal:
        return Formatted(file, changed=False, reason=str(refusal))
    if write and after != before:
        try:
            rewrite_file(inside(workspace, path), after, before)
        except UnwritableError as refusal:
            return Formatted(file, changed=False, reason=str(refusal))
    return Formatted(file, changed=after != before)
