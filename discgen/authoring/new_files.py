"""New files of a department: nothing that exists is changed, nothing lands outside the workspace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from discgen.destinations import inside
from discgen.files import bytes_of, replace_file
from discgen.fmt.canonical import canonical
from discgen.load.target import KINDS, Target
from discgen.load.workspace import Workspace
from discgen.yamltext.nodes import UneditableError
from discgen.yamltext.text import with_line_ends


class RefusedError(ValueError):
    """Files that will not be written; `str()` says why in Chinese."""


@dataclass(frozen=True, slots=True)
class NewFiles:
    """What is to be written, by file and in this order; and the names of other files that are there and stay."""

    contents: Mapping[Path, bytes]
    taken: tuple[str, ...]

    def write(self) -> list[Path]:
        """Write them; the files written. Raises UnwritableError."""
        for path, data in self.contents.items():
            replace_file(path, data)
        return sorted(self.contents)


def refuse_existing(workspace: Workspace, target: Target) -> None:
    """Raises RefusedError where the target is there: the file that makes one is written last."""
    facts = workspace.folder(target) / f"{target.kind}.yaml"
    if facts.exists() or facts.is_symlink():
        raise RefusedError(f"{_below(workspace, facts.parent)}里已经有{facts.name}，不覆盖")


def plan_new(workspace: Workspace, target: Target, texts: Mapping[str, str]) -> NewFiles:
    """What is missing of the texts, which are by their name in the department's folder.

    A run that was broken off left some of them: those are as they would be written, and the rest follows. Texts
    are put into the form of `discgen fmt`, with the line ends of the department's own file. Raises RefusedError
    where the target is there, or has files that say something else, and DestinationError.
    """
    refuse_existing(workspace, target)
    folder = workspace.departments / target.department
    beside = bytes_of(folder / "department.yaml")
    contents = {
        folder / name: with_line_ends(formatted(text, _below(workspace, folder / name)), beside)
        for name, text in texts.items()
    }
    there = [path for path in contents if path.exists() or path.is_symlink()]
    changed = [path for path in there if bytes_of(path) != contents[path]]
    own = set(_own(workspace, target))
    _refuse_changed(workspace, target, sorted({*(own - contents.keys()), *own.intersection(changed)}))
    # The file that makes a target of the folder comes last: what is broken off is not taken for a year.
    missing = sorted(contents.keys() - set(there), key=lambda path: (path.name == f"{target.kind}.yaml", path))
    for path in missing:
        inside(workspace, path)
    others = tuple(path.relative_to(folder).as_posix() for path in changed)
    return NewFiles({path: contents[path] for path in missing}, others)


def _own(workspace: Workspace, target: Target) -> Iterator[Path]:
    """The files of the year that are the target's, as far as they are there."""
    kind, folder = KINDS[target.kind], workspace.folder(target)
    narrative = folder / kind.narrative
    if narrative.exists() or narrative.is_symlink():
        yield narrative
    for name in kind.folders:
        yield from (path for path in (folder / name).glob("*") if not path.name.startswith("."))


def _refuse_changed(workspace: Workspace, target: Target, changed: Sequence[Path]) -> None:
    if changed:
        names = "、".join(path.relative_to(workspace.folder(target)).as_posix() for path in changed)
        where = _below(workspace, workspace.folder(target))
        said = f"上次没有写完的，移走再运行；自己写的，补上{target.kind}.yaml就行"
        raise RefusedError(f"{where}里已经有{names}，与要写的不同，不覆盖：{said}")


def _below(workspace: Workspace, path: Path) -> str:
    return path.relative_to(workspace.root).as_posix()


def formatted(text: str, file: str) -> str:
    """The text as `discgen fmt` would write it; as it is where that cannot be told."""
    try:
        return canonical(text, file)
    except UneditableError:
        return text
