"""The workspace: which departments and years it holds, and the only files that are ever read.

departments/<department>/department.yaml
departments/<department>/<year>/budget.yaml, narrative.yaml, projects/*.yaml, goal_sheets/*.yaml
departments/<department>/<year>/accounts.yaml, accounts-narrative.yaml, evaluations/*.yaml
departments/<department>/<year>/waivers.yaml
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from discgen.diagnostics import Diagnostic, Place, error
from discgen.files import reason
from discgen.load.names import is_utf8, misnamed, misnamed_below, name_below
from discgen.load.signs import encodable
from discgen.load.strays import strays_in_folder, strays_of_department, strays_of_year
from discgen.load.tree import Tree
from discgen.load.yaml_reader import examine_yaml


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of disclosure: the file of its prose, and its folders with the schema of their files."""

    narrative: str
    folders: Mapping[str, str]


KINDS: Mapping[str, Kind] = {
    "budget": Kind("narrative.yaml", {"projects": "project", "goal_sheets": "goal_sheet_file"}),
    "accounts": Kind("accounts-narrative.yaml", {"evaluations": "evaluation"}),
}
"""The kinds of disclosure: 部门预算, 部门决算. The facts are in the file that bears the kind's name."""
DEFAULT_KIND = "budget"
"""The kind that a target's name need not say."""
_YEAR = re.compile(r"20[0-9]{2}")
_SUGGESTED = 5
"""How many targets a message about an unknown one names."""


def schema_of(file: str) -> str:
    """The schema of a file by its path below the workspace; none for what is not a department's file."""
    path = PurePosixPath(file)
    names = {"department.yaml": "department", "waivers.yaml": "waivers"}
    folders: dict[str, str] = {}
    for name, kind in KINDS.items():
        names |= {f"{name}.yaml": name, kind.narrative: "narrative"}
        folders |= kind.folders
    return folders.get(path.parent.name) or names.get(path.name, "")


def _kinds(year: Path, file_of: Callable[[str, Kind], str]) -> list[str]:
    """The kinds of which the year's folder has this file."""
    return [name for name, kind in KINDS.items() if (year / file_of(name, kind)).is_file()]


class TargetError(ValueError):
    """A target that names nothing in the workspace; `str()` says so in Chinese."""


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """One document to make: a department's budget or accounts of a year."""

    department: str
    year: int
    kind: str

    @property
    def place(self) -> Place:
        """The beginning of its file of facts, where what is said of the whole belongs."""
        return Place(encodable(f"departments/{self.department}/{self.year}/{self.kind}.yaml"))

    def __str__(self) -> str:
        year = f"{self.department}/{self.year}"
        return year if self.kind == DEFAULT_KIND else f"{year}/{self.kind}"


def _names(target: Target) -> tuple[str, ...]:
    """What a target may be asked for by."""
    year = f"{target.department}/{target.year}"
    return (target.department, year, f"{year}/{target.kind}")


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with `departments/` in it."""

    root: Path

    @property
    def departments(self) -> Path:
        """The folder that holds one folder a department."""
        return self.root / "departments"

    def folder(self, target: Target) -> Path:
        """The folder of a target's year."""
        return self.departments / target.department / str(target.year)

    def targets(self) -> list[Target]:
        """Every document of the workspace, by department, year and kind.

        Prose without any facts makes one too: that they are missing, or are called otherwise, is then told.
        """
        years = [path for path in self.departments.glob("*/*") if _YEAR.fullmatch(path.name)]
        return sorted(
            Target(year.parent.name, int(year.name), kind)
            for year in years
            for kind in _kinds(year, lambda name, _: f"{name}.yaml") or _kinds(year, lambda _, kind: kind.narrative)
        )

    def select(self, names: tuple[str, ...]) -> list[Target]:
        """The targets that `names` stand for: departments, year folders (with or without `departments/`), one kind
        of a year (`…/2024/accounts`), or all.

        A folder that begins with `_` holds an example: it is built by name only. Raises
        TargetError for a name that stands for nothing.
        """
        every = self.targets()
        if not every:
            raise TargetError(f"{self.root} 下没有部门：应有 departments/<部门>/<年度>/budget.yaml")
        if not names:
            return [target for target in every if not target.department.startswith("_")]
        chosen = [target for name in names for target in self._matching(name, every)]
        return sorted(set(chosen))

    def _matching(self, name: str, every: list[Target]) -> list[Target]:
        wanted = name.strip("/").removeprefix("departments/")
        found = [target for target in every if wanted in _names(target)]
        if not found:
            names = [str(target) for target in every]
            near = get_close_matches(wanted, names, n=_SUGGESTED)
            told = f"相近的有：{'、'.join(near)}" if near else f"可用的有：{'、'.join(names[:_SUGGESTED])}"
            raise TargetError(f"没有“{name}”。{told}{'……' if not near and len(names) > _SUGGESTED else ''}")
        return found

    def strays(self, target: Target) -> list[Diagnostic]:
        """What lies beside the files of a target, seems to be meant, and is not read."""
        year = self.folder(target)
        files = {"waivers.yaml", *(file for name, kind in KINDS.items() for file in (f"{name}.yaml", kind.narrative))}
        folders = [name for kind in KINDS.values() for name in kind.folders]
        return [
            *misnamed_below(year.parent, self.root),
            *strays_of_department(year.parent, self.root, files),
            *strays_of_year(year, self.root, files, folders),
            *(one for name in KINDS[target.kind].folders for one in strays_in_folder(year / name, self.root)),
        ]

    def _holds(self, path: Path) -> bool:
        try:
            return path.resolve().is_relative_to(self.root.resolve())
        except RuntimeError:  # links in a circle, which Python 3.13 follows no further either; reading tells of it
            return True
        except OSError:
            return False

    def read(self, path: Path) -> tuple[Tree | None, list[Diagnostic]]:
        """Read one YAML file of the workspace, as `examine_yaml` does; a link that leads out of it is refused."""
        name = name_below(path, self.root)
        if not is_utf8(str(path.relative_to(self.root))):
            return None, [misnamed(path, self.root)]
        if not self._holds(path):
            return None, [error("L011", "文件链接到了工作区之外", Place(name), "把文件本身放进工作区")]
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None, [error("L012", "缺少这个文件", Place(name), "补上文件；写法见README")]
        except OSError as trouble:
            if path.is_dir():
                return None, [error("L013", "这是个文件夹，不是文件", Place(name), "移走文件夹，或换上文件")]
            return None, [error("L013", f"文件读不出来：{reason(trouble)}", Place(name), "检查文件权限")]
        return examine_yaml(data, name)


def find_workspace(folder: Path) -> Workspace | None:
    """The workspace at a folder or above it. Raises OSError where a folder may not be looked into."""
    start = folder.resolve()
    roots = (above for above in (start, *start.parents) if (above / "departments").is_dir())
    return next((Workspace(root) for root in roots), None)
