"""The workspace: which departments and years it holds, and which of them a name stands for. Only files in it are read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from msgspec import Struct

from discgen.diagnostics import Diagnostic, Place, error
from discgen.errors import Refusal
from discgen.files import is_there, read_regular
from discgen.load.folders import (
    DATA_ENDINGS,
    YEAR,
    is_inside,
    is_utf8,
    listed,
    misnamed,
    name_below,
    unreadable,
)
from discgen.load.target import (
    DEFAULT_KIND,
    DEPARTMENT_FILE,
    DEPARTMENTS,
    KINDS,
    UNITS,
    YEAR_FILES,
    YEAR_FOLDERS,
    Target,
    schema_of,
)
from discgen.load.unread_files import (
    HIDDEN,
    how_to_rename,
    near_names,
    unread_in_department,
)
from discgen.yamltext.tree import Tree

_ENDINGS = (*DATA_ENDINGS, f".yaml{HIDDEN}")
_YEAR_DEEP = 2
"""What is in the folder of a year has the department and the year before it in its path."""
_UNIT_DEEP = 3
"""And the folder of a unit what holds those of all."""
_SUGGESTED = 5
"""How many targets a message about an unknown one names."""


def _kinds_in(names: Collection[str]) -> list[str]:
    """The kinds that a year's folder with these names in it has: by the facts, else by the prose, else the kind that
    some of ours seem to have been meant for.
    """
    ours = (*YEAR_FILES, *YEAR_FOLDERS, UNITS)
    return (
        [name for name, kind in KINDS.items() if kind.facts in names]
        or [name for name, kind in KINDS.items() if kind.narrative in names]
        or [name for name in KINDS if any(file.casefold().startswith(name) for file in names)]
        or [DEFAULT_KIND] * any(file in ours or file.casefold().endswith(_ENDINGS) for file in names)
    )


class TargetError(Refusal):
    """A target that names nothing in the workspace; `str()` says so in Chinese."""


class Workspace(Struct, frozen=True):
    """A folder with `departments/` in it."""

    root: Path

    @property
    def departments(self) -> Path:
        """The folder that holds one folder a department."""
        return self.root / DEPARTMENTS

    def folder(self, target: Target) -> Path:
        """The folder of a target's year."""
        return self.departments / target.department / str(target.year)

    def department_file(self, department: str) -> Path:
        """What a department is called, for all its years."""
        return self.departments / department / DEPARTMENT_FILE

    def name_of(self, path: Path) -> str:
        """The path below the workspace, as findings name it."""
        return name_below(path, self.root)

    def holds(self, path: Path) -> bool:
        """Whether a path stays in the workspace, its links followed; one that cannot be followed is for reading to find."""
        return is_inside(path, self.root)

    def targets(self) -> list[Target]:
        """Every document of the workspace, by department, year, kind and unit.

        Whatever of ours a year holds makes one, and so does a year that may not be looked into: what is missing,
        or cannot be read, is then a finding. A unit has one where it has a folder in that of the year.
        """
        return sorted(
            Target(department.name, int(year.name), kind, unit)
            for department in self.listed(self.departments)[0]
            if department.is_dir()
            for year in self.listed(department)[0]
            if YEAR.fullmatch(year.name)
            for kind, unit in self._documents_of(year)
        )

    def _documents_of(self, year: Path) -> Iterator[tuple[str, str]]:
        """The kinds and units of the documents of a year, the unit of the whole department's being empty."""
        inside, unlisted = self.listed(year)
        names = {path.name for path in inside}
        kinds = [DEFAULT_KIND] if unlisted else _kinds_in(names)
        yield from ((kind, "") for kind in kinds)
        for unit in self.listed(year / UNITS)[0] if kinds and UNITS in names else ():
            if unit.is_dir():
                held = {path.name for path in self.listed(unit)[0]}
                written = [kind for kind in KINDS if KINDS[kind].narrative in held]
                yield from ((kind, unit.name) for kind in written or kinds)

    def units_of(self, target: Target) -> list[str]:
        """The units that publish a document of their own besides that of the whole department."""
        documents = self._documents_of(self.folder(target))
        return sorted(unit for kind, unit in documents if unit and kind == target.kind)

    def _kinds_of(self, year: Path) -> list[str]:
        inside, unlisted = self.listed(year)
        return [DEFAULT_KIND] if unlisted else _kinds_in({path.name for path in inside})

    def listed(self, folder: Path) -> tuple[list[Path], list[Diagnostic]]:
        """What is in a folder, and what keeps it from being listed, as `discgen.load.folders` has it."""
        return listed(folder, self.root)

    def data_files(self, folder: Path) -> tuple[list[Path], list[Diagnostic]]:
        """The files to be read in a folder such as `projects/`, and what keeps it from being listed."""
        inside, unlisted = self.listed(folder)
        return [path for path in inside if path.suffix == ".yaml"], unlisted

    def unread(self) -> list[Diagnostic]:
        """The findings about departments that have no target, which no check of all targets comes across."""
        departments, findings = self.listed(self.departments)
        for department in departments:
            if department.is_dir():
                findings += self._unread(department)
        return findings

    def _unread(self, department: Path) -> list[Diagnostic]:
        inside, unlisted = self.listed(department)
        years = any(YEAR.fullmatch(path.name) and self._kinds_of(path) for path in inside)
        return unlisted if years else [*unlisted, *unread_in_department(department, self.root)]

    def select(self, names: tuple[str, ...]) -> list[Target]:
        """The targets that `names` stand for: departments, year folders (with or without `departments/`), one kind
        of a year (`…/2024/accounts`), one unit of it (`…/2024/centre`, `…/2024/accounts/centre`; `department` for the
        whole department alone), or all.

        A folder that begins with `_` holds an example: it is built by name only. Raises
        TargetError for a name that stands for nothing.
        """
        every = self.targets()
        if not every:
            because = "".join(f"；{finding.place.file} {finding.message}" for finding in self.unread())
            raise TargetError(f"{self.root} 下没有部门：应有 departments/<部门>/<年度>/budget.yaml{because}")
        if not names:
            return [target for target in every if not target.department.startswith("_")]
        chosen = [target for name in names for target in self._matching(name, every)]
        return sorted(set(chosen))

    def _matching(self, name: str, every: list[Target]) -> list[Target]:
        wanted = name.strip("/").removeprefix("departments/")
        matches = [target for target in every if wanted in target.names]
        if not matches:
            self._refuse_unread(self.departments / wanted.partition("/")[0])
            names = [str(target) for target in every]
            near = get_close_matches(wanted, names, n=_SUGGESTED)
            known = f"相近的有：{'、'.join(near)}" if near else f"可用的有：{'、'.join(names[:_SUGGESTED])}"
            raise TargetError(f"没有“{name}”。{known}{'……' if not near and len(names) > _SUGGESTED else ''}")
        return matches

    def _refuse_unread(self, department: Path) -> None:
        """Raise TargetError for a department that is there and may not be looked into."""
        is_department = department.parent == self.departments and department.is_dir()
        for finding in self._unread(department) if is_department else ():
            raise TargetError(f"{finding.place.file} {finding.message}，{finding.hint}")

    def read(self, path: Path) -> tuple[Tree | None, list[Diagnostic]]:
        """Read one YAML file of the workspace, as `examine_yaml` does; a link that leads out of it is refused."""
        data = self.data(path)
        if isinstance(data, Diagnostic):
            return None, [data]
        # Most runs find their targets and read none of them: nothing has changed.
        from discgen.yamltext.read import examine_yaml

        return examine_yaml(data, self.name_of(path))

    def data(self, path: Path) -> bytes | Diagnostic:
        """What a file holds, or why it is not read."""
        name = self.name_of(path)
        if not is_utf8(str(path.relative_to(self.root))):
            return misnamed(path, self.root)
        if not self.holds(path):
            return error("L011", "文件链接到了工作区之外", Place(name), "把文件本身放进工作区")
        try:
            return read_regular(path)
        except FileNotFoundError:
            return self._missing(path, Place(name))
        except IsADirectoryError:
            return error("L013", "这是个文件夹，不是文件", Place(name), "移走文件夹，或换上文件")
        except OSError as cause:
            return unreadable("文件", "读不出来", cause, Place(name))

    def _missing(self, path: Path, place: Place) -> Diagnostic:
        if path.is_symlink():
            return error("L012", "链接指到的文件没有了", place, "换上文件本身")
        near = [name for name in near_names(path, self.root) if not schema_of(name)]
        hint = how_to_rename(near[0], path.name) if near else "补上文件；写法见README"
        return error("L012", "缺少这个文件", place, hint)


def find_workspace(folder: Path) -> Workspace | None:
    """The workspace at a folder or above it. Raises OSError where a folder may not be looked into."""
    start = folder.resolve()
    roots = (above for above in (start, *start.parents) if (above / DEPARTMENTS).is_dir())
    return next((Workspace(root) for root in roots), None)


def select(workspace: Workspace, names: Iterable[str]) -> list[Target]:
    """The targets that the names stand for, all of them for no name. Raises TargetError.

    A file stands for the year it belongs to, that of a unit for the unit's year, `department.yaml` for the department;
    so does a folder. Both are sought from the current folder, then from the workspace.
    """
    return workspace.select(tuple(named(workspace, name) for name in names))


def select_one(workspace: Workspace, name: str) -> Target:
    """The one target that a name stands for; of a department with units the document of the whole. Raises Refusal."""
    chosen = select(workspace, (name,))
    whole = [target for target in chosen if not target.unit]
    if len(whole or chosen) > 1:
        each = "、".join(target.full_name for target in whole or chosen)
        raise Refusal(f"“{name}”有{len(whole or chosen)}份文件，请写明一份：{each}")
    return (whole or chosen)[0]


def named(workspace: Workspace, name: str) -> str:
    """A name as the workspace itself calls it, `<department>/<year>` for a file or folder; others as they are."""
    departments = workspace.departments.resolve()
    for path in (Path(name), workspace.root / name):
        if is_there(path) and path.resolve().is_relative_to(departments):
            steps = path.resolve().relative_to(departments).parts
            below = steps if path.is_dir() else steps[:-1]
            unit = below[_UNIT_DEEP:][:1] if below[_YEAR_DEEP:][:1] == (UNITS,) else ()
            return "/".join((*below[:_YEAR_DEEP], *unit)) or name
    return name
